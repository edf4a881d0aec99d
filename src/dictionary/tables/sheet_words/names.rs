//! What the names of sheets say beside those of the tables: that a sheet may hold rows of one, or that it is none.

use super::gaps::GapWords;
use super::officers::OfficerWords;
use rust_decimal::Decimal;

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// A longer text above a header is an instruction.
const LONGEST: usize = 30;

/// What the name of a sheet says of a table without being its name, in normal form.
#[derive(Debug, Default)]
pub struct Hints {
    /// Names that say that a sheet is this table where they are all of its name, and its columns say so too.
    pub alone: Vec<String>,
    /// Words by which it may hold rows of this table, whatever its columns are.
    pub words: Vec<String>,
    /// Words by which it may where the columns are there without which it is no such table.
    pub nouns: Vec<String>,
    /// Words of headers by which it may beside a column of people and amounts, whatever it is called.
    pub headers: Vec<String>,
}

/// Words in the names of sheets that speak against their being a table, in normal form.
#[derive(Debug, Default)]
pub struct SheetWords {
    /// Words that say that a sheet is something else than a table: 获奖, 通讯录.
    pub foreign: Vec<String>,
    /// Those of them for events that may be rows of a table: 考试.
    pub events: Vec<String>,
    /// Those of them that say that it was one once; they count in brackets too: 花名册（旧）.
    pub outdated: Vec<String>,
    /// Those of them that only say that it is an old version.
    pub old_versions: Vec<String>,
    /// Words by which a ledger is a later version of another one.
    pub revised: Vec<String>,
    /// Words of the names of offices that hold such a word and say nothing.
    pub harmless: Vec<String>,
    /// Words that say that a sheet lists who is away, came or left: 离岗人员.
    absences: Vec<String>,
    correcting: Vec<String>,
    reducing: Vec<String>,
    leaves: Vec<String>,
    leaves_less: Decimal,
    borrowed: Vec<String>,
    /// Words that say that a sheet tells of what is to come: 安排.
    pub planned: Vec<String>,
    /// Words of a title that say so wherever they stand.
    pub planned_titles: Vec<String>,
    /// Words by which what is planned is who has which school, and those by which it is not: 联系学校安排表.
    assigned: Vec<String>,
    assigned_not: Vec<String>,
    /// Words of a team of an office: 小学部.
    teams: Vec<String>,
    /// Words before the day on which a table was made: 导出时间.
    pub made: Vec<String>,
    /// Parts of headers of when a form was filed, and of those that tell it beside one of them: 发起时间, 完成时间.
    filed: Vec<String>,
    filed_beside: Vec<String>,
    /// Words that say that a list is of a time before, or of what is only proposed.
    bygone: Vec<String>,
    proposed: Vec<String>,
    /// Words that hold one of these and say nothing: 模拟.
    settled: Vec<String>,
    /// Words that say that a sheet is about such things and holds none: 标准.
    pub about: Vec<String>,
    /// Headers of columns that name people, whatever the sheet is.
    pub people: Vec<String>,
    /// By which a sheet says that rows of it are missing.
    pub gaps: GapWords,
    /// What lists of all who work somewhere say.
    pub officers: OfficerWords,
}

impl Hints {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> Hints {
        let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
        Hints {
            alone: normal("alone"),
            words: normal("hints"),
            nouns: normal("nouns"),
            headers: normal("hint-headers"),
        }
    }
}

/// What is said of rows that stand elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrects {
    /// They may be more or less: 更正.
    Either,
    /// They may be less: 不予认定清单.
    Less,
}

impl SheetWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> SheetWords {
        let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
        let spelt = |key| form.strings(key).iter().map(|text| with_hints(text)).collect();
        SheetWords {
            foreign: normal("foreign"),
            events: normal("events"),
            outdated: normal("outdated"),
            old_versions: normal("old-versions"),
            revised: normal("revised"),
            harmless: normal("harmless"),
            absences: normal("absences"),
            correcting: normal("correcting"),
            reducing: normal("reducing"),
            leaves: normal("leaves"),
            leaves_less: form.number("leaves-less").unwrap_or_default(),
            borrowed: normal("borrowed"),
            planned: normal("planned"),
            planned_titles: normal("planned-titles"),
            bygone: spelt("bygone"),
            proposed: spelt("proposed"),
            settled: spelt("settled"),
            about: normal("about"),
            people: normal("people-headers"),
            assigned: normal("assigned"),
            assigned_not: normal("assigned-not"),
            teams: normal("teams"),
            filed: normal("filed"),
            filed_beside: normal("filed-beside"),
            made: spelt("made"),
            gaps: GapWords::read(form),
            officers: OfficerWords::read(form),
        }
    }

    /// Whether a name says that a list is of a time before, or of what is only proposed: 花名册（上年）, 联系学校（拟）.
    pub fn is_of_no_time(&self, name: &str) -> bool {
        let name = with_hints(name);
        if name.chars().nth(LONGEST).is_some() {
            return false;
        }
        let name = self.settled.iter().fold(name, |name, word| name.replace(word.as_str(), " "));
        self.bygone.iter().chain(&self.proposed).any(|word| name.contains(word.as_str()))
    }

    /// Whether 安排 in a name means who has which school.
    pub fn assigns(&self, name: &str) -> bool {
        let holds = |words: &[String]| words.iter().any(|word| name.contains(word.as_str()));
        holds(&self.assigned) && !holds(&self.assigned_not)
    }

    /// Whether a name is that of a team's book.
    pub fn is_of_team(&self, name: &str) -> bool {
        let normal = normalise(name);
        normal.ends_with(['组', '部']) || self.teams.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a header, in its normal form, tells when a form was filed, and not when it took place what it is about; `others` stand
    /// beside it.
    pub fn is_filed<'h>(&self, header: &str, mut others: impl Iterator<Item = &'h str>) -> bool {
        let holds = |header: &str, words: &[String]| words.iter().any(|word| header.contains(word.as_str()));
        holds(header, &self.filed) || holds(header, &self.filed_beside) && others.any(|other| holds(other, &self.filed))
    }

    /// Whether the name of such a sheet leaves open whether who stands in it is there: 借调人员.
    pub fn may_list_present(&self, name: &str) -> bool {
        let normal = normalise(name);
        self.borrowed.iter().any(|word| normal.contains(word.as_str()))
    }

    /// What the name of a sheet, or a line beside a table, says of rows that stand elsewhere. `None` if it says nothing of them.
    pub fn corrects(&self, name: &str) -> Option<Corrects> {
        let normal = normalise(name);
        let says = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            // 更正版 is the ledger itself.
            () if says(&self.revised) => None,
            () if says(&self.correcting) => Some(Corrects::Either),
            () => says(&self.reducing).then_some(Corrects::Less),
        }
    }

    /// Whether a text of a sheet speaks of a leave: 病假.
    pub fn says_leave(&self, text: &str) -> bool {
        let normal = normalise(text);
        self.leaves.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether so many days are a leave that may excuse somebody.
    pub fn is_leave(&self, days: Decimal) -> bool {
        days >= self.leaves_less
    }

    /// Whether the name of a sheet says that it lists who is away, came or left.
    pub fn lists_absent(&self, name: &str) -> bool {
        let normal = normalise(name);
        self.absences.iter().any(|word| normal.contains(word.as_str()))
    }
}
