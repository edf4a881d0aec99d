//! A column whose texts may remark on their rows, and what each text says.

use std::sync::Arc;

use sheets::Raw;

use super::day_parts;
use crate::dictionary::{Dictionary, HeldBy, Remark, Remarks, RowsAre, Says, Table, normalise, with_hints};
use crate::intake::cell::clean;
use crate::intake::row::notes::LaterRemark;
use crate::intake::sheet;

/// A longer text of a column that is not recognised is no state of its row.
pub(super) const LONGEST: usize = 8;

/// A column whose texts may remark on their rows.
pub(super) struct RemarkColumn {
    pub place: u32,
    pub holds: Holds,
    /// Whether a day in it may be that on which its row begins to hold.
    pub begins: bool,
    /// Whether it says how much of it was done.
    pub is_progress: bool,
    /// Whether it says what has become of it.
    pub is_state: bool,
    /// Then, whether other numbers than 1 and 0 stand in it, so that 1 is no yes.
    pub is_coded: bool,
    /// Its header in its normal form.
    header: String,
    /// As it is shown.
    pub shown: String,
}

/// What stands in a column that may remark on its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Remarks,
    /// What is not recognised; a short text may be a remark.
    Unknown,
    School,
    /// What speaks against the row whatever it says: of which part it tells, or why somebody was absent.
    Part,
    /// For which time it holds.
    Time(HeldBy),
    /// What somebody does.
    Post,
    /// A yes or no of somebody, or why not.
    Flag,
    /// The part of those on the row.
    Role,
    /// What it was about.
    Topic,
    /// The day, which may be written with the part of it that was taken.
    Day,
    /// Of which kind it was.
    Kind,
    /// Whom a row names; what stands in brackets or behind a blank is no name.
    Name,
}

#[derive(Clone)]
pub(super) enum Said {
    Nothing,
    Later(LaterRemark),
    Denial,
    Excuse(Arc<str>),
}

/// What a cell says as a remark. `None` if it can say nothing.
pub(super) fn text_of<'r>(raw: &'r Raw<'_>, column: &RemarkColumn, rows: RowsAre) -> Option<&'r str> {
    let (holds, is_progress) = (column.holds, column.is_progress);
    let is_known = holds == Holds::Remarks;
    match raw {
        Raw::Text(text) => Some(text.as_ref()),
        Raw::Flag(true) => Some("是"),
        Raw::Flag(false) => Some("否"),
        Raw::Number(no) if (is_known || holds == Holds::Unknown) && !is_progress && *no == 0.0 => Some("0"),
        // A share of what was to be done.
        Raw::Number(share) if is_known && (0.0..1.0).contains(share) => Some("0%"),
        Raw::Number(yes) if (is_known || holds == Holds::Unknown) && *yes == 1.0 => Some("1"),
        // Any other code; of all of them the same is to be said.
        Raw::Number(code) if column.is_state && *code >= 2.0 => Some("2"),
        // So is 45 of a hundred.
        Raw::Number(part) if is_progress && (1.0..100.0).contains(part) => Some("0%"),
        // When somebody is away, which its header says.
        Raw::Date(_) if is_known && rows == RowsAre::People => Some("有"),
        // Whatever it is, it is of a part.
        Raw::Number(_) | Raw::Date(_) | Raw::Error if holds == Holds::Part => Some("有"),
        Raw::Number(_) | Raw::Date(_) | Raw::Error | Raw::NoValue => None,
    }
}

/// The header of a column in its normal form, without those above it.
pub(super) fn leaf(shown: &str) -> String {
    normalise(sheet::leaf(shown))
}

impl RemarkColumn {
    /// One that is not read, in which a day may be that on which its row begins to hold.
    pub(super) fn beginning(self) -> RemarkColumn {
        RemarkColumn { begins: true, ..self }
    }

    /// The same, where its header says how much of it was done, or what has become of it.
    pub(super) fn with_progress(self, is_coded: bool, dictionary: &Dictionary) -> RemarkColumn {
        let asking = &dictionary.remarks.asking;
        let (is_progress, is_state) = (asking.says_progress(&self.header), asking.says_state(&self.header));
        RemarkColumn { is_progress, is_state, is_coded, ..self }
    }

    pub(super) fn new(place: u32, shown: &str, holds: Holds) -> RemarkColumn {
        RemarkColumn {
            place,
            holds,
            begins: false,
            is_progress: false,
            is_state: false,
            is_coded: false,
            header: leaf(shown),
            shown: shown.to_string(),
        }
    }

    /// What a text says below a header that asks who is away: anything but no, 借调单位 or 产假时间, that somebody is.
    fn said_away(&self, text: &str, dictionary: &Dictionary) -> Said {
        let is_none = dictionary.cells.says(text) == Says::Nothing || dictionary.remarks.asking.is_bare_no(text);
        if is_none { Said::Nothing } else { Said::Excuse(format!("{}：{text}", self.shown).into()) }
    }

