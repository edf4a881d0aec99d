//! 周期: the dates that a verdict speaks of.

use jiff::civil::Date;
use serde::Serialize;

use super::date::DateSpan;

/// How often a requirement is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    Year,
    /// The calendar year by which money is given, whatever the audit year is.
    FiscalYear,
    Term,
    Month,
    Week,
    AsOf,
    /// Dates that the rule itself fixes.
    Fixed,
}

impl Per {
    pub const ALL: [Per; 7] = [Per::Year, Per::FiscalYear, Per::Term, Per::Month, Per::Week, Per::AsOf, Per::Fixed];

    pub fn id(self) -> &'static str {
        match self {
            Per::Year => "year",
            Per::FiscalYear => "fiscal-year",
            Per::Term => "term",
            Per::Month => "month",
            Per::Week => "week",
            Per::AsOf => "as-of",
            Per::Fixed => "fixed",
        }
    }

    /// In words, as a requirement says it.
    pub fn label(self) -> &'static str {
        match self {
            Per::Year => "每年",
            Per::FiscalYear => "每个财政年度",
            Per::Term => "每学期",
            Per::Month => "每月",
            Per::Week => "每周",
            Per::AsOf => "截至核查日",
            Per::Fixed => "规定时段",
        }
    }
}

/// A window: its first and last day, both included, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    pub per: Per,
    pub label: String,
    pub start: Date,
    pub end: Date,
}

impl Window {
    pub fn as_of(day: Date) -> Window {
        Window { per: Per::AsOf, label: format!("截至{day}"), start: day, end: day }
    }

    pub fn fixed(start: Date, end: Date) -> Window {
        Window { per: Per::Fixed, label: format!("{start}至{end}"), start, end }
    }

    pub fn span(&self) -> DateSpan {
        DateSpan { first: self.start, last: self.end }
    }

    pub fn holds(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }
}
