//! One document as data.

use jiff::civil::Date;

use super::clause::Clause;
use super::rule::Rule;

/// One document: what it is, its clauses, and a rule for each requirement that records can show.
#[derive(Debug, Default)]
pub struct Pack {
    pub id: String,
    pub title: String,
    /// 文号, where the document has one.
    pub number: Option<String>,
    pub issuer: String,
    pub issued: Option<Date>,
    pub in_force: Option<Date>,
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
    /// The built-in pack that this one changes, where it is a clerk's pack over one.
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
