//! Issues: what is wrong with the data, each at its cell, in words that a clerk can act on.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::sheet_names::SheetNames;
use crate::model::{CellRef, Issue, IssueKind, RowRef, column_letters};

/// How many issues of one kind are listed for one sheet; the rest are counted.
const LISTED: u32 = 500;
/// A ledger that goes on after the as-of day is in order: a few of its rows show it.
const LISTED_LATE: u32 = 20;
/// Of the names that are nearly one of the roster, so many are told.
const NEAR: usize = 5;

#[derive(Debug, Default)]
pub struct IssueLog {
    sheets: SheetNames,
    issues: Vec<Issue>,
    counts: HashMap<(u32, IssueKind), u32>,
    /// By sheet, the names that are not in the roster. They are counted and not listed: whose they are is nobody's business.
    strangers: BTreeMap<u32, Strangers>,
}

/// Names of a sheet that are not in the roster.
#[derive(Debug)]
struct Strangers {
    count: u32,
    first: CellRef,
    /// Cells whose name is nearly one of the roster, with what that is.
    near: Vec<(CellRef, String)>,
}

impl IssueLog {
    pub fn new(sheets: SheetNames) -> IssueLog {
        IssueLog { sheets, ..IssueLog::default() }
    }

    pub fn sheets(&self) -> &SheetNames {
        &self.sheets
    }

    /// An empty log over the same sheets, to be joined later.
    pub fn fork(&self) -> IssueLog {
        IssueLog::new(self.sheets.clone())
    }

    /// Adds the issues of a fork behind its own.
    pub fn join(&mut self, other: IssueLog) {
        let before = self.counts.clone();
        let mut taken: HashMap<(u32, IssueKind), u32> = HashMap::new();
        for issue in other.issues {
            let of = (issue.at.row.sheet, issue.kind);
            let count = taken.entry(of).or_insert_with(|| before.get(&of).copied().unwrap_or_default());
            *count += 1;
            if *count <= listed(issue.kind) {
                self.issues.push(issue);
            }
        }
        for (of, count) in other.counts {
            *self.counts.entry(of).or_default() += count;
        }
        for (sheet, theirs) in other.strangers {
            match self.strangers.entry(sheet) {
                Entry::Vacant(place) => drop(place.insert(theirs)),
                Entry::Occupied(own) => own.into_mut().join(theirs),
            }
        }
    }

    /// Counts a name that is not in the roster. `near` says what it nearly is, if anything; it is only made while few are
    /// known.
    pub fn stranger(&mut self, at: CellRef, near: impl FnOnce() -> String) {
        let none = || Strangers { count: 0, first: at, near: Vec::new() };
        let own = self.strangers.entry(at.row.sheet).or_insert_with(none);
        own.count += 1;
        if own.near.len() < NEAR && own.count <= LISTED {
            let near = near();
            own.near.extend((!near.is_empty()).then_some((at, near)));
        }
    }

    /// Reports an issue. `text` is what stands in the cell.
    pub fn report(&mut self, at: CellRef, kind: IssueKind, text: &str, message: impl Into<String>) {
        self.report_with(at, kind, text, || message);
    }

    /// Reports an issue whose message takes work to make: it is only made for one that is listed.
    pub fn report_with<M: Into<String>>(
        &mut self,
        at: CellRef,
        kind: IssueKind,
        text: &str,
        message: impl FnOnce() -> M,
    ) {
        let count = self.counts.entry((at.row.sheet, kind)).or_default();
        *count += 1;
        if *count <= listed(kind) {
            let (text, message) = (text.into(), message().into().into());
            self.issues.push(Issue { cell: self.sheets.cell(at).into(), at, kind, text, message });
        }
    }

