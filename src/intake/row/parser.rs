//! Tells the rows of a sheet apart (records, totals, signatures, headings) and parses the records.

use std::sync::Arc;

use sheets::{RawCell, Row};

use super::apart::{self, Gaps, RowMarks, RowTold, Sections, Subtotal};
use super::blank_names::{BlankNames, TwoNames};
use super::columns::{CellReading, ReadCell, ReadColumns};
use super::ends::{EndFields, GivenEnd};
use super::figures::{self, FigureReader};
use super::flags::Flags;
use super::kinds::{RowKinds, take_names};
use super::merged::MergedCells;
use super::notes::{DatedState, RowNotes};
use super::prints::Prints;
use super::record::{ParsedRow, RowOutcome};
use super::remarks::{RemarkColumns, denial};
use super::required::has_required;
use crate::dictionary::{Dictionary, FieldId, RowsAre, Table};
use crate::intake::cell::shown;
use crate::intake::headers::{HeaderNames, HeaderRow, date_context, title_texts};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::intake::sheet_names::SheetName;
use crate::model::{Cell, CellRef, IssueKind, RowRef};

pub struct RowParser<'d> {
    layout: Layout,
    table: &'d Table,
    sheet: u32,
    columns: ReadColumns<'d>,
    /// Columns without a header that hold something; named once.
    headless: Vec<u32>,
    ends: Option<EndFields>,
    titles: Vec<String>,
    /// Whether a row below the header was seen: no more titles follow that could say the year.
    started: bool,
    /// The rows so far that are no totals, signatures or the like.
    records: u32,
    prints: Prints,
    /// A row without a cell of its own.
    empty: Vec<Cell>,
    merged: MergedCells,
    remarks: RemarkColumns<'d>,
    dictionary: &'d Dictionary,
    figures: Option<FigureReader<'d>>,
    kinds: RowKinds<'d>,
    flags: Flags<'d>,
    names: HeaderNames,
    /// The columns of the fields, where a second header is in force, so that they are not those of the sheet.
    relaid: Option<Arc<[Option<u32>]>>,
    blank_names: BlankNames,
    two_names: TwoNames<'d>,
    sections: Sections<'d>,
    gaps: Gaps<'d>,
    pub marks: RowMarks,
}

