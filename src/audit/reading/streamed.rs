//! What a streamed sheet comes to, and what all of them come to together.

use std::collections::{BTreeMap, HashMap};

use super::row_path::{RowSink, SheetNotes, SheetReader};
use super::workload::Workload;
use crate::audit::fold::Fold;
use crate::dictionary::TableId;
use crate::intake::{IssueLog, ParsedRow, Repeats, RowRemark, SheetRows};

/// What all streamed sheets came to.
pub(in crate::audit) struct Streamed<'f> {
    pub fold: Fold<'f>,
    pub log: IssueLog,
    /// By sheet.
    pub rows: HashMap<usize, SheetRows>,
    /// How many records each table has.
    pub records: HashMap<TableId, u64>,
}

/// What one sheet came to.
pub(super) struct StreamedSheet<'f> {
    pub tally: SheetTally<'f>,
    pub log: IssueLog,
    pub repeats: Repeats,
    /// Whether it was read with the rows of all sheets before it.
    pub knew_all: bool,
    pub rows: SheetRows,
}

/// What the records of one sheet add up to.
pub(super) struct SheetTally<'f> {
    pub fold: Fold<'f>,
    pub workload: Workload,
    pub records: u64,
}

impl<'f> SheetTally<'f> {
    pub fn new(fold: Fold<'f>) -> SheetTally<'f> {
        SheetTally { workload: Workload::new(fold.facts()), fold, records: 0 }
    }
}

/// Folds each record as soon as it is read.
pub(super) struct StreamSink<'s, 'f> {
    pub reader: &'s SheetReader<'s>,
    pub tally: SheetTally<'f>,
}

impl RowSink for StreamSink<'_, '_> {
    fn take(&mut self, row: ParsedRow, whole: bool, notes: &mut SheetNotes<'_>) -> RowRemark {
        let facts = self.tally.fold.facts();
        let (record, linked) = self.reader.link(row, facts.registry, notes.log);
        let is_cited = self.tally.fold.row(&record, None);
        self.tally.workload.add(&record, facts, notes.log);
        self.tally.records += 1;
        let whole = whole && linked;
        notes.rows.count(true, whole);
        match (whole, is_cited) {
            (false, _) => RowRemark::More,
            (true, true) => RowRemark::Cited,
            (true, false) => RowRemark::Nothing,
        }
    }
}

/// What the sheets came to so far.
pub(super) struct Joined<'f> {
    pub fold: Fold<'f>,
    pub log: IssueLog,
    /// The rows seen; none while a sheet that comes next is read with them.
    pub repeats: Option<Repeats>,
    rows: HashMap<usize, SheetRows>,
    records: HashMap<TableId, u64>,
    workload: Workload,
    /// How many of the sheets are joined, and what those behind them came to.
    pub done: usize,
    pub waiting: BTreeMap<usize, StreamedSheet<'f>>,
}

impl<'f> Joined<'f> {
    pub fn new(fold: Fold<'f>, log: IssueLog, repeats: Repeats) -> Joined<'f> {
        Joined {
            workload: Workload::new(fold.facts()),
            fold,
            log,
            repeats: Some(repeats),
            rows: HashMap::new(),
            records: HashMap::new(),
            done: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// Takes up the next sheet, all but its repeats.
    pub fn join(&mut self, sheet: u32, table: TableId, read: StreamedSheet<'f>) {
        self.fold.join(read.tally.fold);
        self.log.join(read.log);
        self.workload.join(read.tally.workload);
        self.rows.insert(sheet as usize, read.rows);
        *self.records.entry(table).or_default() += read.tally.records;
        self.done += 1;
    }

    /// Everything, once all sheets are joined; what was only needed for the reading is gone.
    pub fn finish(mut self) -> Streamed<'f> {
        self.workload.report(self.fold.facts(), &mut self.log);
        Streamed { fold: self.fold, log: self.log, rows: self.rows, records: self.records }
    }
}
