//! One audit over some books: sheets are recognised, kept tables are read first, ledgers are streamed past the tally.

use std::collections::HashMap;

use super::fold::Fold;
use super::reading::{self, InputBook, KeptTables, SheetReader, Sheets, recognise_each};
use super::request::AuditRequest;
use super::result::{assessment, copies, inputs};
use super::{Audit, AuditError, Progress, Stage};
use crate::dictionary::TableId;
use crate::evaluate::{Facts, Plan, findings};
use crate::intake::{Checks, IssueLog, KnownHeaders, Layout, Record, Registry, Repeats, SheetRows};

/// Runs one audit over some books.
///
/// # Errors
/// When a book cannot be read wholly, two columns claim to be one field, or nobody is called as the trace asks.
pub(super) fn assess(
    books: &[InputBook],
    request: &AuditRequest<'_>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let headers = KnownHeaders::new(request.dictionary, request.columns);
    let recognised = recognise_each(books, &headers, request.threads, progress);
    let sheets = Sheets::new(recognised.into_iter().collect::<Result<_, _>>()?);
    sheets.refuse_doubt(books)?;
    assess_sheets(books, &sheets, request, progress)
}

/// Runs one audit over the sheets of some books that are known to be tables.
///
/// # Errors
/// As [`assess`], apart from the columns.
pub(super) fn assess_sheets(
    books: &[InputBook],
    sheets: &Sheets,
    request: &AuditRequest<'_>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let (dictionary, layouts) = (request.dictionary, sheets.layouts());
    progress.stage(Stage::Reading, layouts.iter().flatten().count(), bytes_to_read(books, sheets, &layouts));
    let mut log = IssueLog::new(sheets.names(books));
    sheets.report_unread(dictionary, &mut log);
    let new_rows = |layout: &Option<Layout>| SheetRows::new(layout.as_ref(), request.whole_copies);
    let mut rows: Vec<SheetRows> = layouts.iter().map(new_rows).collect();

    let (mut checks, mut repeats) = (Checks::new(dictionary, request.when.as_of), Repeats::default());
    let reader = SheetReader { books, places: &sheets.places, dictionary, checks: &checks, progress };
    let kept = KeptTables::read(&reader, &layouts, (&mut log, &mut repeats), &mut rows)?;
    let registry = Registry::new(dictionary, layouts.clone(), &kept.rows(), &request.defaults, &mut log);
    checks.people(&registry, &mut log);
    let reader = SheetReader { books, places: &sheets.places, dictionary, checks: &checks, progress };
    let held = kept.link(&reader, &registry, &mut log, &mut rows);
    check_held(&checks, &held, &registry, &mut log);

    let mut facts = Facts::new(&registry, held, request.when.clone());
    let plan = Plan::new(request.packs, &facts);
    let mut fold = Fold::new(&plan, &facts, request.trace)?;
    fold.kept();
    let streamed = reading::stream(reader, &layouts, (request.threads, request.whole_copies), (fold, log, repeats))?;
    progress.rest();
    let ((tally, traces), log) = (streamed.fold.done(), streamed.log);
    streamed.rows.into_iter().for_each(|(sheet, streamed)| rows[sheet] = streamed);
    streamed.records.into_iter().for_each(|(table, records)| facts.count_rows(table, records));
    let findings = findings(&plan, &tally, &facts);
    let inputs = inputs(books, sheets, &layouts, &rows, dictionary);
    Ok(Audit {
        copies: copies(rows, &findings),
        notes: sheets.remarks(request.columns).into_iter().map(Into::into).collect(),
        people: registry.staff.len() as u64,
        issue_counts: log.counts(),
        traces,
        passed_over: Vec::new(),
        assessment: assessment(request, inputs, findings, log),
    })
}

/// The bytes of the files that hold a table.
fn bytes_to_read(books: &[InputBook], sheets: &Sheets, layouts: &[Option<Layout>]) -> u64 {
    let is_read =
        |book: usize| sheets.places.iter().zip(layouts).any(|(at, layout)| at.book == book && layout.is_some());
    books.iter().enumerate().filter(|(book, _)| is_read(*book)).map(|(_, book)| book.size()).sum()
}

fn check_held(checks: &Checks<'_>, held: &HashMap<TableId, Vec<Record>>, registry: &Registry<'_>, log: &mut IssueLog) {
    for (table, records) in held {
        checks.held(*table, records, registry, log);
    }
}
