//! Streams the ledgers past the tally, as many sheets side by side as there are threads.
//!
//! Each sheet is read into a tally, issues and counts of its own, and these are joined in the order of the sheets, so what
//! comes out does not depend on the threads. Only a row that equals one of an earlier sheet needs more: such a sheet is
//! read again, once the rows of all sheets before it are known.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sheets::{Parsing, ReadError};

use super::near_rows::NearRows;
use super::row_path::{RowSink, SheetNotes, SheetReader};
use super::run_sheets::Damage;
use super::totals::PersonTotals;
use super::workload::Workload;
use crate::audit::fold::Fold;
use crate::audit::workers::side_by_side;
use crate::dictionary::TableId;
use crate::evaluate::OtherTotal;
use crate::intake::{IssueLog, Layout, ParsedRow, Repeats, RowRemark, SheetRows};

/// What the streamed sheets came to so far.
pub(in crate::audit) struct Streamed<'f> {
    pub fold: Fold<'f>,
    pub log: IssueLog,
    pub rows: HashMap<usize, SheetRows>,
    pub records: HashMap<TableId, u64>,
    workload: Workload,
    totals: PersonTotals,
    /// Whose total is another one than their rows add up to.
    pub other_totals: Vec<OtherTotal>,
    /// The rows seen. `None` while a sheet that comes next is read with them.
    repeats: Option<Repeats>,
    /// How many of the sheets are joined, and what those behind them came to.
    done: usize,
    waiting: BTreeMap<usize, StreamedSheet<'f>>,
}

struct StreamedSheet<'f> {
    sums: SheetSums<'f>,
    log: IssueLog,
    repeats: Repeats,
    /// Whether it was read with the rows of all sheets before it.
    knew_all: bool,
    rows: SheetRows,
}

/// What the records of one sheet add up to: each is folded as soon as it is read.
struct SheetSums<'f> {
    reader: SheetReader<'f>,
    layout: &'f Layout,
    fold: Fold<'f>,
    workload: Workload,
    totals: PersonTotals,
    records: u64,
    near: NearRows,
}

impl RowSink for SheetSums<'_> {
    fn take(&mut self, row: ParsedRow, whole: bool, notes: &mut SheetNotes<'_>) -> RowRemark {
        let facts = self.fold.facts();
        let (mut record, linked) = self.reader.link(row, facts.registry, notes.log);
        let first = self.reader.checks.visit(&mut record, self.layout, notes.repeats, notes.log);
        self.workload.add(&record, facts, notes.log);
        self.totals.add(&record, facts);
        self.records += 1;
        let whole = whole && linked && first;
        notes.rows.count(true, whole);
        let is_withheld = record.names_only_strangers();
        if let Some((column, shown)) = facts.registry.shown_names(&record) {
            notes.rows.hide(column, &shown);
        }
        let is_cited = self.near.take(record).is_some_and(|record| self.fold.row(&record, None));
        if is_withheld {
            return RowRemark::Withheld;
        }
        match (whole, is_cited) {
            (false, _) => RowRemark::More,
            (true, true) => RowRemark::Cited,
            (true, false) => RowRemark::Nothing,
        }
    }
}

struct Stream<'s> {
    reader: SheetReader<'s>,
    sheets: Vec<(u32, usize, &'s Layout)>,
    whole_copies: bool,
}

/// Reads the sheets of all tables that are not kept, by so many threads. Errors: the books that cannot be read,
/// `damage` among them; only the first unless the reader reads on.
pub(in crate::audit) fn stream<'f>(
    reader: SheetReader<'f>,
    mut damage: Damage,
    (threads, whole_copies): (usize, bool),
    (fold, log, repeats): (Fold<'f>, IssueLog, Repeats),
) -> Result<Streamed<'f>, Damage> {
    // Since they were recognised it was found out whose own books some are.
    let layouts = &fold.facts().registry.layouts;
    let settled = |(number, book, layout): (u32, usize, &'f Layout)| {
        (number, book, layouts.get(number as usize).and_then(Option::as_ref).unwrap_or(layout))
    };
    let sheets = reader.tables(false).filter(|(_, book, _)| !damage.contains_key(book)).map(settled).collect();
    let stream = Stream { reader, sheets, whole_copies };
    let (streamed, failed) = (Mutex::new(Streamed::new(fold, log, repeats)), AtomicUsize::new(usize::MAX));
    let outcomes = side_by_side(threads, stream.sheets.len(), |task, parsing| {
        // Nothing comes of the sheets behind one that cannot be read; those before it were begun earlier.
        if !reader.reads_on && failed.load(Ordering::Relaxed) < task {
            return Ok(());
        }
        let outcome = stream.read_and_join(task, parsing, &streamed);
        if outcome.is_err() {
            failed.fetch_min(task, Ordering::Relaxed);
        }
        outcome
    });
    for (outcome, (_, book, _)) in outcomes.into_iter().zip(&stream.sheets) {
        if let Err(error) = outcome {
            damage.entry(*book).or_insert(error);
        }
    }
    if !damage.is_empty() {
        return Err(damage);
    }
    let mut streamed = streamed.into_inner().unwrap_or_else(PoisonError::into_inner);
    streamed.workload.report(streamed.fold.facts(), &mut streamed.log);
    streamed.other_totals = streamed.totals.report(streamed.fold.facts(), &mut streamed.log);
    Ok(streamed)
}

