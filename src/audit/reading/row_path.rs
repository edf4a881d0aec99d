//! The one way of a row, whatever its table: read, told from what is no record, parsed, checked by itself, and passed to a
//! sink. Once it can be told whom rows name, [`SheetReader::link`] finds that out and checks the row against them.
//!
//! A table that is kept waits in between until all that can be named is known; a streamed one is linked at once.

use std::collections::HashMap;

use sheets::{Parsing, ReadError, Row};

use super::book::InputBook;
use super::near_rows;
use super::run_sheets::{Damage, Sheets};
use crate::audit::Progress;
use crate::dictionary::{Dictionary, TableId};
use crate::intake::{
    Checks, IssueLog, Layout, ParsedRow, Record, Registry, Repeats, RowMarks, RowOutcome, RowParser, RowRemark,
    SheetRows,
};
use crate::model::IssueKind;

/// How many rows are read between two reports of progress.
const STRIDE: u64 = 4096;

/// What all sheets of a run are read with.
#[derive(Clone, Copy)]
pub(in crate::audit) struct SheetReader<'r> {
    pub books: &'r [InputBook],
    pub sheets: &'r Sheets,
    pub dictionary: &'r Dictionary,
    pub checks: &'r Checks<'r>,
    pub progress: &'r dyn Progress,
    /// Whether a book that cannot be read to its end keeps no other from being read.
    pub reads_on: bool,
}

/// What the rows of a sheet leave behind.
pub(super) struct SheetNotes<'n> {
    pub log: &'n mut IssueLog,
    pub repeats: &'n mut Repeats,
    pub rows: &'n mut SheetRows,
}

pub(super) trait RowSink {
    /// Takes a record, `whole` when nothing is wrong with it; says what there is to say of its row.
    fn take(&mut self, row: ParsedRow, whole: bool, notes: &mut SheetNotes<'_>) -> RowRemark;
}

impl<'r> SheetReader<'r> {
    /// The sheets of the tables that are kept in memory, or of the others, each by its number, its book and its layout.
    pub(super) fn tables(&self, held: bool) -> impl Iterator<Item = (u32, usize, &'r Layout)> {
        let dictionary = self.dictionary;
        let of_run = (0..).zip(&self.sheets.0).filter_map(|(number, at)| Some((number, at.book, at.layout()?)));
        of_run.filter(move |(.., layout)| dictionary.table(layout.table).held == held)
    }

    /// Reads the rows of a sheet into a sink: each is parsed, perhaps some rows ahead, and then checked and taken up. Errors: if
    /// the file cannot be read to the end of the sheet.
    pub(super) fn read(
        &self,
        sheet: u32,
        layout: &Layout,
        parsing: Parsing,
        mut notes: SheetNotes<'_>,
        sink: &mut impl RowSink,
    ) -> Result<(), ReadError> {
        let at = &self.sheets.0[sheet as usize];
        let book = &self.books[at.book];
        self.progress.begin(&book.path);
        let mut parser = RowParser::new(Layout { untyped: book.is_text(), ..layout.clone() }, sheet, self.dictionary);
        parser.marks = RowMarks { struck: book.struck_rows(at.sheet), comments: book.comments(at.sheet) };
        // What parsing finds wrong is told apart from what the checks find, since they may go on side by side.
        let (mut told, mut relaid, mut seen) = (notes.log.fork(), None, 0);
        let parse = |row: Row<'_>| parser.take(row, &mut told);
        book.rows_in_two(at.sheet, parsing, parse, |row, outcome| {
            self.take((row, outcome), (layout, &mut relaid), &mut notes, sink);
            seen += 1;
            if seen % STRIDE == 0 {
                self.progress.rows(STRIDE);
            }
        })?;
        self.progress.rows(seen % STRIDE);
        parser.report_columns(&mut told);
        notes.log.join(told);
        let (gaps, asides, subtotals) = parser.told();
        notes.rows.gaps.extend(gaps);
        notes.rows.asides.extend(asides.iter().cloned());
        notes.rows.subtotals.extend(subtotals.iter().cloned());
        self.progress.end(&book.path, book.unread_bytes());
        Ok(())
    }

