//! Runs an audit: sheets are recognised, kept tables are read first, ledgers are streamed past the tally.

use std::path::PathBuf;

use super::fold::Fold;
use super::reading::{
    self, InputBook, KeptTables, RunSheet, SheetReader, Sheets, date_newcomers, hear_unread, recognise_each, set_aside,
};
use super::remarks;
use super::result::Taken;
use super::settings::{AuditScope, TraceFilter};
use super::workers::side_by_side;
use super::{Audit, AuditError, InputFile, Progress, Settings, Stage};
use crate::dictionary::Dictionary;
use crate::evaluate::{Coverage, Doubts, Facts, Plan, Tally, findings, findings_of, office_rows};
use crate::intake::{BesideLedgers, Checks, IssueLog, KnownHeaders, Recognised, Registry, Repeats, SheetRows, files};
use crate::model::{Finding, Masked, Period};

/// A year with less than such a part of the fullest year's rows is not held.
const STRAYS: u64 = 20;

/// Runs an audit.
///
/// # Errors
/// When an input cannot be read wholly, or a setting has no meaning; nothing is judged then.
pub fn run(settings: &Settings, dictionary: &Dictionary, progress: &dyn Progress) -> Result<Audit, AuditError> {
    let (files, passed_over) = find(settings)?;
    run_over(settings, dictionary, TraceFilter::Nobody, (&files, passed_over), progress)
}

/// Runs an audit that traces the rows of the subjects of a name or 工号; without one, of the only subject.
///
/// # Errors
/// As [`run`], and when nobody is called so or nobody is named of several.
pub fn explain(
    settings: &Settings,
    dictionary: &Dictionary,
    subject: Option<&str>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let (files, passed_over) = find(settings)?;
    run_over(settings, dictionary, TraceFilter::Subject(subject), (&files, passed_over), progress)
}

/// Repeats an earlier run over its files, in the order that it had them, with its notes on those that it passed over.
///
/// # Errors
/// As [`run`].
pub fn again(
    settings: &Settings,
    dictionary: &Dictionary,
    files: &[InputFile],
    passed_over: Vec<Masked>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    run_over(settings, dictionary, TraceFilter::Nobody, (files, passed_over), progress)
}

/// The files of the inputs, and notes on those that are passed over. The same files give the same report in whatever
/// order they are named. Errors: if an input is not there, or holds no file to read.
pub(super) fn find(settings: &Settings) -> Result<(Vec<InputFile>, Vec<Masked>), AuditError> {
    let (mut paths, mut passed_over) = files::find(&settings.inputs)?;
    paths.sort();
    passed_over.sort();
    let file = |path: PathBuf| InputFile { name: path.display().to_string(), path };
    Ok((paths.into_iter().map(file).collect(), passed_over.into_iter().map(Into::into).collect()))
}

fn run_over(
    settings: &Settings,
    dictionary: &Dictionary,
    trace: TraceFilter<'_>,
    (files, passed_over): (&[InputFile], Vec<Masked>),
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let mut scope = AuditScope::new(settings, dictionary, trace)?;
    let mut books = reading::open(files, settings.encoding, settings.threads, progress)?;
    let copies: Vec<Masked> = reading::drop_copies(&mut books).into_iter().map(Into::into).collect();
    let passed_over = [passed_over, copies].concat();
    let mut audit = assess(&books, &scope, progress)?;
    let is_free = settings.period.is_none() && settings.as_of.is_none();
    if let Some(held) = latest_held(scope.when.period, &audit.coverage).filter(|_| is_free) {
        scope = scope.over(held, settings.today);
        audit = assess(&books, &scope, progress)?;
    }
    let said = remarks::of_the_year(settings, &scope).into_iter().map(Masked::from);
    let mut notes: Vec<Masked> = said.chain(passed_over.iter().cloned()).collect();
    notes.append(&mut audit.notes);
    Ok(Audit { notes, passed_over, ..audit })
}

/// The latest audit year before one, of its kind, that the ledgers hold: a few rows beside a full year are strays. `None` if
/// they hold that one, or none before it.
fn latest_held(latest: Period, coverage: &Coverage) -> Option<Period> {
    let (first, _) = coverage.ends()?;
    let years =
        || std::iter::successors(Some(latest), |year| Some(year.before())).take_while(|year| year.end() >= first);
    let rows = |year: &Period| coverage.rows_between(year.start(), year.end());
    let most = years().map(|year| rows(&year)).max()?;
    years().find(|year| rows(year) > most / STRAYS).filter(|year| *year != latest)
}

/// Runs one audit over some books. Errors: if a book cannot be read wholly, two columns claim to be one field, or
/// nobody is called as the trace asks.
pub(super) fn assess(
    books: &[InputBook],
    scope: &AuditScope<'_>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let headers = KnownHeaders::new(scope.dictionary, scope.columns);
    let recognised = recognise_each(books, &headers, scope.threads, progress);
    let mut sheets = Sheets::new(recognised.into_iter().collect::<Result<_, _>>()?);
    sheets.refuse_doubt(books)?;
    set_aside(&mut sheets, books, scope);
    assess_sheets(books, &sheets, scope, progress)
}

