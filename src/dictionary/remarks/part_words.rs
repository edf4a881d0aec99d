//! The words for columns that say of which part of the whole a row tells, or for which time it holds.

use std::collections::HashSet;

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// The headers and the words of `[remarks]` for parts, in their normal form.
#[derive(Debug, Default)]
pub struct PartWords {
    headers: HashSet<String>,
    whole: HashSet<String>,
    ends: Vec<String>,
    begins_not: Vec<String>,
    retires: Vec<String>,
    year_ends: Vec<String>,
    terms: Vec<String>,
    /// What in the header of a term says that it is its beginning, unless it is its end as well: 聘期起.
    term_begins: Vec<String>,
    term_ends: Vec<String>,
    signings: Vec<String>,
    first_batches: HashSet<String>,
    years: HashSet<String>,
    periods: Vec<String>,
    year_of: Vec<String>,
    begins: Vec<String>,
    away: Vec<String>,
    over: Vec<String>,
    appointed: Vec<String>,
    appointed_behind: Vec<String>,
    since: Vec<String>,
    comes: Vec<String>,
    short_leaves: Vec<String>,
    told_not: Vec<String>,
    told_of_part: Vec<String>,
    no_more: Vec<String>,
    missed: Vec<String>,
    since_not: Vec<String>,
    figures_since: Vec<String>,
    figures_since_not: Vec<String>,
}

/// What a column says of the time for which its rows hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBy {
    /// The day on which they end: 到期日期.
    End,
    /// A day before which they may not hold: 命名时间, 批复日期.
    Begin,
    /// When they begin and end: 聘期.
    Term,
    /// When somebody was appointed, who may have been before: 聘任时间.
    Since,
    /// The year that they are of: 学年.
    Year,
}

impl PartWords {
    pub(super) fn read(words: &Form<'_, '_>) -> PartWords {
        let set = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        let list = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        let (headers, whole, years) = (set("of-part"), set("of-whole"), set("years"));
        let (ends, terms, begins_not, year_ends) = (list("ends"), list("terms"), list("begins-not"), list("year-ends"));
        let (year_of, begins) = (list("year-of"), list("begins"));
        let (away, over, retires) = (list("away-headers"), list("terms-over"), list("retires"));
        let periods = list("periods");
        let (signings, first_batches) = (list("signings"), set("first-batches"));
        let (appointed, appointed_behind) = (list("appointed"), list("appointed-behind"));
        let (since, comes, since_not) = (list("since"), list("comes"), list("since-not"));
        PartWords {
            headers,
            whole,
            years,
            periods,
            year_of,
            begins,
            ends,
            begins_not,
            retires,
            year_ends,
            terms,
            term_begins: list("term-begins"),
            term_ends: list("term-ends"),
            signings,
            first_batches,
            away,
            over,
            appointed,
            appointed_behind,
            since,
            comes,
            short_leaves: list("short-leaves"),
            told_not: list("told-not"),
            told_of_part: list("told-of-part"),
            no_more: list("no-more"),
            missed: list("missed"),
            since_not,
            figures_since: list("figures-since"),
            figures_since_not: list("figures-since-not"),
        }
    }

