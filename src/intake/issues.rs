//! Issues: what is wrong with the data, each at its cell, in words that a clerk can act on; and what the sheets, rows and
//! cells of a run are called. Everything else keeps addresses, and asks here to print them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::{CellRef, Issue, IssueKind, Masked, RowRef, column_letters, sheet_prefix};

/// How many issues of one kind are listed for one sheet; the rest are counted.
const LISTED: u32 = 500;
/// A ledger that goes on after the as-of day is in order: a few of its rows show it.
const LISTED_LATE: u32 = 20;

#[derive(Debug, Default)]
pub struct IssueLog {
    sheets: SheetNames,
    issues: Vec<Issue>,
    counts: HashMap<(u32, IssueKind), u32>,
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
        self.counts.iter().map(|(of, count)| (*of, *count)).collect()
    }

    /// All issues in the order of their cells; kinds that were too many to list end with their count.
    pub fn into_issues(mut self) -> Vec<Issue> {
        for (&(sheet, kind), count) in self.counts.iter().filter(|((_, kind), count)| **count > listed(*kind)) {
            let at = RowRef { sheet, row: 1 }.cell(0);
            let cell = self.sheets.get(sheet).map(|name| format!("{}!{}", name.path, name.sheet).into());
            let message = format!("这张表还有{}处“{}”，没有逐条列出", count - listed(kind), kind.label()).into();
            self.issues.push(Issue { at, cell: cell.unwrap_or_default(), kind, text: "".into(), message });
        }
        self.issues.sort_by(|a, b| (a.at, a.kind, &a.message).cmp(&(b.at, b.kind, &b.message)));
        self.issues
    }
}

fn listed(kind: IssueKind) -> u32 {
    if kind == IssueKind::DateAfterAsOf { LISTED_LATE } else { LISTED }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    pub path: String,
    pub sheet: String,
}

/// The names of all sheets of a run, in the order that [`RowRef::sheet`] counts. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct SheetNames {
    names: Arc<[SheetName]>,
    prefixes: Arc<[Masked]>,
}

impl SheetNames {
    pub fn new(names: Vec<SheetName>) -> SheetNames {
        let prefixes = names.iter().map(|name| sheet_prefix(&name.path, &name.sheet).into()).collect();
        SheetNames { names: names.into(), prefixes }
    }

    pub fn get(&self, sheet: u32) -> Option<&SheetName> {
        self.names.get(sheet as usize)
    }

    /// `活动台账.xlsx!活动台账!` for each sheet: what its cells are called before their column and row.
    pub fn prefixes(&self) -> Arc<[Masked]> {
        Arc::clone(&self.prefixes)
    }

    /// `活动台账.xlsx!活动台账!B17`; empty if the run has no such sheet.
    pub fn cell(&self, at: CellRef) -> String {
        match self.prefixes.get(at.row.sheet as usize) {
            Some(prefix) => format!("{prefix}{}{}", column_letters(at.column), at.row.row),
            None => String::new(),
        }
    }

    /// What a row is called among those of its table: `教研员花名册第5行`, with its file if that is wanted.
    pub fn row(&self, at: RowRef, with_file: bool) -> String {
        match self.get(at.sheet) {
            Some(name) if with_file => {
                let file = name.path.rsplit(['/', '\\']).next().unwrap_or_default();
                format!("《{file}》{}第{}行", name.sheet, at.row)
            }
            Some(name) => format!("{}第{}行", name.sheet, at.row),
            None => format!("第{}行", at.row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