    /// What stands in brackets behind the name of somebody or something on a list: 李四（退休）.
    fn said_behind_name(&self, text: &str, rows: RowsAre, remarks: &Remarks) -> Said {
        let normal = with_hints(text);
        match bracketed(&normal).find_map(|part| remarks.read_remark("", part, rows)) {
            Some(Remark::Denies) => Said::Denial,
            Some(Remark::Excuses(_)) => Said::Excuse(format!("{}：{text}", self.shown).into()),
            Some(Remark::Arrives(_)) | None => Said::Nothing,
        }
    }

    /// What a cell says of somebody beside its word: 专职（借调）.
    fn said_of_post(&self, text: &str, remarks: &Remarks) -> Said {
        match remarks.read_post(&clean(text), self.holds == Holds::Post) {
            Some(Remark::Denies) => Said::Denial,
            Some(Remark::Excuses(_)) => Said::Excuse(format!("{}：{text}", self.shown).into()),
            Some(Remark::Arrives(_)) | None => Said::Nothing,
        }
    }

    /// Whether a role is that of somebody who helped at what took place, or led where others learnt.
    fn says_led(&self, text: &str, table: &Table, remarks: &Remarks) -> bool {
        let role = &remarks.organisers;
        self.holds == Holds::Role && (role.only_helped(text) || (!table.speakers.is_empty() && role.only_led(text)))
    }

    /// Whether a text says that it was seen from afar, or yes where the header asks: 是否线上.
    fn says_remote(&self, text: &str, remarks: &Remarks) -> bool {
        remarks.is_only_remote(text) || (remarks.asks_remote(&self.header) && remarks.asking.is_bare_yes(text))
    }

    /// Whether a text leaves open what has become of its row.
    fn is_open(&self, text: &str, remarks: &Remarks) -> bool {
        self.is_state && ((self.is_coded && text.trim() == "1") || remarks.asking.is_open_state(&self.header, text))
    }

    /// What a text says in a column that holds something else. `None` where it may be any remark.
    fn say_beside(&self, text: &str, (rows, table): (RowsAre, &Table), dictionary: &Dictionary) -> Option<Said> {
        let remarks = &dictionary.remarks;
        let spoke_in = |text: &str| !table.speakers.is_empty() && remarks.spoke(text, &table.speakers);
        // 主讲：课标解读; in a remark 主讲：张三 would be somebody else.
        let is_led = || text.split([':', '：']).next().is_some_and(|front| front != text && spoke_in(front));
        let denied_if = |is_denied| if is_denied { Said::Denial } else { Said::Nothing };
        Some(match self.holds {
            Holds::School => said_of_place(text, table, dictionary),
            Holds::Part => said_of_part(text, dictionary),
            Holds::Post | Holds::Flag => self.said_of_post(text, remarks),
            Holds::Name if rows == RowsAre::Events => said_beside_name(text, remarks, spoke_in),
            Holds::Name => self.said_behind_name(text, rows, remarks),
            Holds::Role if table.in_schools => denied_if(remarks.organisers.took_part(text)),
            Holds::Kind => denied_if(remarks.is_speaker(text, &table.speakers)),
            Holds::Day => later(day_parts::is_part_of_day(text, dictionary).then_some(LaterRemark::PartOfDay)),
            Holds::Topic if table.speakers.is_empty() => later(day_parts::said_of_topic(text, dictionary)),
            Holds::Topic if remarks.spoke_in_topic(text, &table.speakers) || is_led() => Said::Denial,
            Holds::Topic => later(of_years(text, remarks)),
            Holds::Remarks if rows.happen() && self.is_open(text, remarks) => Said::Denial,
            Holds::Remarks | Holds::Role | Holds::Unknown | Holds::Time(_) => return None,
        })
    }

