//! What may stand in a cell of any column and says nothing by itself: error values, words for nothing, what is still to come.

use std::collections::HashSet;

use super::form::Form;
use super::table::FieldKind;
use super::tables::{NumberWords, SumWords};
use super::words::{bracketed, spelt, with_hints};

/// Texts longer than this say something, whatever they begin with.
const SHORT: usize = 8;
/// A longer text that begins like a count of all says more.
const COUNT: usize = 24;
/// Texts longer than this say something, whatever they hold.
const SENTENCE: usize = 12;
/// What stands behind a unit in a title.
const UNIT_ENDS: [char; 8] = [')', ',', '、', ';', '。', ' ', '】', ']'];

/// The words of `[cells]`, in their normal form.
#[derive(Debug, Default)]
pub struct CellWords {
    errors: HashSet<String>,
    nothing: HashSet<String>,
    pending: Vec<String>,
    unsure: Vec<String>,
    negations: Vec<String>,
    plain: Vec<String>,
    day_parts: Vec<String>,
    planned: Vec<String>,
    /// What brackets behind a header of amounts, or of people, say by which it is another one.
    other_amounts: Vec<String>,
    other_people: Vec<String>,
    /// Parts of headers of who filled in a row, and of those who were there with somebody.
    entered: Vec<String>,
    with_another: Vec<String>,
    done: Vec<String>,
    pub numbers: NumberWords,
    running: Vec<String>,
    weighed: Vec<String>,
    lacking: Vec<String>,
    studied: Vec<String>,
    in_minutes: Vec<String>,
    in_hours: Vec<String>,
    lengths: Vec<String>,
    /// What stands before 单位 in headers of the units of whatever amounts there are.
    of_any_unit: HashSet<String>,
    /// What stands before the number of all.
    sum_fronts: Vec<String>,
    /// Words that are units of amounts wherever they stand alone.
    units: HashSet<String>,
    /// How a date is to be written.
    date_forms: Vec<String>,
    /// Units that are written for one another.
    alike_units: Vec<Vec<String>>,
    /// Those of times and lessons, in which a title may say that the amounts of a ledger are.
    timed_units: Vec<String>,
    pub sums: SumWords,
}

/// What a text says in a column of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    Something,
    /// There is none: 无.
    Nothing,
    /// There may be one by now: 待补, 未申报.
    Perhaps,
}

impl CellWords {
    pub(super) fn read(form: &Form<'_, '_>) -> CellWords {
        let Some(cells) = form.form("cells") else { return CellWords::default() };
        let normal = |key| -> Vec<String> { cells.strings(key).iter().map(|text| with_hints(text)).collect() };
        let words = CellWords {
            errors: cells.strings("errors").iter().map(|text| text.to_uppercase()).collect(),
            nothing: normal("nothing").into_iter().collect(),
            pending: normal("pending"),
            unsure: normal("unsure"),
            negations: normal("negations"),
            plain: normal("plain"),
            day_parts: normal("day-parts"),
            planned: normal("planned"),
            other_amounts: normal("other-amounts"),
            other_people: normal("other-people"),
            entered: normal("entered"),
            with_another: normal("with-another"),
            done: normal("done"),
            numbers: NumberWords::read(&cells),
            running: normal("running"),
            weighed: normal("weighed"),
            lacking: normal("lacking"),
            studied: normal("studied"),
            in_minutes: normal("in-minutes"),
            in_hours: normal("in-hours"),
            lengths: normal("lengths"),
            of_any_unit: normal("of-any-unit").into_iter().collect(),
            sum_fronts: cells.strings("sum-fronts").iter().map(|front| spelt(front)).collect(),
            units: cells.strings("units").iter().map(|unit| spelt(unit)).collect(),
            date_forms: cells.strings("date-forms").iter().map(|form| spelt(form)).collect(),
            alike_units: cells.rows("alike-units"),
            timed_units: cells.strings("timed-units"),
            sums: SumWords::read(&cells),
        };
        cells.finish();
        words
    }

    /// The part of a day that a text says; `None` if it says none, or several.
    pub fn day_part(&self, text: &str) -> Option<usize> {
        let mut said = (0..).zip(&self.day_parts).filter(|(_, word)| text.contains(word.as_str()));
        said.next().filter(|_| said.next().is_none()).map(|(part, _)| part)
    }

    /// Whether a header, in its normal form, says how long something really lasted, or until when: 到岗天数, 实际结束日期.
    pub fn is_length(&self, header: &str) -> bool {
        self.lengths.iter().any(|word| header.contains(word.as_str()))
    }