/// Runs one audit over the sheets of some books that are known to be tables. Errors: as [`assess`], apart from the
/// columns.
pub(super) fn assess_sheets(
    books: &[InputBook],
    sheets: &Sheets,
    scope: &AuditScope<'_>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let dictionary = scope.dictionary;
    let (mut log, mut rows) = begin(books, sheets, scope, progress);
    let (time, mut repeats) = ((scope.when.period.start(), scope.when.as_of), Repeats::default());
    let mut checks = Checks::new(dictionary, scope.audited(), sheets.tables(), office_rows(scope.packs));
    let reader = reader_of(books, sheets, scope, progress, &checks);
    let (mut kept, damage) = KeptTables::read(&reader, (&mut log, &mut repeats), &mut rows);
    if !damage.is_empty() && !scope.reads_on {
        return Err(AuditError::Damaged(damage));
    }
    date_newcomers(&mut kept, sheets, dictionary, &mut log);
    let mut registry = Registry::new(dictionary, sheets.layouts(), &kept.rows(), &scope.defaults, time, &mut log);
    sheets.asides(&rows).for_each(|(table, asides)| registry.hear(table, asides, &mut log));
    hear_unread(sheets, books, &mut registry, &mut log);
    registry.settle_owners(&mut log);
    checks.people(&registry, &mut log);
    registry.miscounted = checks.headcounts(&registry, &mut log);
    let reader = reader_of(books, sheets, scope, progress, &checks);
    let mut held = kept.link(&reader, &registry, &mut log, &mut rows);
    held.iter_mut().for_each(|(table, records)| checks.held(*table, records, &registry, &mut log));

    let mut facts = Facts::new(&registry, held, scope.when.clone());
    (facts.open, facts.before, facts.bystanders) = (sheets.open(), sheets.before(dictionary), bystanders(sheets));
    facts.gaps = sheets.gaps(&rows);
    let plan = Plan::new(scope.packs, &facts);
    let mut fold = Fold::new(&plan, &facts, scope.trace)?;
    fold.kept();
    let how = (scope.threads, scope.whole_copies);
    let streamed = reading::stream(reader, damage, how, (fold, log, repeats)).map_err(AuditError::Damaged)?;
    progress.rest();
    let ((tally, traces), mut log, other_totals) = (streamed.fold.done(), streamed.log, streamed.other_totals);
    streamed.rows.into_iter().for_each(|(sheet, streamed)| rows[sheet] = streamed);
    streamed.records.into_iter().for_each(|(table, records)| facts.count_rows(table, records));
    facts.gaps = sheets.gaps(&rows);
    (facts.totals, facts.beside) = (other_totals, hear_ledgers(&registry, sheets, &rows, &mut log));
    facts.hear(|sheet| rows.get(sheet as usize).map(SheetRows::beside).unwrap_or_default());
    let judged = judge(&plan, &tally, &facts, scope.threads);
    let taken = Taken { coverage: tally.coverage, traces, log, rows };
    Ok(taken.audit(books, sheets, scope, &registry, judged))
}

/// What ledgers say beside their rows, and in sums between them.
fn hear_ledgers(registry: &Registry<'_>, sheets: &Sheets, rows: &[SheetRows], log: &mut IssueLog) -> BesideLedgers {
    let mut beside = registry.hear_ledgers(sheets.asides(rows), log);
    let subtotals = (0..).zip(rows).flat_map(|(sheet, rows)| rows.subtotals.iter().map(move |sum| (sheet, sum)));
    registry.hear_subtotals(subtotals, &mut beside);
    beside
}

/// All findings, of as many rules at once as there are threads, and what leaves some of them open.
fn judge(plan: &Plan<'_>, tally: &Tally, facts: &Facts<'_>, threads: usize) -> (Vec<Finding>, Doubts) {
    findings(side_by_side(threads, plan.rules(), |rule, _| findings_of(rule, plan, tally, facts)))
}

/// What all sheets are read with.
fn reader_of<'r>(
    books: &'r [InputBook],
    sheets: &'r Sheets,
    scope: &AuditScope<'r>,
    progress: &'r dyn Progress,
    checks: &'r Checks<'r>,
) -> SheetReader<'r> {
    SheetReader { books, sheets, dictionary: scope.dictionary, checks, progress, reads_on: scope.reads_on }
}

/// What the sheets are read into: the issues, with those of the sheets that are not read, and the rows of each sheet.
fn begin(
    books: &[InputBook],
    sheets: &Sheets,
    scope: &AuditScope<'_>,
    progress: &dyn Progress,
) -> (IssueLog, Vec<SheetRows>) {
    progress.stage(Stage::Reading, sheets.0.iter().filter_map(RunSheet::layout).count(), bytes_to_read(books, sheets));
    let mut log = IssueLog::new(sheets.names(books));
    sheets.report_unread(scope.dictionary, &mut log);
    let new_rows = |sheet: &RunSheet| SheetRows::new(sheet.layout(), scope.whole_copies);
    (log, sheets.0.iter().map(new_rows).collect())
}

/// The sheets that are not read, other than by the office's wish.
fn bystanders(sheets: &Sheets) -> Vec<u32> {
    let is_bystander = |sheet: &RunSheet| match &sheet.recognised {
        Ok(Recognised::Unwanted | Recognised::OwnPage | Recognised::Empty | Recognised::OnlyHeader(_)) => false,
        Ok(recognised) => recognised.layout().is_none(),
        Err(_) => true,
    };
    (0..).zip(&sheets.0).filter(|(_, sheet)| is_bystander(sheet)).map(|(place, _)| place).collect()
}

/// The bytes of the files that hold a table.
fn bytes_to_read(books: &[InputBook], sheets: &Sheets) -> u64 {
    let is_read = |book: usize| sheets.of_book(book).any(|(_, sheet)| sheet.layout().is_some());
    books.iter().enumerate().filter(|(book, _)| is_read(*book)).map(|(_, book)| book.size()).sum()
}