    /// What a text says.
    pub(super) fn say(&self, text: &str, (rows, table): (RowsAre, &Table), dictionary: &Dictionary) -> Said {
        if let Some(said) = self.say_beside(text, (rows, table), dictionary) {
            return said;
        }
        let (remarks, is_known) = (&dictionary.remarks, self.holds == Holds::Remarks);
        let years = || of_years(text, remarks).map(Said::Later);
        let spoke = || {
            let is_said = !table.speakers.is_empty() && remarks.spoke(text, &table.speakers);
            is_said || self.says_led(text, table, remarks)
        };
        if rows == RowsAre::People && is_known && remarks.parts.says_away(&self.header) {
            return self.said_away(text, dictionary);
        }
        let is_events = rows.happen();
        // In a column that is not known for remarks it must say nothing else.
        let is_work = || rows == RowsAre::People && remarks.is_work(text);
        let says_part = || remarks.asking.says_part(&self.header, text.trim());
        let is_denial = || is_known || is_work() || (is_events && (remarks.is_denial(text) || says_part()));
        let is_absence = || is_known || remarks.is_absent(&self.header, text);
        match remarks.read_remark(&self.header, &clean(text), rows) {
            None if is_events && spoke() => Said::Denial,
            None if is_known && is_events => years().or_else(|| of_row(text, table, remarks)).unwrap_or(Said::Nothing),
            Some(Remark::Denies) if is_denial() => Said::Denial,
            None if rows == RowsAre::Events && !is_known && remarks.is_half_day(text) => {
                Said::Later(LaterRemark::HalfDay)
            }
            None if rows == RowsAre::Events && !is_known && day_parts::is_only_part_of_day(text, dictionary) => {
                Said::Later(LaterRemark::PartOfDay)
            }
            None if rows == RowsAre::Events && self.says_remote(text, remarks) => Said::Later(LaterRemark::Remote),
            Some(Remark::Excuses(word)) if is_absence() => Said::Excuse(word.into()),
            Some(Remark::Arrives(_)) if is_known => Said::Later(LaterRemark::Arrived(text.into())),
            Some(Remark::Denies | Remark::Excuses(_) | Remark::Arrives(_)) | None => Said::Nothing,
        }
    }
}

fn of_years(text: &str, remarks: &Remarks) -> Option<LaterRemark> {
    remarks.years(text).map(|(first, last)| LaterRemark::OfYears(first, last))
}

fn later(remark: Option<LaterRemark>) -> Said {
    remark.map_or(Said::Nothing, Said::Later)
}

fn of_row(text: &str, table: &Table, remarks: &Remarks) -> Option<Said> {
    if table.partners.as_ref().is_some_and(|partners| partners.said_in(text)) {
        return Some(Said::Later(LaterRemark::Partners));
    }
    let remote = remarks.is_remote(text).then_some(LaterRemark::Remote);
    remote.or_else(|| remarks.is_half_day(text).then_some(LaterRemark::HalfDay)).map(Said::Later)
}

/// What stands in the brackets of a text in its normal form.
fn bracketed(normal: &str) -> impl Iterator<Item = &str> {
    normal.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(part, _)| part)
}

/// What a cell says of which part its row tells: of the whole, or not.
fn said_of_part(text: &str, dictionary: &Dictionary) -> Said {
    let is_whole = dictionary.cells.says(text) == Says::Nothing || dictionary.remarks.parts.is_whole(text);
    if is_whole { Said::Nothing } else { Said::Denial }
}

/// What a place says of whether somebody was in a school.
fn said_of_place(text: &str, table: &Table, dictionary: &Dictionary) -> Said {
    let is_school = |name: &str| dictionary.people.schools.is_school(name);
    let remarks = &dictionary.remarks;
    if table.in_schools {
        return if remarks.is_no_school(text, is_school) { Said::Denial } else { Said::Nothing };
    }
    let normal = with_hints(text);
    if bracketed(&normal).any(|part| remarks.is_denial(part)) {
        return Said::Denial;
    }
    // A dash is a blank cell.
    let is_none = dictionary.cells.says(text) == Says::Nothing && text.contains(char::is_alphanumeric);
    match () {
        () if dictionary.cells.says(text) == Says::Perhaps && !is_school(text) => Said::Denial,
        () if is_none || remarks.is_elsewhere(text, is_school) => Said::Later(LaterRemark::Remote),
        () if dictionary.people.schools.is_any(&normal) => Said::Later(LaterRemark::AnySchools),
        () => Said::Nothing,
    }
}

/// What a cell of names says beside them: 李四（请假）, 李四 请假, 李四（张三代）.
fn said_beside_name(text: &str, remarks: &Remarks, spoke: impl Fn(&str) -> bool) -> Said {
    if text.chars().nth(2).is_none() {
        return Said::Nothing;
    }
    let normal = with_hints(text);
    let bracketed: Vec<&str> = bracketed(&normal).collect();
    let is_substituted = |part: &str| part.strip_suffix('代').is_some_and(|name| !name.is_empty());
    let denies = |part: &&str| {
        remarks.read_remark("", part, RowsAre::Events) == Some(Remark::Denies) || spoke(part) || is_substituted(part)
    };
    let is_absent = |word: &str| remarks.is_denial(word) || remarks.absence(word).is_some();
    if bracketed.iter().any(denies) || clean(text).split_whitespace().any(is_absent) {
        return Said::Denial;
    }
    if bracketed.iter().any(|part| remarks.is_remote(part)) { Said::Later(LaterRemark::Remote) } else { Said::Nothing }
}