impl<'d> RowParser<'d> {
    pub fn new(layout: Layout, sheet: u32, dictionary: &'d Dictionary) -> RowParser<'d> {
        let table = dictionary.table(layout.table);
        let columns = ReadColumns::of(&layout, dictionary);
        let empty = (0..).map(FieldId).zip(&table.fields).map(|(id, field)| layout.without_cell(id, field)).collect();
        let (prints, ends) = (Prints::new(&layout, table), EndFields::of(layout.table, dictionary));
        let remarks = RemarkColumns::new(&layout, layout.table, dictionary);
        let (kinds, names) = (RowKinds::of(&layout, table, dictionary), HeaderNames::new(&layout, dictionary));
        let (blank_names, gaps) = (BlankNames::of(&layout, table), Gaps::of(&layout, dictionary));
        let (two_names, sections) = (TwoNames::of(&layout, table, dictionary), Sections::of(remarks.rows, dictionary));
        RowParser {
            flags: Flags::of(&layout, table, dictionary),
            layout,
            table,
            sheet,
            columns,
            headless: Vec::new(),
            ends,
            titles: Vec::new(),
            started: false,
            records: 0,
            prints,
            empty,
            merged: MergedCells::default(),
            remarks,
            dictionary,
            figures: None,
            kinds,
            names,
            relaid: None,
            two_names,
            sections,
            blank_names,
            gaps,
            marks: RowMarks::default(),
        }
    }

    /// Where the sheet says that rows of it are missing, what it says beside its rows, and what its sums say.
    pub fn told(&self) -> (&[CellRef], &[(CellRef, String)], &[Subtotal]) {
        (&self.gaps.found, &self.gaps.asides, &self.sections.subtotals.found)
    }

    /// Takes a row of the sheet; what is wrong with it goes to the log.
    pub fn take(&mut self, row: Row<'_>, log: &mut IssueLog) -> RowOutcome {
        if row.number <= self.layout.header_row {
            if row.number < self.layout.header_top {
                self.gaps.heading(row, self.sheet, log);
            }
            let is_title = row.number != self.layout.header_row;
            self.titles.extend(is_title.then(|| title_texts(row)).into_iter().flatten());
            return RowOutcome::Heading;
        }
        let row = self.gaps.left_of(row, &self.layout, self.sheet, log);
        if !self.started {
            self.start(log);
            let header = RowRef { sheet: self.sheet, row: self.layout.header_row }.cell(self.layout.first_column());
            self.gaps.names(header, log);
        }
        if self.sections.begins_years() {
            self.start(log);
        }
        if let Some(header) = self.names.told(row, &self.layout, self.dictionary) {
            return self.head(row, header, log);
        }
        let kind = |column: u32| self.columns.kind(column);
        if apart::take_owner(row, (&mut self.layout, self.table), &mut self.empty, kind) {
            self.prints.own(&self.layout);
            return self.left(row, "写着姓名的小标题，以下各行算这个人的", log);
        }
        let is_gap = self.gaps.below(row, self.sheet, log);
        let is_silent = self.columns.are_silent(row, &self.prints);
        let kind = |column: u32| self.columns.kind(column);
        match apart::told((row, is_silent), &self.layout, (self.dictionary, &mut self.sections), kind) {
            RowTold::NoRecord(reason) => self.left(row, reason, log),
            _ if is_gap => self.left(row, "说明行，不是记录", log),
            told @ (RowTold::Record | RowTold::PerhapsSum(_)) => match self.names.summary_above(row, &self.layout) {
                Some(reason) => self.left(row, &reason, log),
                None => self.record(row, told.perhaps_sum(), log),
            },
        }
    }

    /// Parses a record; `sum` is the column of what says that it may be a sum.
    fn record(&mut self, row: Row<'_>, sum: Option<u32>, log: &mut IssueLog) -> RowOutcome {
        self.records = self.records.wrapping_add(1);
        let at = RowRef { sheet: self.sheet, row: row.number };
        let (cells, notes) = (self.empty.clone(), RowNotes { columns: self.relaid.clone(), ..RowNotes::default() });
        let mut parsed =
            ParsedRow { table: self.layout.table, at, cells, dates: Some(1), length: None, repeated: false, notes };
        let (mut whole, mut given, mut print) = (true, GivenEnd::default(), self.prints.start());
        for (at, cell) in row.cells.iter().enumerate() {
            let (is_fine, own) = self.parse((at, cell), &mut parsed, &mut given, log);
            whole &= is_fine;
            // A sum, so that the order of the columns does not matter.
            print = print.wrapping_add(own);
        }
        whole &= self.settle(row, given, &mut parsed, log);
        if parsed.cells.iter().all(|cell| matches!(cell, Cell::Blank | Cell::Absent)) {
            return self.left(row, "这一行在用到的各列都没有内容", log);
        }
        match apart::is_named(row, &self.layout, self.table, &parsed, |column| self.columns.is_read(column), log) {
            Ok(is_named) => whole &= is_named,
            Err(message) => return self.left(row, &message, log),
        }
        self.marks.take((&self.layout, self.remarks.rows, self.dictionary), &mut parsed, log);
        self.sections.mark(&self.layout, &mut parsed, log);
        sum.into_iter().for_each(|column| apart::doubt_sum(row, column, &self.layout, &mut parsed, log));
        whole &= self.settle_whole(row, &mut parsed, log) & has_required(self.table, &self.layout, &parsed, log);
        self.blank_names.check(&parsed, log);
        self.prints.tell_each(row, &self.layout, print, &mut parsed);
        RowOutcome::Record { row: parsed, whole, print }
    }

    /// Names the columns that no field takes: those with a header, and those without one that hold something.
    pub fn report_columns(&self, log: &mut IssueLog) {
        self.layout.report_unused(self.sheet, log);
        self.layout.report_headless(self.sheet, &self.headless, log);
    }

    fn head(&mut self, row: Row<'_>, header: HeaderRow, log: &mut IssueLog) -> RowOutcome {
        self.left(row, header.reason(), log);
        match header {
            HeaderRow::Other(layout) | HeaderRow::Units(Some(layout)) => {
                self.lay_out(*layout, log);
                RowOutcome::Relaid(Box::new(self.layout.clone()))
            }
            HeaderRow::Again | HeaderRow::Units(None) | HeaderRow::Summary => RowOutcome::NoRecord,
        }
    }

    /// Reads the rows from here on by another header.
    fn lay_out(&mut self, layout: Layout, log: &mut IssueLog) {
        self.layout.report_unused(self.sheet, log);
        let before = std::mem::replace(
            self,
            RowParser::new(Layout { untyped: self.layout.untyped, ..layout }, self.sheet, self.dictionary),
        );
        (self.titles, self.headless, self.records) = (before.titles, before.headless, before.records);
        (self.names, self.gaps, self.marks, self.sections) = (before.names, before.gaps, before.marks, before.sections);
        self.relaid = Some(self.layout.columns.as_slice().into());
        self.blank_names.named = before.blank_names.named;
        self.start(log);
    }

    /// Tells the columns the year of the rows, as the names of sheet and file and the titles say it.
    fn start(&mut self, log: &IssueLog) {
        self.started = true;
        let name = log.sheets().get(self.sheet);
        let titles: Vec<String> = self.titles.iter().cloned().chain(name.map(|name| name.sheet.clone())).collect();
        let names = || titles.iter().map(String::as_str).chain(name.map(SheetName::file));
        figures::take_year(names(), &self.layout, self.table, &mut self.empty);
        self.sections.begin_sheet(&self.layout, names());
        let block = self.sections.years();
        let context = date_context(name, &self.titles, block.and_then(|years| years.title.as_deref()));
        self.columns.set_context(&context, &mut self.prints);
        let called: Vec<String> = names().map(str::to_string).collect();
        self.kinds.start(&self.layout, self.table, (&called, &context), block);
        self.figures = FigureReader::of(&self.layout, &titles, self.dictionary);
    }

    /// Parses a cell into its row; says whether nothing is wrong with it, and what it adds to the print of the row.
    fn parse(
        &mut self,
        (at, cell): (usize, &RawCell<'_>),
        parsed: &mut ParsedRow,
        given: &mut GivenEnd,
        log: &mut IssueLog,
    ) -> (bool, u64) {
        self.remark((at, cell), parsed, log);
        let Some((column, known)) = self.columns.of_cell(at, cell.column) else {
            self.pass(cell);
            return (true, self.prints.of(cell.column, &cell.value, None));
        };
        let field = column.field;
        let ReadCell { reading: CellReading { parsed: read, print, calls_off, dated, .. }, above } =
            column.read((&cell.value, known), &self.prints, self.records);
        if let Some(ends) = self.ends {
            given.take(read, (field, cell.column), ends);
        }
        parsed.take(field, read);
        if let Some(time) = *dated {
            let state = DatedState { field, column: cell.column, time, text: shown(&cell.value).into() };
            parsed.notes.beside.get_or_insert_default().dated.push(state);
        }
        let (mut issue, print, calls_off) = (read.issue, *print, *calls_off);
        if cell.merged || cell.down > 0 {
            let shares = self.merged.settle(cell, field, parsed);
            issue = issue.or(shares.filter(|_| cell.down > 0));
        }
        column.report(&cell.value, (parsed.at.cell(cell.column), self.table), (issue, above), log);
        if calls_off {
            self.deny(field, cell, parsed, log);
        }
        (issue.is_none(), print)
    }

    /// Takes the word of a topic that it did not take place.
    fn deny(&self, field: FieldId, cell: &RawCell<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) {
        parsed.notes.denied.get_or_insert(cell.column);
        let message = denial(&self.table.field(field).header, RowsAre::Events);
        log.report(parsed.at.cell(cell.column), IssueKind::DeniedRow, &shown(&cell.value), message);
    }

    /// Takes a cell of a column that no field takes.
    fn pass(&mut self, cell: &RawCell<'_>) {
        if !self.layout.headers.contains_key(&cell.column) && !cell.merged && !self.headless.contains(&cell.column) {
            self.headless.push(cell.column);
        }
    }

    /// Takes what a cell remarks on its row.
    fn remark(&mut self, (at, cell): (usize, &RawCell<'_>), parsed: &mut ParsedRow, log: &mut IssueLog) {
        let known = self.columns.place(at);
        if let Some((kind, message)) = self.remarks.read((cell.column, &cell.value, known), &mut parsed.notes) {
            log.report(parsed.at.cell(cell.column), kind, &shown(&cell.value), message);
        }
    }

    /// Settles what several cells of a row say together; false when something is wrong with it.
    fn settle(&self, row: Row<'_>, given: GivenEnd, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let ends = self.ends.is_none_or(|ends| ends.settle_row(row, given, self.table, parsed, log));
        let figure = self.figures.as_ref().is_none_or(|figures| figures.tell(row, &self.layout, parsed, log));
        ends & figure & self.flags.settle(row, &self.layout, parsed, log)
    }

    /// What of a row is settled last: what it is, and where it took place; false where that cannot be told.
    fn settle_whole(&mut self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        take_names(&self.layout, parsed);
        let whole = self.kinds.settle(self.columns.known(row), parsed, log) & self.two_names.settle(row, parsed, log);
        self.remarks.settle(row, parsed, log);
        whole
    }

    fn left(&self, row: Row<'_>, reason: &str, log: &mut IssueLog) -> RowOutcome {
        apart::report_left(row, self.sheet, reason, log);
        RowOutcome::NoRecord
    }
}
