//! One document as data: its clauses, and how the audit answers each.

use jiff::civil::Date;

use crate::model::{Per, Period, Window};

use super::rule::Rule;

/// One document: what it is, its clauses, and a rule for each requirement that records can show.
#[derive(Debug, Default)]
pub struct Pack {
    pub id: String,
    pub title: String,
    /// 文号, if the document has one.
    pub number: Option<String>,
    pub issuer: String,
    pub issued: Option<Date>,
    pub in_force: Option<Date>,
    /// The only year that a plan of one year speaks of.
    pub only: Option<Period>,
    /// Whether the document is written for school years; else for calendar years.
    pub school_year: bool,
    /// Of the text that the quotes were checked against.
    pub source_sha256: String,
    /// Whether its rules are published figures that the records must bear out (相符 / 不符).
    pub claims: bool,
    pub clauses: Vec<Clause>,
    pub rules: Vec<Rule>,
    /// Of the pack file itself.
    pub sha256: String,
    /// The built-in pack that this one changes, if it extends one.
    pub base: Option<Base>,
    /// What it changes, in words.
    pub differences: Vec<String>,
}

/// The built-in pack that a clerk's pack changes.
#[derive(Debug)]
pub struct Base {
    pub id: String,
    pub sha256: String,
    /// Its rules that hold here as they stand there.
    pub kept: Vec<String>,
}

impl Pack {
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// 《…〈…〉…》（江教办〔2022〕38号）: marks within marks are single ones (GB/T 15834).
    pub fn cited(&self) -> String {
        let title = self.title.replace('《', "〈").replace('》', "〉");
        match &self.number {
            Some(number) => format!("《{title}》（{number}）"),
            None => format!("《{title}》"),
        }
    }
}

impl Pack {
    /// Why the document says nothing of a window: it was in force only after the window had ended. What it claims, it claims of the time before.
    pub fn silent_on(&self, window: &Window) -> Option<String> {
        let day = self.in_force.filter(|day| window.end < *day && window.per != Per::Fixed && !self.claims)?;
        Some(format!("文件自{day}起施行，这一周期在此之前已经结束，不核查"))
    }

    /// A warning, if the document goes by the other kind of year than the audit does.
    pub fn by_another_year(&self, period: Period) -> Option<String> {
        let is_school = matches!(period, Period::School(_));
        let own = if self.school_year { "学年" } else { "自然年" };
        (self.school_year != is_school)
            .then(|| format!("{}按{own}核查，这次核查的是{}，每年的要求按这一年计", self.cited(), period.label()))
    }

    /// A warning, if the document is a plan of another year than the audit year.
    pub fn of_another_year(&self, period: Period) -> Option<String> {
        let only = self.only.filter(|only| only.end() < period.start() || period.end() < only.start())?;
        let (document, only, period) = (self.cited(), only.label(), period.label());
        Some(format!("{document}是{only}的工作安排，这次核查的是{period}：它对这一年是否仍然有效，请先确认"))
    }
}

/// A numbered paragraph of the document, and how the audit answers it.
#[derive(Debug)]
pub struct Clause {
    pub id: String,
    /// The part of a supervision report that it belongs to.
    pub heading: String,
    pub status: ClauseStatus,
    /// What a person checks by hand. `None` if the rules answer the whole clause, or it is out of scope.
    pub ask: Option<String>,
    pub quote: Option<String>,
}

/// How far a clause is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseStatus {
    Rules,
    Partly,
    Manual,
    OutOfScope,
}

impl ClauseStatus {
    pub const ALL: [ClauseStatus; 4] =
        [ClauseStatus::Rules, ClauseStatus::Partly, ClauseStatus::Manual, ClauseStatus::OutOfScope];

    /// The word that packs use.
    pub fn id(self) -> &'static str {
        match self {
            ClauseStatus::Rules => "rules",
            ClauseStatus::Partly => "partly",
            ClauseStatus::Manual => "manual",
            ClauseStatus::OutOfScope => "out-of-scope",
        }
    }

    /// The word that the report uses.
    pub fn label(self) -> &'static str {
        match self {
            ClauseStatus::Rules => "由规则核查",
            ClauseStatus::Partly => "部分由规则核查",
            ClauseStatus::Manual => "人工核查",
            ClauseStatus::OutOfScope => "不在核查范围",
        }
    }
}
