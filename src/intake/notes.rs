//! Collects the issues of a run, each at its cell, in words that a clerk can act on.

use std::collections::{BTreeMap, HashMap};

use crate::model::{CellRef, Issue, IssueKind, RowRef, cell_text, mask};

/// How many issues of one kind are listed for one sheet; the rest are counted.
const LISTED: u32 = 500;

/// The file and name of a sheet, to say where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    pub path: String,
    pub sheet: String,
}

/// The issues found so far.
#[derive(Debug, Default)]
pub struct Notes {
    sheets: Vec<SheetName>,
    issues: Vec<Issue>,
    counts: HashMap<(u32, IssueKind), u32>,
}

impl Notes {
    /// `sheets` in the order that [`RowRef::sheet`] counts.
    pub fn new(sheets: Vec<SheetName>) -> Notes {
        Notes { sheets, ..Notes::default() }
    }

    /// Notes an issue. `text` is what stands in the cell; it is masked here.
    pub fn add(&mut self, at: CellRef, kind: IssueKind, text: &str, message: impl Into<String>) {
        let count = self.counts.entry((at.row.sheet, kind)).or_default();
        *count += 1;
        if *count > LISTED {
            return;
        }
        let issue = Issue {
            cell: self.cell(at),
            at,
            kind,
            text: mask(text).into_owned(),
            message: mask(&message.into()).into_owned(),
        };
        self.issues.push(issue);
    }

    /// The file and name of a sheet, by the place that [`RowRef::sheet`] counts.
    pub fn sheet(&self, place: u32) -> Option<&SheetName> {
        self.sheets.get(place as usize)
    }

    pub fn cell(&self, at: CellRef) -> String {
        match self.sheets.get(at.row.sheet as usize) {
            Some(name) => cell_text(&name.path, &name.sheet, at),
            None => String::new(),
        }
    }

    /// How many issues of each kind each sheet has, those that are not listed too.
    pub fn counts(&self) -> BTreeMap<(u32, IssueKind), u32> {
        self.counts.iter().map(|(of, count)| (*of, *count)).collect()
    }

    /// All issues in the order of their cells; kinds that were too many to list end with their count.
    pub fn into_issues(mut self) -> Vec<Issue> {
        let many: Vec<_> = self.counts.iter().filter(|(_, count)| **count > LISTED).map(|(k, c)| (*k, *c)).collect();
        for ((sheet, kind), count) in many {
            let at = RowRef { sheet, row: 1 }.cell(0);
            let cell = self.sheets.get(sheet as usize).map(|name| format!("{}!{}", name.path, name.sheet));
            let message = format!("这张表还有{}处“{}”，没有逐条列出", count - LISTED, kind.label());
            self.issues.push(Issue { at, cell: cell.unwrap_or_default(), kind, text: String::new(), message });
        }
        self.issues.sort_by(|a, b| (a.at, a.kind, &a.message).cmp(&(b.at, b.kind, &b.message)));
        self.issues
    }
}
