//! Remarks: columns beside those of a table, whose words say that a row may not count, or that a person may be excused.

use std::collections::HashSet;

use super::asking::{AskingWords, is_share};
use super::attendance::AttendanceWords;
use super::gapped::{gapped, parted};
use super::givers::{Givers, PartInLesson};
use super::moved::Moved;
use super::off_words::{LengthWords, LessWords, OffWords};
use super::organisers::OrganiserWords;
use super::part_words::PartWords;
use super::place_words::Places;
use super::posts::Posts;
use super::rows_are::RowsAre;
use crate::dictionary::form::Form;
use crate::dictionary::people_words::PeopleWords;
use crate::dictionary::table::Field;
use crate::dictionary::words::{normalise, with_hints};

/// The words of `[remarks]`, in their normal form.
#[derive(Debug, Default)]
pub struct Remarks {
    headers: HashSet<String>,
    within: Vec<String>,
    /// What columns ask of their rows.
    pub asking: AskingWords,
    pub(super) denying: Vec<String>,
    doubting: Vec<String>,
    changing: Vec<String>,
    /// What columns say of which part a row tells.
    pub parts: PartWords,
    pub attendance: AttendanceWords,
    pub organisers: OrganiserWords,
    void_names: Vec<String>,
    mark_ends: Vec<String>,
    /// Words at the end of a bracket behind a topic by which somebody was not there: 未参加.
    pub(super) absent: Vec<String>,
    alone: HashSet<String>,
    pub(super) off: OffWords,
    pub less: LessWords,
    pub lengths: LengthWords,
    around: Vec<String>,
    pub(super) harmless: Vec<String>,
    away: Vec<String>,
    arrived: Vec<String>,
    /// Words with a gap between their parts: 由…代.
    pub(super) gapped: Vec<(String, String)>,
    away_gapped: Vec<(String, String)>,
    pub(super) places: Places,
    posts: Posts,
    pub(super) moved: Moved,
    givers: Givers,
    half_days: Vec<String>,
}