    /// A header of amounts, in its normal form, behind the word by which somebody weighed them: 节数 of 认定节数, 学时 of 实际出勤学时.
    /// `None` if it has none, or says what was planned or what all came to.
    pub fn without_weighed<'h>(&self, header: &'h str) -> Option<&'h str> {
        let (front, rest) = behind(&self.weighed, header)?;
        (!self.is_planned(front) && !self.sums.names_sums(front)).then_some(rest)
    }

    /// A header of amounts, in its normal form, behind the word by which they are what was not done: 学时 of 剩余学时. `None` if it has none.
    pub fn without_lacking<'h>(&self, header: &'h str) -> Option<&'h str> {
        behind(&self.lacking, header).map(|(_, rest)| rest)
    }

    /// How many minutes the unit has in which a header, as it is spelt, says how long somebody studied: 学习时长(分钟). `None` if it says none.
    pub fn minutes_of(&self, spelt: &str) -> Option<u32> {
        let within = |words: &[String]| words.iter().any(|word| spelt.contains(word.as_str()));
        match () {
            () if !within(&self.studied) => None,
            () if within(&self.in_minutes) => Some(1),
            () => within(&self.in_hours).then_some(60),
        }
    }

    /// Whether a header that says so before 单位 is of the unit of whatever amounts there are: 计量单位.
    pub fn is_of_any_unit(&self, front: &str) -> bool {
        self.of_any_unit.contains(front)
    }

    /// Whether a text, as [`spelt`] gives it, is a unit, or units of which one is per another: 元, 节/周.
    pub fn is_unit(&self, text: &str) -> bool {
        parts_of_unit(text).all(|part| self.units.contains(part))
    }

    /// The unit that a text is, in brackets or behind 单位: 万元 of （单位：万元）. `None` if it says anything else.
    pub fn unit_in(&self, text: &str) -> Option<String> {
        if text.chars().nth(SENTENCE).is_some() {
            return None;
        }
        let spelt = spelt(text);
        let bare = spelt.trim_matches(|c| "()[]【】〔〕".contains(c));
        let unit = bare.split_once("单位").map_or(bare, |(_, unit)| unit);
        let unit = unit.trim_matches(|c| "()[]【】〔〕为是".contains(c));
        self.is_unit(unit).then(|| unit.to_string())
    }

    /// Whether a text may stand in a row of units and says none itself: 计量单位, 年月日.
    pub fn is_unit_label(&self, text: &str) -> bool {
        let is_form = || self.date_forms.iter().any(|form| *form == spelt(text));
        spelt(text).strip_suffix("单位").is_some_and(|front| front.is_empty() || self.is_of_any_unit(front))
            || is_form()
    }

    /// Whether a text says how many there are of all: 共12次, 以上共6天，听课9节.
    pub fn counts_all(&self, text: &str) -> bool {
        if text.chars().nth(COUNT).is_some() {
            return false;
        }
        let spelt = spelt(text);
        let Some(counts) = self.sum_fronts.iter().find_map(|front| spelt.strip_prefix(front.as_str())) else {
            return false;
        };
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let is_count = |part: &str| {
            let behind = part.trim_start_matches(|c| !is_digit(c));
            behind.starts_with(is_digit) && self.is_unit(behind.trim_start_matches(is_digit))
        };
        counts.trim_end_matches(['。', '.']).split([',', '、', ';', '。']).all(is_count)
    }

    /// The unit of times or lessons that a title says: 单位：分钟, （计量单位:天）.
    pub fn timed_unit(&self, title: &str) -> Option<String> {
        let own = |unit: &str| self.timed_units.iter().find(|own| *own == unit).cloned();
        let unit = |rest: &str| own(rest.trim_start_matches(|c| ":为是( ".contains(c)).split(UNIT_ENDS).next()?);
        spelt(title).split("单位").skip(1).find_map(unit)
    }

    /// Whether a text is a unit that consists of the characters of a field's own, or one that is written for it: 节 for 学时.
    pub fn is_own_unit(&self, text: &str, own: &str) -> bool {
        let normal = with_hints(text);
        let is_own = |unit: &str| !unit.is_empty() && unit.chars().all(|c| own.contains(c));
        let is_alike = |group: &Vec<String>| group.contains(&normal) && group.iter().any(|unit| is_own(unit));
        is_own(&normal) || self.alike_units.iter().any(is_alike)
    }

    /// Whether a figure is that of several years together: 累计60.
    pub fn is_running(&self, figure: &str) -> bool {
        let normal = with_hints(figure);
        self.running.iter().any(|word| normal.starts_with(word.as_str()))
    }

    /// Whether a header of amounts, in its normal form, says that they are planned and not what was done: 计划节数.
    pub fn is_planned(&self, header: &str) -> bool {
        self.planned.iter().any(|word| header.contains(word.as_str()))
    }

    /// Whether what stands in brackets behind the header of a field says that it is something else: 学时（累计）, 姓名（授课人）,
    /// 日期（计划）.
    pub fn is_bracketed_otherwise(&self, header: &str, kind: FieldKind) -> bool {
        let is_planned = |hint: &String| kind == FieldKind::Figure && self.is_planned(hint);
        let others = match kind {
            FieldKind::Number | FieldKind::Figure => &self.other_amounts,
            FieldKind::Person | FieldKind::People => &self.other_people,
            FieldKind::Date => &self.planned,
            FieldKind::Text
            | FieldKind::Texts
            | FieldKind::Code
            | FieldKind::Year
            | FieldKind::Flag
            | FieldKind::Word(_)
            | FieldKind::Words(_)
            | FieldKind::School
            | FieldKind::Institution
            | FieldKind::Identity => return false,
        };
        let is_other = |hint: &String| is_planned(hint) || others.iter().any(|word| hint.contains(word.as_str()));
        bracketed(header).iter().any(is_other)
    }

    /// Whether a header, in its normal form, names who filled in a row: 填报人, 提交人.
    pub fn names_who_entered(&self, header: &str) -> bool {
        self.entered.iter().any(|word| header.contains(word.as_str()))
    }

    /// Whether a header, in its normal form, names who was there with somebody: 陪同人员.
    pub fn names_with_another(&self, header: &str) -> bool {
        self.with_another.iter().any(|word| header.contains(word.as_str()))
    }

    /// Whether a header may hold such a word, told without normalising it.
    pub fn may_be_done(&self, header: &str) -> bool {
        header.chars().any(|c| self.done.iter().any(|word| word.starts_with(c)))
    }

    /// A header of amounts without the word that says that they were done: 节数 of 实际节数. `None` if it has none.
    pub fn without_done(&self, header: &str) -> Option<String> {
        let word = self.done.iter().find(|word| header.contains(word.as_str()))?;
        Some(header.replacen(word.as_str(), "", 1))
    }

    /// Whether a text is an error value, as a spreadsheet or a database writes it into a text file.
    pub fn is_error(&self, text: &str) -> bool {
        let is_filled = text.len() > 1 && text.bytes().all(|byte| byte == b'#');
        is_filled || (text.is_ascii() && self.errors.contains(&text.to_uppercase()))
    }

    /// Whether a text ends with a word that takes back what follows it: 非.
    pub fn takes_back(&self, front: &str) -> bool {
        self.negations.iter().any(|word| front.ends_with(word.as_str()))
    }

    pub fn says(&self, text: &str) -> Says {
        let normal = with_hints(text);
        let bare = normal.trim_matches(|c| "()。.!,、;".contains(c));
        let begins = |words: &[String]| words.iter().any(|word| bare.starts_with(word.as_str()));
        let has_words = bare.chars().any(|c| c.is_alphanumeric() || "√✓✔☑".contains(c));
        // 无(正在申报): what the brackets say may change it.
        let is_qualified = normal.split_once('(').is_some_and(|(front, _)| self.nothing.contains(front));
        let is_pending = || bare.chars().nth(SHORT).is_none() && begins(&self.pending) && !begins(&self.plain);
        let holds = |words: &[String]| words.iter().any(|word| bare.contains(word.as_str()));
        let is_unsure = || bare.chars().nth(SENTENCE).is_none() && holds(&self.unsure);
        if is_qualified || (!has_words && normal.contains('?')) {
            Says::Perhaps
        } else if self.nothing.contains(bare) || !has_words {
            Says::Nothing
        } else if is_pending() || is_unsure() {
            Says::Perhaps
        } else {
            Says::Something
        }
    }
}

/// What stands before and behind the last of some words in a header; `None` if none of them is there or nothing is behind it.
fn behind<'h>(words: &[String], header: &'h str) -> Option<(&'h str, &'h str)> {
    let parts = words.iter().filter_map(|word| header.rsplit_once(word.as_str()));
    parts.filter(|(_, rest)| !rest.is_empty()).min_by_key(|(_, rest)| rest.len())
}

/// The units of which a text is one per another, or one or another: 节/周, 年-月-日.
pub fn parts_of_unit(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', '-', '、', '或'])
}
