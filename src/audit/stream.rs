//! Streams the ledgers past the tally, as many sheets side by side as there are threads.
//!
//! Each sheet is read into a tally, issues and counts of its own, and these are joined in the order of the sheets, so what
//! comes out does not depend on the threads. Only a row that equals one of an earlier sheet needs more: such a sheet is
//! read again, once the rows of all sheets before it are known.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sheets::{Parsing, ReadError, Row};

use super::book::Book;
use super::crew::side_by_side;
use super::fold::Fold;
use super::sheets::SheetPlace;
use super::workload::Workload;
use super::{Progress, Question};
use crate::dictionary::{Dictionary, TableId};
use crate::intake::{Checks, IssueLog, Layout, Repeats, RowOutcome, RowParser, RowRemark, SheetRows};

/// How many rows are read between two reports of progress.
pub(super) const STRIDE: u64 = 4096;

/// What the sheets are read with.
pub(super) struct Streams<'s> {
    pub books: &'s [Book],
    pub places: &'s [SheetPlace],
    pub dictionary: &'s Dictionary,
    pub checks: &'s Checks<'s>,
    pub question: &'s Question<'s>,
    pub progress: &'s dyn Progress,
}

/// What all sheets came to.
pub(super) struct Streamed<'f> {
    pub fold: Fold<'f>,
    pub log: IssueLog,
    /// By sheet.
    pub ledgers: HashMap<usize, SheetRows>,
    /// How many records each table has.
    pub rows: HashMap<TableId, u64>,
}

/// What the sheets came to so far.
pub(super) struct Joined<'f> {
    fold: Fold<'f>,
    log: IssueLog,
    /// The rows seen; none while a sheet that comes next is read with them.
    repeats: Option<Repeats>,
    ledgers: HashMap<usize, SheetRows>,
    rows: HashMap<TableId, u64>,
    workload: Workload,
    /// How many of the sheets are joined, and what those behind them came to.
    done: usize,
    waiting: BTreeMap<usize, ReadSheet<'f>>,
}

/// What one sheet came to.
struct ReadSheet<'f> {
    fold: Fold<'f>,
    log: IssueLog,
    repeats: Repeats,
    /// Whether it was read with the rows of all sheets before it.
    knew_all: bool,
    ledger: SheetRows,
    rows: u64,
    workload: Workload,
}

/// A sheet to read.
struct Ledger<'l> {
    number: u32,
    layout: &'l Layout,
}

impl<'f> Joined<'f> {
    pub fn new(fold: Fold<'f>, log: IssueLog, repeats: Repeats) -> Joined<'f> {
        Joined {
            workload: Workload::new(fold.facts()),
            fold,
            log,
            repeats: Some(repeats),
            ledgers: HashMap::new(),
            rows: HashMap::new(),
            done: 0,
            waiting: BTreeMap::new(),
        }
    }

    fn join(&mut self, sheet: &Ledger<'_>, read: ReadSheet<'f>) {
        self.fold.join(read.fold);
        self.log.join(read.log);
        self.workload.join(read.workload);
        self.ledgers.insert(sheet.number as usize, read.ledger);
        *self.rows.entry(sheet.layout.table).or_default() += read.rows;
        self.done += 1;
    }

    /// Everything, once all sheets are joined; what was only needed for the reading is gone.
    fn finish(mut self) -> Streamed<'f> {
        self.workload.report(self.fold.facts(), &mut self.log);
        Streamed { fold: self.fold, log: self.log, ledgers: self.ledgers, rows: self.rows }
    }
}

