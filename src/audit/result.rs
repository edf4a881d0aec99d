//! An audit's whole result, and how its parts are put together.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::questions::{Known, questions};
use super::reading::{InputBook, RunSheet, Sheets};
use super::settings::AuditScope;
use crate::dictionary::Dictionary;
use crate::evaluate::{Coverage, Doubts, Trace};
use crate::intake::{IssueLog, Recognised, Registry, SheetRows};
use crate::model::{Assessment, Copy, Finding, Input, Issue, IssueKind, ManualCheck, Masked, PackStamp, RowRef, Sheet};
use crate::pack::{Clause, ClauseStatus, Pack};

/// What an audit comes to.
#[derive(Debug)]
pub struct Audit {
    pub assessment: Assessment,
    /// For each sheet of the assessment, the rows that the report shows again.
    pub copies: Vec<Copy>,
    /// What the run did that nobody asked for: the audit year it took, files it passed over. Plain Chinese.
    pub notes: Vec<Masked>,
    /// People in the roster; rows of one person are one.
    pub people: u64,
    /// How many issues of each kind each sheet has; only so many of them are listed.
    pub issue_counts: BTreeMap<(u32, IssueKind), u32>,
    /// Of the subjects that an explanation was asked about, how each row was taken.
    pub traces: Vec<Trace>,
    /// What the ledgers hold, by month.
    pub coverage: Coverage,
    /// What it is taken for that sheets lack some columns. Plain Chinese.
    pub readings: Vec<String>,
    /// Of the notes, those on files that were passed over.
    pub passed_over: Vec<Masked>,
}

/// What was taken in of the sheets of a run.
pub(super) struct Taken {
    pub coverage: Coverage,
    pub traces: Vec<Trace>,
    pub log: IssueLog,
    /// By sheet.
    pub rows: Vec<SheetRows>,
}

impl Taken {
    /// The audit, with its findings and what leaves some of them open.
    pub(super) fn audit(
        self,
        books: &[InputBook],
        sheets: &Sheets,
        scope: &AuditScope<'_>,
        registry: &Registry<'_>,
        (findings, doubts): (Vec<Finding>, Doubts),
    ) -> Audit {
        let inputs = inputs(books, sheets, &self.rows, scope.dictionary);
        let (issue_counts, issues) = (self.log.counts(), self.log.into_issues());
        let when = &scope.when;
        let coverage = self.coverage.by_ledger(registry, &when.period.window(), when.as_of, &when.calendar);
        let questions = questions(&doubts, &Known::new(scope, sheets, registry, &issues));
        Audit {
            copies: copies(self.rows, &findings),
            notes: sheets.said(books, scope).into_iter().map(Into::into).collect(),
            people: registry.staff.len() as u64,
            issue_counts,
            traces: self.traces,
            coverage: self.coverage,
            passed_over: Vec::new(),
            readings: sheets.readings(scope.dictionary),
            assessment: Assessment { coverage, questions, ..assessment(scope, inputs, findings, issues) },
        }
    }
}

fn assessment(scope: &AuditScope<'_>, inputs: Vec<Input>, findings: Vec<Finding>, issues: Vec<Issue>) -> Assessment {
    let stamp = |pack: &Pack| PackStamp { id: pack.id.clone(), sha256: pack.sha256.clone() };
    Assessment {
        schema: Assessment::SCHEMA,
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        period: scope.when.period.id(),
        as_of: scope.when.as_of,
        packs: scope.packs.iter().map(stamp).collect(),
        inputs,
        findings,
        manual: scope.packs.iter().flat_map(manual).collect(),
        issues,
        coverage: Vec::new(),
        questions: Vec::new(),
    }
}

/// The rows of each sheet that the report shows again.
fn copies(rows: Vec<SheetRows>, findings: &[Finding]) -> Vec<Copy> {
    let cited: HashSet<RowRef> = findings.iter().flat_map(|finding| &finding.evidence.at).map(|at| at.row).collect();
    let copy = |(sheet, rows): (u32, SheetRows)| rows.into_copy(|row| cited.contains(&RowRef { sheet, row }));
    (0..).zip(rows).map(copy).collect()
}

fn manual(pack: &Pack) -> Vec<ManualCheck> {
    let by_hand = pack.clauses.iter().filter(|clause| match clause.status {
        ClauseStatus::Partly | ClauseStatus::Manual => true,
        ClauseStatus::Rules | ClauseStatus::OutOfScope => false,
    });
    let check = |clause: &Clause| ManualCheck {
        pack: pack.id.clone(),
        clause: clause.id.clone(),
        ask: clause.ask.clone().unwrap_or_default(),
    };
    by_hand.map(check).collect()
}

/// The inputs with the counts of their sheets, and what is said of some of them besides.
fn inputs(books: &[InputBook], sheets: &Sheets, rows: &[SheetRows], dictionary: &Dictionary) -> Vec<Input> {
    let sheet = |(number, sheet): (usize, &RunSheet)| {
        let (layout, rows) = (sheet.layout(), &rows[number]);
        Sheet {
            name: sheet.name.as_str().into(),
            table: layout.map(|layout| dictionary.table(layout.table).id.clone()),
            rows: rows.rows + sheet.unread_rows,
            used: rows.used,
            partly: rows.partly,
            unused: rows.unused + sheet.unread_rows,
            header_row: layout.map(|layout| layout.header_row),
        }
    };
    let own_page = |(_, sheet): (usize, &RunSheet)| {
        let note = format!("工作表“{}”是模板的说明页，不是台账，没有读取", sheet.name);
        (sheet.recognised == Ok(Recognised::OwnPage)).then_some(note)
    };
    let of = |(number, book): (usize, &InputBook)| Input {
        path: book.path.as_str().into(),
        sha256: book.sha256.clone(),
        sheets: sheets.of_book(number).map(sheet).collect(),
        notes: book.notes.iter().cloned().chain(sheets.of_book(number).filter_map(own_page)).map(Into::into).collect(),
    };
    books.iter().enumerate().map(of).collect()
}