    /// Takes up a row that was parsed; `relaid` is how the rows below a second header are laid out.
    fn take(
        &self,
        (row, outcome): (Row<'_>, RowOutcome),
        (layout, relaid): (&Layout, &mut Option<Box<Layout>>),
        notes: &mut SheetNotes<'_>,
        sink: &mut impl RowSink,
    ) {
        let remark = match outcome {
            RowOutcome::Heading => RowRemark::More,
            RowOutcome::NoRecord => {
                notes.rows.count(false, false);
                RowRemark::More
            }
            RowOutcome::Relaid(other) => {
                notes.rows.count(false, false);
                *relaid = Some(other);
                RowRemark::More
            }
            RowOutcome::Record { row: mut parsed, whole, print } => {
                let layout = relaid.as_deref().unwrap_or(layout);
                let fine = self.checks.row(&mut parsed, layout, print, notes.repeats, notes.log);
                sink.take(parsed, fine && whole, notes)
            }
        };
        // Below a second header names stand in other columns than those that are hidden.
        let remark = if relaid.is_some() { RowRemark::Withheld } else { remark };
        notes.rows.keep(row, remark);
    }

    /// Finds whom a row names, and checks it against them. False when any of them cannot be placed.
    pub(super) fn link(&self, row: ParsedRow, registry: &Registry<'_>, log: &mut IssueLog) -> (Record, bool) {
        let (mut record, resolved) = registry.resolve(row, log);
        registry.doubt_sheet(&mut record);
        self.checks.record(&record, registry, log);
        (record, resolved)
    }
}

/// The rows of the kept tables, each with whether all of it could be read; not yet linked.
#[derive(Default)]
pub(in crate::audit) struct KeptTables(Vec<(ParsedRow, bool)>);

impl RowSink for KeptTables {
    fn take(&mut self, row: ParsedRow, whole: bool, _notes: &mut SheetNotes<'_>) -> RowRemark {
        self.0.push((row, whole));
        RowRemark::More
    }
}

impl KeptTables {
    /// Reads the sheets of all kept tables; ends at the first damage unless the reader reads on.
    pub(crate) fn read(
        reader: &SheetReader<'_>,
        (log, repeats): (&mut IssueLog, &mut Repeats),
        rows: &mut [SheetRows],
    ) -> (KeptTables, Damage) {
        let (mut kept, mut damage) = (KeptTables::default(), Damage::new());
        for (number, book, layout) in reader.tables(true) {
            if !damage.is_empty() && (!reader.reads_on || damage.contains_key(&book)) {
                continue;
            }
            let notes = SheetNotes { log, repeats, rows: &mut rows[number as usize] };
            if let Err(error) = reader.read(number, layout, Parsing::Here, notes, &mut kept) {
                damage.insert(book, error);
            }
        }
        kept.leave_other_years(reader.checks, log, rows);
        (kept, damage)
    }

    /// Leaves out the rows of other years of whom or what there is one of the audited year.
    fn leave_other_years(&mut self, checks: &Checks<'_>, log: &mut IssueLog, rows: &mut [SheetRows]) {
        let mut superseded = checks.superseded(self.0.iter().map(|(row, _)| row)).into_iter();
        self.0.retain(|(row, _)| {
            let is_out = superseded.next().unwrap_or_default();
            if is_out {
                rows[row.at.sheet as usize].count(false, false);
                let message = "另有一行是核查的年度的，按那一行核查，这一行是别的年度的，没有采用";
                log.report(row.at.cell(0), IssueKind::UnusedRow, "", message);
            }
            !is_out
        });
    }

    /// The rows of a table, to be settled before it is known who and what there is.
    pub(super) fn of(&mut self, table: TableId) -> impl Iterator<Item = &mut ParsedRow> {
        self.0.iter_mut().map(|(row, _)| row).filter(move |row| row.table == table)
    }

    /// The rows as they were parsed, for the registry.
    pub(crate) fn rows(&self) -> Vec<ParsedRow> {
        self.0.iter().map(|(row, _)| row.clone()).collect()
    }

    /// Links the rows to what they name. Those of the roster become people, and are no records of their own.
    pub(crate) fn link(
        self,
        reader: &SheetReader<'_>,
        registry: &Registry<'_>,
        log: &mut IssueLog,
        rows: &mut [SheetRows],
    ) -> HashMap<TableId, Vec<Record>> {
        let schema = &reader.dictionary.schema;
        let mut held: HashMap<TableId, Vec<Record>> = HashMap::new();
        for (row, whole) in self.0 {
            let (table, counts) = (row.table, &mut rows[row.at.sheet as usize]);
            if table == schema.staff.table {
                counts.count(true, whole);
                continue;
            }
            // What others name is used even where it names something else that cannot be placed.
            let is_named = [schema.institutions.table, schema.schools.table].contains(&table);
            let of = reader.dictionary.table(table);
            let mut all = true;
            for row in row.of_each_partner(of).into_iter().flat_map(|row| row.of_each_school(reader.dictionary)) {
                let (record, linked) = reader.link(row, registry, log);
                all &= linked;
                held.entry(table).or_default().push(record);
            }
            counts.count(true, whole && (all || is_named));
        }
        held.values_mut().for_each(|records| near_rows::settle(records));
        held
    }
}