    /// What a column under this header, in its normal form, says of the time for which its rows hold.
    pub fn held_by(&self, normal: &str) -> Option<HeldBy> {
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            () if self.years.contains(normal) || self.is_year_of(normal) => Some(HeldBy::Year),
            () if within(&self.begins) => Some(HeldBy::Begin),
            () if within(&self.terms) && within(&self.term_begins) && !within(&self.term_ends) => Some(HeldBy::Begin),
            () if within(&self.terms) => Some(HeldBy::Term),
            () if within(&self.appointed) => Some(HeldBy::Since),
            () => within(&self.ends).then_some(HeldBy::End),
        }
    }

    /// Whether a day under this header that is still to come may be that on which a row begins to hold.
    pub fn may_begin(&self, normal: &str) -> bool {
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        !within(&self.ends) && !within(&self.terms) && !within(&self.begins_not)
    }

    /// Whether a day under this header is that on which something was signed, which may have begun before.
    pub fn says_signing(&self, normal: &str) -> bool {
        self.signings.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a text says that its row is of the first batch of a list: 首批.
    pub fn is_first_batch(&self, text: &str) -> bool {
        self.first_batches.contains(&normalise(text))
    }

    /// Whether a column of a ledger under this header says in which year its rows count: 认定年度.
    pub fn says_year(&self, normal: &str) -> bool {
        self.year_ends.iter().any(|end| normal.ends_with(end.as_str()))
    }

    /// Whether a column of a ledger under this header says of which term, month or year its rows are: 所属学期.
    pub fn says_period(&self, normal: &str) -> bool {
        self.says_year(normal) || self.periods.iter().any(|end| normal.ends_with(end.as_str()))
    }

    /// Whether a header is one of a year, or of a day, behind a word for what was counted then: 数据年份, 统计时间.
    fn is_year_of(&self, normal: &str) -> bool {
        let rest = self.year_of.iter().find_map(|word| normal.strip_prefix(word.as_str()));
        rest.is_some_and(|rest| self.years.contains(rest) || rest == "时间" || rest == "日期")
    }

    /// What a remark says of the time for which its row holds: the end that it names, or a term.
    pub fn term_in(&self, text: &str) -> Option<HeldBy> {
        let normal = with_hints(text);
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            () if !within(&self.terms) => None,
            () if within(&self.over) => Some(HeldBy::End),
            () => Some(HeldBy::Term),
        }
    }

    /// Whether a column behind one under this header says when somebody got what that one says: 聘任时间 behind 职称.
    pub fn is_appointed_to(&self, normal: &str) -> bool {
        self.appointed_behind.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a remark says that somebody came to the office: 到教研室工作.
    pub fn says_come(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.comes.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a text speaks of a leave that lasts less than a year: 产假.
    pub fn is_short_leave(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.short_leaves.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether an amount that a text tells, in its normal form, is none that somebody came to in the year: 应修学时, 周课时.
    pub fn is_not_told(&self, normal: &str) -> bool {
        self.told_not.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether it is of a part of the year: 第一学期听课节数.
    pub fn is_told_of_part(&self, normal: &str) -> bool {
        self.told_of_part.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether an amount that a text tells is not that of its row alone: 累计30节.
    pub fn is_no_more(&self, text: &str) -> bool {
        self.no_more.iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether an amount that a text tells comes on top of that of its row: 另有2节未登.
    pub fn is_missed(&self, text: &str) -> bool {
        self.missed.iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether a remark with a day says that its row holds since then, or for the time that it names: 2024年9月聘为兼职教研员,
    /// 2020.9-2022.8; and whether it is an appointment, before which there may have been another.
    pub fn since(&self, text: &str) -> Option<HeldBy> {
        let normal = with_hints(text);
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        let is_bare = || normal.chars().all(|c| c.is_ascii_digit() || "年月日.-/~至到起始自从止()".contains(c));
        let is_said = !within(&self.since_not) && (within(&self.since) || within(&self.comes) || is_bare());
        is_said.then_some(if normal.contains('聘') { HeldBy::Since } else { HeldBy::Begin })
    }

    /// Whether the day that a remark says is that from which the figures of its row are so: 2025年1月核定.
    pub fn says_figures_since(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        within(&self.figures_since) && !within(&self.figures_since_not)
    }

    /// Whether a day under this header of a roster is that on which somebody retires, which may be to come.
    pub fn says_retirement(&self, normal: &str) -> bool {
        self.retires.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a column of a roster under this header says who may be excused: 借调单位.
    pub fn says_away(&self, normal: &str) -> bool {
        self.away.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a column under this header, in its normal form, says of which part a row tells: 季度.
    pub fn is_header(&self, normal: &str) -> bool {
        self.headers.contains(normal)
    }

    /// Whether what stands under such a header says that a row tells of the whole: 全年.
    pub fn is_whole(&self, text: &str) -> bool {
        self.whole.contains(&normalise(text))
    }
}