    /// How many issues of each kind each sheet has, those that are not listed too.
    pub fn counts(&self) -> BTreeMap<(u32, IssueKind), u32> {
        let mut counts: BTreeMap<(u32, IssueKind), u32> = self.counts.iter().map(|(of, count)| (*of, *count)).collect();
        for sheet in self.strangers.keys() {
            *counts.entry((*sheet, IssueKind::UnknownPerson)).or_default() += 1;
        }
        counts
    }

    /// All issues in the order of their cells; kinds that were too many to list end with their count.
    pub fn into_issues(mut self) -> Vec<Issue> {
        for (&(sheet, kind), count) in self.counts.iter().filter(|((_, kind), count)| **count > listed(*kind)) {
            let at = RowRef { sheet, row: 1 }.cell(0);
            let cell = self.sheets.get(sheet).map(|name| format!("{}!{}", name.path, name.sheet).into());
            let message = format!("这张表还有{}处“{}”，没有逐条列出", count - listed(kind), kind.label()).into();
            self.issues.push(Issue { at, cell: cell.unwrap_or_default(), kind, text: "".into(), message });
        }
        for strangers in std::mem::take(&mut self.strangers).into_values() {
            self.issues.push(strangers.issue(&self.sheets));
        }
        self.issues.sort_by(|a, b| (a.at, a.kind, &a.message).cmp(&(b.at, b.kind, &b.message)));
        self.issues
    }
}

impl Strangers {
    fn join(&mut self, other: Strangers) {
        self.count += other.count;
        self.near.extend(other.near);
        self.near.truncate(NEAR);
    }

    fn issue(self, sheets: &SheetNames) -> Issue {
        let at = self.first;
        let near: Vec<String> =
            self.near.iter().map(|(at, near)| format!("{}{}", cell_name(*at), near.trim_start_matches('；'))).collect();
        let near = if near.is_empty() { String::new() } else { format!("（{}）", near.join("；")) };
        let message = format!(
            "这张表有{}处姓名或工号不在花名册，没有计入任何人，姓名不在报告中列出{near}；其中有本单位的人，请改正姓名，或在花名册补上",
            self.count
        );
        Issue {
            cell: sheets.cell(at).into(),
            at,
            kind: IssueKind::UnknownPerson,
            text: "".into(),
            message: message.into(),
        }
    }
}

/// B17: a cell among those of its sheet.
fn cell_name(at: CellRef) -> String {
    format!("{}{}", column_letters(at.column), at.row.row)
}

fn listed(kind: IssueKind) -> u32 {
    if kind == IssueKind::DateAfterAsOf { LISTED_LATE } else { LISTED }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::sheet_names::SheetName;

    /// Reports so many issues of a kind in each of two sheets, from a row on.
    fn report(log: &mut IssueLog, from: u32, count: u32, kind: IssueKind) {
        for row in from..from + count {
            for sheet in 0..2 {
                log.report(RowRef { sheet, row }.cell(0), kind, "甲", format!("第{row}行"));
            }
        }
    }

    #[test]
    fn issues_that_are_joined_are_those_of_one_run_through_all() {
        let names = ["一", "二"].map(|sheet| SheetName { path: "台账.xlsx".to_string(), sheet: sheet.to_string() });
        let names = SheetNames::new(names.to_vec());
        for first in [0, 3, 499, 500, 700] {
            let mut whole = IssueLog::new(names.clone());
            let mut joined = IssueLog::new(names.clone());
            for log in [&mut whole, &mut joined] {
                report(log, 2, first, IssueKind::UnknownPerson);
            }
            report(&mut whole, 900, 501, IssueKind::UnknownPerson);
            report(&mut whole, 900, 30, IssueKind::DateAfterAsOf);
            let mut fork = joined.fork();
            report(&mut fork, 900, 501, IssueKind::UnknownPerson);
            report(&mut fork, 900, 30, IssueKind::DateAfterAsOf);
            joined.join(fork);
            assert_eq!(joined.counts(), whole.counts(), "{first}");
            assert_eq!(joined.into_issues(), whole.into_issues(), "{first}");
        }
    }
}