impl Streams<'_> {
    /// Reads the sheets of all tables that are not held.
    ///
    /// # Errors
    /// Of the sheets that cannot be read, the first.
    pub fn read<'f>(&self, layouts: &[Option<Layout>], joined: Joined<'f>) -> Result<Streamed<'f>, ReadError> {
        let streamed = (0_u32..).zip(layouts).filter_map(|(number, layout)| {
            let layout = layout.as_ref().filter(|layout| !self.dictionary.table(layout.table).held)?;
            Some(Ledger { number, layout })
        });
        let sheets: Vec<Ledger<'_>> = streamed.collect();
        let (joined, failed) = (Mutex::new(joined), AtomicUsize::new(usize::MAX));
        let outcomes = side_by_side(self.question.threads, sheets.len(), |task, parsing| {
            // Nothing comes of the sheets behind one that cannot be read; those before it were begun earlier.
            if failed.load(Ordering::Relaxed) < task {
                return Ok(());
            }
            let outcome = self.read_and_join(&sheets, task, parsing, &joined);
            if outcome.is_err() {
                failed.fetch_min(task, Ordering::Relaxed);
            }
            outcome
        });
        outcomes.into_iter().collect::<Result<(), ReadError>>()?;
        Ok(joined.into_inner().unwrap_or_else(PoisonError::into_inner).finish())
    }

    fn read_and_join(
        &self,
        sheets: &[Ledger<'_>],
        task: usize,
        parsing: Parsing,
        joined: &Mutex<Joined<'_>>,
    ) -> Result<(), ReadError> {
        let (fold, log, known) = {
            let mut joined = lock(joined);
            let known = if joined.done == task { joined.repeats.take() } else { None };
            (joined.fold.fork(sheets[task].layout.table), joined.log.fork(), known)
        };
        let read = self.read_sheet(&sheets[task], parsing, fold, log, known)?;
        let mut joined = lock(joined);
        joined.waiting.insert(task, read);
        loop {
            let next = joined.done;
            let Some(mut read) = joined.waiting.remove(&next) else { return Ok(()) };
            let repeats = std::mem::take(&mut read.repeats);
            let all = match joined.repeats.take() {
                _ if read.knew_all => repeats,
                Some(known) => match known.joined(repeats) {
                    Ok(all) => all,
                    Err(known) => {
                        let (fold, log) = (joined.fold.fork(sheets[next].layout.table), joined.log.fork());
                        read = self.read_sheet(&sheets[next], parsing, fold, log, Some(known))?;
                        std::mem::take(&mut read.repeats)
                    }
                },
                None => repeats,
            };
            joined.repeats = Some(all);
            joined.join(&sheets[next], read);
        }
    }

    /// Reads one sheet, with the rows of all sheets before it where they are known.
    fn read_sheet<'f>(
        &self,
        sheet: &Ledger<'_>,
        parsing: Parsing,
        fold: Fold<'f>,
        log: IssueLog,
        known: Option<Repeats>,
    ) -> Result<ReadSheet<'f>, ReadError> {
        let place = &self.places[sheet.number as usize];
        let book = &self.books[place.book];
        self.progress.begin(&book.path());
        let mut parser = RowParser::new(sheet.layout.clone(), sheet.number, self.dictionary);
        let mut read = ReadSheet {
            workload: Workload::new(fold.facts()),
            fold,
            log,
            knew_all: known.is_some(),
            repeats: known.unwrap_or_default(),
            ledger: SheetRows::new(Some(sheet.layout), self.question.whole_copies),
            rows: 0,
        };
        let mut seen = 0;
        book.rows(place.sheet, parsing, &mut |row| {
            read.take(&mut parser, self.checks, row);
            seen += 1;
            if seen % STRIDE == 0 {
                self.progress.rows(STRIDE);
            }
            ControlFlow::Continue(())
        })?;
        self.progress.rows(seen % STRIDE);
        parser.report_columns(&mut read.log);
        self.progress.end(&book.path(), book.unread_bytes());
        Ok(read)
    }
}

impl ReadSheet<'_> {
    fn take(&mut self, parser: &mut RowParser<'_>, checks: &Checks<'_>, row: Row<'_>) {
        match parser.take(row, &mut self.log) {
            RowOutcome::Heading => self.ledger.keep(row, RowRemark::More),
            RowOutcome::NoRecord => {
                self.ledger.count(false, false);
                self.ledger.keep(row, RowRemark::More);
            }
            RowOutcome::Record { row: mut parsed, whole, print } => {
                let (facts, log) = (self.fold.facts(), &mut self.log);
                let whole = checks.row(&mut parsed, parser.layout(), print, &mut self.repeats, log) && whole;
                self.rows += 1;
                let (record, resolved) = facts.registry.resolve(parsed, log);
                let shown = self.fold.row(&record, None);
                self.workload.add(&record, facts, log);
                checks.record(&record, facts.registry, log);
                let whole = whole && resolved;
                self.ledger.count(true, whole);
                self.ledger.keep(
                    row,
                    match (whole, shown) {
                        (false, _) => RowRemark::More,
                        (true, true) => RowRemark::Cited,
                        (true, false) => RowRemark::Nothing,
                    },
                );
            }
        }
    }
}

/// A thread that panics ends the run, so what it left behind is not looked at.
fn lock<'m, 'f>(joined: &'m Mutex<Joined<'f>>) -> MutexGuard<'m, Joined<'f>> {
    joined.lock().unwrap_or_else(PoisonError::into_inner)
}