/// What a remark says of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark<'r> {
    /// The row may not count.
    Denies,
    /// The person may be excused, by this word.
    Excuses(&'r str),
    /// The person came, by this word: who came in the window may be excused.
    Arrives(&'r str),
}

impl Remarks {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> Remarks {
        let Some(words) = form.form("remarks") else { return Remarks::default() };
        let normal = |key| words.strings(key).into_iter().map(|text| with_hints(&text));
        let headers = |key| words.strings(key).into_iter().map(|text| normalise(&text));
        let remarks = Remarks {
            headers: headers("headers").collect(),
            within: headers("within").collect(),
            asking: AskingWords::read(&words),
            denying: normal("denying").collect(),
            doubting: normal("doubting").collect(),
            changing: normal("changing").collect(),
            parts: PartWords::read(&words),
            attendance: AttendanceWords::read(&words),
            organisers: OrganiserWords::read(&words),
            void_names: normal("void-names").collect(),
            mark_ends: normal("mark-ends").collect(),
            absent: normal("absent").collect(),
            alone: normal("alone").collect(),
            off: OffWords::read(&words),
            less: LessWords::read(&words),
            lengths: LengthWords::read(&words),
            around: normal("around").collect(),
            harmless: normal("harmless").collect(),
            away: normal("away").collect(),
            arrived: normal("arrived").collect(),
            gapped: normal("gapped").filter_map(|words| parted(&words)).collect(),
            away_gapped: normal("away-gapped").filter_map(|words| parted(&words)).collect(),
            places: Places::read(&words),
            posts: Posts::read(&words),
            moved: Moved::read(&words),
            givers: Givers::read(&words),
            half_days: normal("half-days").collect(),
        };
        words.finish();
        remarks
    }

    /// Whether a column under this header, in its normal form, holds remarks.
    pub fn is_header(&self, normal: &str) -> bool {
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        self.headers.contains(normal)
            || within(&self.within)
            || self.asking.asks(normal)
            || self.asking.says_progress(normal)
            || self.voids(normal)
            || self.asking.asks_in_force(normal)
    }

    /// Whether a text of a column that is not recognised is a word that denies its row and nothing else: 已取消, 未参加.
    pub fn is_denial(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let bare = normal.trim_matches(|c| "()。.!,、;?".contains(c));
        let word = ["已", "因故", "被"].iter().find_map(|front| bare.strip_prefix(front)).unwrap_or(bare);
        let is_short_no = word.starts_with(['未', '没']) && word.chars().nth(5).is_none();
        let is_harmless = || self.harmless.iter().any(|phrase| word.contains(phrase.as_str()));
        self.denying.iter().any(|one| one == word) || (is_short_no && !is_harmless())
    }

    /// A text in its normal form without the phrases that say nothing.
    pub fn without_harmless(&self, text: &str) -> String {
        self.harmless.iter().fold(with_hints(text), |rest, word| {
            if rest.contains(word.as_str()) { rest.replace(word.as_str(), "") } else { rest }
        })
    }

    /// Whether a remark says that it took half a day.
    pub fn is_half_day(&self, text: &str) -> bool {
        let rest = self.without_harmless(text);
        self.half_days.iter().any(|word| rest.contains(word.as_str()))
    }

    /// Whether a text says anything of whether an event counts, where it was, or for how much.
    pub fn remarks_on_event(&self, text: &str) -> bool {
        let is_amiss = self.is_remote(text) || self.is_half_day(text) || self.years(text).is_some();
        is_amiss || self.read_remark("", text, RowsAre::Events).is_some()
    }

    /// The first and the last year of which a text says that its row is: 补2022年.
    pub fn years(&self, text: &str) -> Option<(i16, i16)> {
        self.moved.years(text)
    }

    /// Whether a text says that a lesson was not, or not only, that of those who are on its row, unless it names them.
    pub fn is_anothers(&self, text: &str, people: &PeopleWords) -> bool {
        self.givers.is_anothers(text, people)
    }

    /// What a bracket behind a name says of somebody's part in a lesson or a lecture: 执教, 点评. `None` if it says nothing of it.
    pub fn part_in_lesson(&self, text: &str) -> Option<PartInLesson> {
        self.givers.part(text)
    }

    /// Whether a text says that it was theirs who are on its row: 本人, 同左.
    pub fn says_own(&self, text: &str) -> bool {
        self.givers.says_own(text)
    }

    /// Whether a remark denies the yes of a field of its row: 借调县教育局 that somebody is in post.
    pub fn denies(&self, text: &str, field: &Field) -> bool {
        let rest = self.without_harmless(text);
        field.remarked.iter().any(|word| rest.contains(word.as_str()))
    }

    /// The word by which a text that says nothing else says that somebody is away: 已退休, 借调中.
    pub fn absence(&self, text: &str) -> Option<&str> {
        let normal = with_hints(text);
        let mut rest = normal.trim_matches(|c| "()。.!,、;".contains(c));
        let (away, around) = (self.away.iter().filter(|word| word.chars().nth(1).is_some()), self.around.iter());
        let parts = away.map(|word| (word, true)).chain(around.map(|word| (word, false)));
        let mut found = None;
        while !rest.is_empty() {
            let taken = |word: &str| rest.strip_prefix(word).or_else(|| rest.strip_suffix(word));
            let (word, is_away, next) = parts.clone().find_map(|(word, away)| Some((word, away, taken(word)?)))?;
            found = found.or_else(|| is_away.then_some(word.as_str()));
            rest = next;
        }
        found
    }

    /// Whether a cell of a column that is not recognised says nothing but that somebody is away.
    pub fn is_absent(&self, header: &str, text: &str) -> bool {
        self.absence(text).is_some() || self.asked_absence(header).is_some()
    }

    /// The word of absence that a header asks for: 是否退休.
    fn asked_absence(&self, header: &str) -> Option<&str> {
        let bare = header.strip_prefix("是否").or_else(|| header.strip_suffix("与否")).unwrap_or(header);
        // 是否占编 asks who is on the payroll.
        self.absence(bare).filter(|_| !self.harmless.iter().any(|phrase| phrase == header))
    }

    /// Whether the name of a book says that its rows may not count: 取消的活动.
    pub fn voids_book(&self, name: &str) -> bool {
        let normal = with_hints(name);
        self.void_names.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a header asks if a row is void: 作废, 是否取消, 是否重复登记, 删除标记.
    fn voids(&self, header: &str) -> bool {
        let marks = || self.mark_ends.iter().find_map(|mark| header.strip_suffix(mark.as_str()));
        let Some(asked) = header.strip_prefix("是否").or_else(marks) else { return self.is_denial(header) };
        let rest = self.without_harmless(asked);
        let denies = |word: &&String| word.chars().nth(1).is_some() && rest.contains(word.as_str());
        self.is_denial(asked) || self.denying.iter().any(|word| denies(&word))
    }

    /// Whether a remark on somebody, without what says nothing, says that they are away, or that they came.
    fn excuses(&self, rest: &str) -> Option<Remark<'_>> {
        let arrived = self.arrived.iter().find(|word| rest.contains(word.as_str()));
        // 调 of 调入 says no other thing.
        let bare = arrived.map_or_else(|| rest.to_string(), |word| rest.replace(word.as_str(), ""));
        let away = self.away.iter().find(|word| bare.contains(word.as_str())).map(String::as_str);
        let away = away.or_else(|| gapped(&self.away_gapped, rest)).map(Remark::Excuses);
        away.or(arrived.map(|word| Remark::Arrives(word)))
    }

    fn other_work(&self, text: &str, is_post: bool) -> Option<Remark<'_>> {
        self.posts.is_other(text, is_post).then_some(Remark::Denies)
    }

    /// Whether a text of a column that is not recognised says work of which somebody may be no officer: 后勤.
    pub fn is_work(&self, text: &str) -> bool {
        self.posts.is_other(text, false)
    }

    /// Whether a column under this header, in its normal form, says what somebody does: 职务.
    pub fn is_post_header(&self, normal: &str, of_teachers: bool) -> bool {
        self.posts.is_header(normal, of_teachers)
    }

    /// What a cell says of somebody beside its word: work of which they are no officer, or, in a part of it, that they are
    /// away: 专职（借调）.
    pub fn read_post(&self, text: &str, is_post: bool) -> Option<Remark<'_>> {
        const MARKS: [char; 9] = ['(', ')', '、', ',', ';', '/', '。', '+', '-'];
        let normal = with_hints(text);
        let other = is_post.then(|| self.other_work(text, true)).flatten();
        let away = || normal.split(MARKS).find_map(|part| self.absence(part));
        let sent = || is_post.then(|| self.posts.sent(&normal)).flatten();
        other.or_else(|| away().or_else(sent).map(Remark::Excuses))
    }

    /// What a remark under a header says of its row; of people first whether they may be excused. `None` if it changes nothing.
    pub fn read_remark(&self, header: &str, text: &str, rows: RowsAre) -> Option<Remark<'_>> {
        let normal = with_hints(text);
        let bare = normal.trim_matches(|c| "()。.!,、;?".contains(c));
        let is_asked = rows.happen() && self.asking.asks(header);
        if rows == RowsAre::People
            && self.asking.yes.contains(bare)
            && let Some(word) = self.asked_absence(header)
        {
            return Some(Remark::Excuses(word));
        }
        if rows.happen() && self.voids(header) && (self.asking.yes.contains(bare) || self.asking.no.contains(bare)) {
            return self.asking.yes.contains(bare).then_some(Remark::Denies);
        }
        let asks = match rows {
            RowsAre::Events => self.asking.is_ticks(header),
            RowsAre::People | RowsAre::Things | RowsAre::States => self.asking.asks_in_force(header),
        };
        if asks && self.asking.says_no(self.without_harmless(bare).trim()) {
            return Some(Remark::Denies);
        }
        let is_part = || (is_asked && is_share(bare)) || self.asking.says_part(header, bare);
        let is_partly = || rows.happen() && is_part();
        if self.alone.contains(bare) || (is_asked && self.asking.no.contains(bare)) || is_partly() {
            return Some(Remark::Denies);
        }
        let rest = self.without_harmless(text);
        let found = |words: &[String]| words.iter().position(|word| rest.contains(word.as_str()));
        let denies = |words: &[String]| found(words).map(|_| Remark::Denies);
        let excuses = || self.excuses(&rest);
        let is_substituted = bare.chars().nth(4).is_none() && rest.ends_with('代') && bare.chars().nth(2).is_some();
        let said_of_events = || {
            denies(&self.denying)
                .or_else(|| is_substituted.then_some(Remark::Denies))
                .or_else(|| gapped(&self.gapped, &rest).map(|_| Remark::Denies))
        };
        match rows {
            RowsAre::People => denies(&self.doubting).or_else(excuses).or_else(|| self.other_work(text, false)),
            RowsAre::Things => {
                denies(&self.doubting).or_else(|| denies(&self.changing)).or_else(|| self.other_work(text, false))
            }
            RowsAre::States => said_of_events().or_else(|| denies(&self.changing)),
            RowsAre::Events => said_of_events(),
        }
    }
}
