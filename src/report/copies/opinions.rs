//! 核查意见: the findings and issues that a row of a copy drove, in the words of the lists, with a link to the first of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::model::{Issue, Per, column_letters};
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{Listed, Listing};

/// Sentences that a row gets; with more it would grow too high to be read beside the others.
const SENTENCES: usize = 4;
const LENGTH: usize = 90;

/// What is said of the rows of a sheet, by row from 1.
pub(crate) type Opinions = BTreeMap<u32, Opinion>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opinion {
    said: Vec<Rc<str>>,
    /// Where the first finding is listed, else the first issue.
    pub(crate) link: Option<Listed>,
}

impl Opinion {
    fn add(&mut self, said: &Rc<str>, link: Option<&Listed>) {
        self.said.push(Rc::clone(said));
        if self.link.is_none() {
            self.link = link.cloned();
        }
    }

    pub(crate) fn text(&self) -> String {
        let mut text = self.said.iter().take(SENTENCES).map(Rc::as_ref).collect::<Vec<&str>>().join("\n");
        if self.said.len() > SENTENCES {
            text.push_str(&format!("\n……共{}条，其余见各清单", self.said.len()));
        }
        text
    }
}

/// The opinions on the rows of every sheet, in the order that a row's sheet counts: what is wrong with the data of the
/// row itself stands first, then the gaps, what is to be checked, and the notes; the link goes to the first finding.
pub(crate) fn all(index: &Index, listing: &Listing) -> Vec<Opinions> {
    let mut sheets = vec![Opinions::new(); index.sheets.len()];
    let mut add = |sheet: u32, row: u32, said: &Rc<str>, link: Option<&Listed>| {
        if let Some(opinions) = sheets.get_mut(sheet as usize) {
            opinions.entry(row).or_default().add(said, link);
        }
    };
    let issues = &index.assessment().issues;
    issues.iter().for_each(|issue| add(issue.at.row.sheet, issue.at.row.row, &Rc::from(remark(issue)), None));
    for entry in index.gaps().iter().chain(&index.reviews()).chain(&index.notes()) {
        let listed = listing.findings.get(&entry.at);
        let said = Rc::from(sentence(entry, listed));
        let named = entry.finding.evidence.at.iter().map(|at| at.row).filter(|row| index.says_at(*row));
        let rows: BTreeSet<_> = named.map(|row| (row.sheet, row.row)).collect();
        rows.into_iter().for_each(|(sheet, row)| add(sheet, row, &said, listed));
    }
    // A row that drove no finding leads to its issue.
    for (at, issue) in issues.iter().enumerate() {
        let opinion = sheets.get_mut(issue.at.row.sheet as usize).and_then(|rows| rows.get_mut(&issue.at.row.row));
        if let (Some(opinion), Some(listed)) = (opinion, listing.issues.get(&at)) {
            opinion.link.get_or_insert_with(|| listed.clone());
        }
    }
    sheets
}

/// 问题2023-001 深入学校开展教学指导天数（二(四)14）：张三，应不少于60天，实际52天，差8天
fn sentence(entry: &RuledFinding, listed: Option<&Listed>) -> String {
    let finding = entry.finding;
    let code = match listed {
        Some(listed) => listed.code.to_string(),
        None => phrases::conclusion(finding, entry.claims()),
    };
    let window = match finding.window.per {
        Per::Year | Per::FiscalYear | Per::AsOf | Per::Fixed => String::new(),
        Per::Term | Per::Month | Per::Week => format!("{}，", finding.window.label),
    };
    let actual = phrases::actual(finding).replace('\n', "；");
    short(&format!("{code} {}（{}）：{}，{window}{actual}", entry.title(), finding.clause, finding.subject.name))
}

/// B8 日期无法识别：…
fn remark(issue: &Issue) -> String {
    let cell = format!("{}{}", column_letters(issue.at.column), issue.at.row.row);
    short(&format!("{cell} {}：{}", issue.kind.label(), issue.message.replace('\n', "；")))
}

fn short(text: &str) -> String {
    let mut rest = text.chars();
    let kept: String = rest.by_ref().take(LENGTH).collect();
    if rest.next().is_some() { kept + "……" } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_much_to_say_says_the_first_of_it_and_how_much_there_is() {
        let listed = |code: &str| Listed::new("问题清单", 4, code.to_string());
        let mut opinion = Opinion::default();
        for said in ["甲", "乙", "丙", "丁"] {
            opinion.add(&Rc::from(said), None);
        }
        assert_eq!((opinion.text().as_str(), &opinion.link), ("甲\n乙\n丙\n丁", &None));
        opinion.add(&Rc::from("戊"), Some(&listed("戊")));
        opinion.add(&Rc::from("己"), Some(&listed("己")));
        assert_eq!(opinion.text(), "甲\n乙\n丙\n丁\n……共6条，其余见各清单");
        assert_eq!(opinion.link, Some(listed("戊")));
    }

    #[test]
    fn a_long_sentence_is_cut_and_shows_it() {
        assert_eq!(short(&"长".repeat(90)), "长".repeat(90));
        assert_eq!(short(&"长".repeat(91)), format!("{}……", "长".repeat(90)));
    }
}
