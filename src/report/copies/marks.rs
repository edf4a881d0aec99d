//! What is said at the cells of the input sheets: unmet and undecided findings, and defects in the data.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use crate::model::{CellRef, Verdict};
use crate::report::findings::{Index, RuledFinding, phrases};

/// Notes that a sheet gets; spreadsheet programs grow slow with more.
pub(crate) const NOTES: usize = 20_000;
const LENGTH: usize = 900;

/// How weighty a mark is; the weightiest gives the cell its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tint {
    /// A remark, which colours nothing.
    #[default]
    Plain,
    Issue,
    Review,
    Unmet,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellNote {
    pub(crate) tint: Tint,
    said: Vec<Rc<str>>,
}

/// The marked cells of a sheet, by row from 1 and column from 0.
pub(crate) type Marks = BTreeMap<(u32, u32), CellNote>;

/// The marks of every sheet, in the order that a row's sheet counts.
pub(crate) fn all(index: &Index) -> Vec<Marks> {
    let mut sheets = vec![Marks::new(); index.sheets.len()];
    let mut add = |at: CellRef, tint: Tint, said: &Rc<str>| {
        if let Some(marks) = sheets.get_mut(at.row.sheet as usize) {
            let mark = marks.entry((at.row.row, at.column)).or_default();
            mark.tint = mark.tint.max(tint);
            mark.add(said);
        }
    };
    for entry in &index.entries {
        if let Some(tint) = tint(entry.finding.verdict) {
            let said = Rc::from(said(entry));
            named(index, entry).for_each(|at| add(*at, tint, &said));
        }
    }
    for issue in &index.assessment().issues {
        add(issue.at, Tint::Issue, &Rc::from(format!("【{}】{}", issue.kind.label(), issue.message)));
    }
    sheets
}

pub(crate) fn count(index: &Index, sheet: u32) -> usize {
    let open = index.entries.iter().filter(|entry| tint(entry.finding.verdict).is_some());
    let cells = open.flat_map(|entry| named(index, entry)).chain(index.assessment().issues.iter().map(|i| &i.at));
    let own: HashSet<_> = cells.filter(|cell| cell.row.sheet == sheet).collect();
    own.len()
}

fn named<'a>(index: &'a Index<'a>, entry: &'a RuledFinding<'a>) -> impl Iterator<Item = &'a CellRef> {
    entry.finding.evidence.at.iter().filter(|at| index.says_at(at.row))
}

fn tint(verdict: Verdict) -> Option<Tint> {
    match verdict {
        Verdict::Unmet => Some(Tint::Unmet),
        Verdict::Review => Some(Tint::Review),
        Verdict::Met | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => None,
    }
}

fn said(entry: &RuledFinding) -> String {
    let finding = entry.finding;
    let mut text = format!(
        "【{}】{}（{}）\n对象：{}，{}\n应达标准：{}",
        phrases::conclusion(finding, entry.claims()),
        entry.title(),
        finding.clause,
        finding.subject.name,
        finding.window.label,
        phrases::standard(entry),
    );
    let amount = phrases::amount(finding);
    if !amount.is_empty() {
        text.push_str(&format!("\n实际：{amount}"));
    }
    if !finding.reason.is_empty() {
        text.push_str(&format!("\n{}", finding.reason));
    }
    text
}

impl CellNote {
    /// Says this too; a finding that names a cell twice says it once.
    pub(crate) fn add(&mut self, text: &Rc<str>) {
        if self.said.last() != Some(text) {
            self.said.push(Rc::clone(text));
        }
    }

    /// All that is said, cut to what a reader takes in, with how many there are.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (at, said) in self.said.iter().enumerate() {
            let room = LENGTH.saturating_sub(text.chars().count());
            if at > 0 && said.chars().count() > room {
                return format!("{text}\n…等{}条", self.said.len());
            }
            text.push_str(if at > 0 { "\n" } else { "" });
            text.extend(said.chars().take(room));
            if said.chars().count() > room {
                text.push_str("…（见报告正文）");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_with_too_much_to_say_says_how_much_there_is() {
        let mut mark = CellNote::default();
        mark.add(&Rc::from("甲".repeat(500)));
        mark.add(&Rc::from("乙".repeat(300)));
        mark.add(&Rc::from("丙".repeat(200)));
        assert_eq!(mark.text(), format!("{}\n{}\n…等3条", "甲".repeat(500), "乙".repeat(300)));
    }
}