impl<'f> Stream<'f> {
    fn read_and_join(&self, task: usize, parsing: Parsing, streamed: &Mutex<Streamed<'f>>) -> Result<(), ReadError> {
        let (own, known) = {
            let mut streamed = lock(streamed);
            let known = if streamed.done == task { streamed.repeats.take() } else { None };
            (streamed.fork(self.sheets[task].2.table), known)
        };
        let read = self.read_sheet(task, parsing, own, known)?;
        let mut streamed = lock(streamed);
        streamed.waiting.insert(task, read);
        loop {
            let next = streamed.done;
            let Some(mut read) = streamed.waiting.remove(&next) else { return Ok(()) };
            let (sheet, _, layout) = self.sheets[next];
            let repeats = std::mem::take(&mut read.repeats);
            let mut all = match streamed.repeats.take() {
                Some(known) if !read.knew_all => {
                    match known.joined(repeats, self.reader.checks.visits(layout.table).as_ref()) {
                        Ok(all) => all,
                        Err(known) => {
                            let own = streamed.fork(layout.table);
                            read = self.read_sheet(next, parsing, own, Some(known))?;
                            std::mem::take(&mut read.repeats)
                        }
                    }
                }
                Some(_) | None => repeats,
            };
            all.end_sheet();
            streamed.repeats = Some(all);
            streamed.join(sheet, layout.table, read);
        }
    }

    /// Reads one sheet, with the rows of all sheets before it where they are known.
    fn read_sheet(
        &self,
        task: usize,
        parsing: Parsing,
        (fold, mut log): (Fold<'f>, IssueLog),
        known: Option<Repeats>,
    ) -> Result<StreamedSheet<'f>, ReadError> {
        let (sheet, _, layout) = self.sheets[task];
        let (knew_all, mut repeats) = (known.is_some(), known.unwrap_or_default());
        let mut rows = SheetRows::new(Some(layout), self.whole_copies);
        let mut sums = SheetSums {
            reader: self.reader,
            layout,
            workload: Workload::new(fold.facts()),
            totals: PersonTotals::default(),
            fold,
            records: 0,
            near: NearRows::default(),
        };
        let notes = SheetNotes { log: &mut log, repeats: &mut repeats, rows: &mut rows };
        self.reader.read(sheet, layout, parsing, notes, &mut sums)?;
        for record in std::mem::take(&mut sums.near).settled() {
            sums.fold.row(&record, None);
        }
        Ok(StreamedSheet { sums, log, repeats, knew_all, rows })
    }
}

impl<'f> Streamed<'f> {
    fn new(fold: Fold<'f>, log: IssueLog, repeats: Repeats) -> Streamed<'f> {
        Streamed {
            workload: Workload::new(fold.facts()),
            totals: PersonTotals::default(),
            other_totals: Vec::new(),
            fold,
            log,
            repeats: Some(repeats),
            rows: HashMap::new(),
            records: HashMap::new(),
            done: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// What a sheet of a table is read into.
    fn fork(&self, table: TableId) -> (Fold<'f>, IssueLog) {
        (self.fold.fork(table), self.log.fork())
    }

    /// Takes up the next sheet, all but its repeats.
    fn join(&mut self, sheet: u32, table: TableId, read: StreamedSheet<'f>) {
        self.fold.join(read.sums.fold);
        self.log.join(read.log);
        self.workload.join(read.sums.workload);
        self.totals.join(read.sums.totals);
        self.rows.insert(sheet as usize, read.rows);
        *self.records.entry(table).or_default() += read.sums.records;
        self.done += 1;
    }
}

/// A thread that panics ends the run, so what it left behind is not looked at.
fn lock<'m, 'f>(streamed: &'m Mutex<Streamed<'f>>) -> MutexGuard<'m, Streamed<'f>> {
    streamed.lock().unwrap_or_else(PoisonError::into_inner)
}
