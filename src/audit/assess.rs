//! One audit over some books: sheets are recognised, held tables are read first, ledgers are streamed past the tally.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::book::Book;
use super::fold::Fold;
use super::{Audit, AuditError, Progress, Question};
use crate::dictionary::{Dictionary, TableId};
use crate::evaluate::{Facts, Plan, Workload, findings};
use crate::intake::{Checks, Draft, Layout, Notes, Parser, Probe, Record, Registry, SheetLedger, SheetName, Taken};
use crate::model::{Assessment, Input, IssueKind, ManualCheck, PackStamp, RowRef, Sheet};
use crate::pack::{ClauseStatus, Pack};

/// How many rows are read between two reports of progress.
const STRIDE: u64 = 4096;

/// A sheet of the run.
struct SheetPlace {
    book: usize,
    /// Its place in the book.
    sheet: usize,
    name: String,
}

/// Runs one audit over some books.
pub(super) fn assess(
    books: &mut [Book],
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let places = places(books);
    let names = places.iter().map(|place| SheetName { path: books[place.book].path(), sheet: place.name.clone() });
    let mut notes = Notes::new(names.collect());
    let Sheets { layouts, own_pages } = sheets(books, &places, dictionary, &mut notes, progress)?;
    let mut ledgers: Vec<SheetLedger> = places.iter().map(|_| SheetLedger::default()).collect();
    let mut run = Run { books, places: &places, ledgers: &mut ledgers, notes: &mut notes, dictionary, progress };

    let mut checks = Checks::new(dictionary, question.when.as_of);
    let drafts = run.read_held(&layouts, &mut checks)?;
    let (roster, _): (Vec<Draft>, Vec<bool>) = drafts.iter().cloned().unzip();
    let registry = Registry::new(dictionary, layouts.clone(), &roster, &question.defaults, run.notes);
    checks.people(&registry, run.notes);
    let held = run.resolve_held(&registry, drafts, &checks);
    check_held(&checks, &held, &registry, run.notes);
    let mut facts = Facts::new(&registry, held, question.when.clone());
    let plan = Plan::new(question.packs, &facts);
    let mut fold = Fold::new(&plan, &facts, question.wanted)?;
    fold.held();
    let streamed = run.stream(&layouts, &mut fold, &mut checks)?;
    let (tally, accounts) = fold.done();
    streamed.into_iter().for_each(|(table, rows)| facts.count_rows(table, rows));

    let assessment = Assessment {
        schema: Assessment::SCHEMA,
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        period: question.when.period.id(),
        as_of: question.when.as_of,
        packs: question.packs.iter().map(stamp).collect(),
        inputs: with_notes(inputs(books, &places, &layouts, &ledgers, dictionary), own_pages),
        findings: findings(&plan, &tally, &facts, &notes),
        manual: question.packs.iter().flat_map(manual).collect(),
        issues: notes.into_issues(),
    };
    Ok(Audit {
        assessment,
        copies: ledgers.into_iter().map(SheetLedger::into_copy).collect(),
        notes: Vec::new(),
        accounts,
    })
}

fn places(books: &[Book]) -> Vec<SheetPlace> {
    let of = |(book, source): (usize, &Book)| {
        source.sheets().into_iter().enumerate().map(move |(sheet, name)| SheetPlace { book, sheet, name })
    };
    books.iter().enumerate().flat_map(of).collect()
}

/// What the sheets are.
struct Sheets {
    /// How each sheet is read; none for a sheet that is no known table.
    layouts: Vec<Option<Layout>>,
    /// The pages of our templates that hold no records: of which book, and what is said of it.
    own_pages: Vec<(usize, String)>,
}

/// Recognises each sheet; one that is no known table is noted.
fn sheets(
    books: &mut [Book],
    places: &[SheetPlace],
    dictionary: &Dictionary,
    notes: &mut Notes,
    progress: &dyn Progress,
) -> Result<Sheets, AuditError> {
    let mut own_pages = Vec::new();
    let mut layouts = Vec::new();
    for (number, place) in (0..).zip(places) {
        progress.file(&books[place.book].path(), place.book, books.len());
        let book = &mut books[place.book];
        let mut probe = Probe::default();
        book.rows(place.sheet, &mut |row| {
            if probe.take(row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let layout = probe.layout(&place.name, dictionary).map_err(|source| AuditError::Header {
            sheet: format!("《{}》的工作表“{}”", book.path(), place.name),
            source,
        })?;
        let own_page = probe.own_page(&place.name).filter(|_| layout.is_none());
        if own_page.is_some() {
            own_pages.push((place.book, format!("工作表“{}”是模板的说明页，不是台账，没有读取", place.name)));
        } else if layout.is_none() && !probe.is_empty() {
            let message = "前30行里没有哪一行能认定是哪一种表的表头，整张表没有读取；如果它是该核查的表，请把工作表和表头改成标准名称";
            let at = RowRef { sheet: number, row: 1 }.cell(0);
            notes.add(at, IssueKind::UnusedSheet, &place.name, message);
        }
        layouts.push(layout);
    }
    progress.rest();
    Ok(Sheets { layouts, own_pages })
}

/// A run through the sheets.
struct Run<'r> {
    books: &'r mut [Book],
    places: &'r [SheetPlace],
    ledgers: &'r mut [SheetLedger],
    notes: &'r mut Notes,
    dictionary: &'r Dictionary,
    progress: &'r dyn Progress,
}

impl Run<'_> {
    /// Reads the tables that are kept in memory; each row with whether all of it could be read.
    fn read_held(
        &mut self,
        layouts: &[Option<Layout>],
        checks: &mut Checks<'_>,
    ) -> Result<Vec<(Draft, bool)>, AuditError> {
        let dictionary = self.dictionary;
        let mut drafts = Vec::new();
        self.each_sheet(layouts, true, |parser, row, ledger, notes| match parser.take(row, notes) {
            Taken::Heading => ledger.keep(row, true),
            Taken::Left => {
                ledger.count(false, false);
                ledger.keep(row, true);
            }
            Taken::Record { mut draft, whole, print } => {
                let whole = checks.row(&mut draft, parser.layout(), print, notes) && whole;
                if is_named(dictionary, draft.table) {
                    ledger.count(true, whole);
                }
                ledger.keep(row, true);
                drafts.push((draft, whole));
            }
        })?;
        Ok(drafts)
    }

    /// Resolves the held rows that name others; the roster, the institutions and the schools are what is named.
    fn resolve_held(
        &mut self,
        registry: &Registry<'_>,
        drafts: Vec<(Draft, bool)>,
        checks: &Checks<'_>,
    ) -> HashMap<TableId, Vec<Record>> {
        let mut held: HashMap<TableId, Vec<Record>> = HashMap::new();
        for (draft, whole) in drafts {
            let (table, sheet) = (draft.table, draft.at.sheet as usize);
            if self.dictionary.table(table).id == "staff" {
                continue;
            }
            let (record, resolved) = registry.resolve(draft, self.notes);
            checks.record(&record, registry, self.notes);
            if !is_named(self.dictionary, table) {
                self.ledgers[sheet].count(true, whole && resolved);
            }
            held.entry(table).or_default().push(record);
        }
        held
    }

    /// Streams the ledgers past the tally. Returns how many rows each table has.
    fn stream(
        &mut self,
        layouts: &[Option<Layout>],
        fold: &mut Fold<'_>,
        checks: &mut Checks<'_>,
    ) -> Result<HashMap<TableId, u64>, AuditError> {
        let mut rows: HashMap<TableId, u64> = HashMap::new();
        let mut workload = Workload::new(fold.facts());
        self.each_sheet(layouts, false, |parser, row, ledger, notes| match parser.take(row, notes) {
            Taken::Heading => ledger.keep(row, true),
            Taken::Left => {
                ledger.count(false, false);
                ledger.keep(row, true);
            }
            Taken::Record { mut draft, whole, print } => {
                let whole = checks.row(&mut draft, parser.layout(), print, notes) && whole;
                *rows.entry(draft.table).or_default() += 1;
                let (record, resolved) = fold.facts().registry.resolve(draft, notes);
                let shown = fold.row(&record, None);
                workload.add(&record, fold.facts(), notes);
                checks.record(&record, fold.facts().registry, notes);
                let whole = whole && resolved;
                ledger.count(true, whole);
                ledger.keep(row, shown || !whole);
            }
        })?;
        Ok(rows)
    }

    /// Reads each sheet of a held table, or of a table that is not held, row by row.
    fn each_sheet(
        &mut self,
        layouts: &[Option<Layout>],
        held: bool,
        mut take: impl FnMut(&mut Parser<'_>, crate::read::Row<'_>, &mut SheetLedger, &mut Notes),
    ) -> Result<(), AuditError> {
        for (number, place) in (0_u32..).zip(self.places) {
            let at = number as usize;
            let Some(layout) = &layouts[at] else { continue };
            if self.dictionary.table(layout.table).held != held {
                continue;
            }
            self.progress.file(&self.books[place.book].path(), place.book, self.books.len());
            let mut parser = Parser::new(layout.clone(), number, self.dictionary);
            let (ledger, notes, progress) = (&mut self.ledgers[at], &mut *self.notes, self.progress);
            let mut read = 0;
            self.books[place.book].rows(place.sheet, &mut |row| {
                take(&mut parser, row, ledger, notes);
                read += 1;
                if read % STRIDE == 0 {
                    progress.rows(STRIDE);
                }
                ControlFlow::Continue(())
            })?;
            progress.rows(read % STRIDE);
            parser.note_columns(self.notes);
        }
        self.progress.rest();
        Ok(())
    }
}

fn check_held(checks: &Checks<'_>, held: &HashMap<TableId, Vec<Record>>, registry: &Registry<'_>, notes: &mut Notes) {
    for (table, records) in held {
        checks.held(*table, records, registry, notes);
    }
}

/// Whether the rows of a table are what other rows name.
fn is_named(dictionary: &Dictionary, table: TableId) -> bool {
    matches!(dictionary.table(table).id.as_str(), "staff" | "institutions" | "schools")
}

fn stamp(pack: &Pack) -> PackStamp {
    PackStamp { id: pack.id.clone(), sha256: pack.sha256.clone() }
}

fn manual(pack: &Pack) -> Vec<ManualCheck> {
    let by_hand = pack.clauses.iter().filter(|clause| match clause.status {
        ClauseStatus::Partly | ClauseStatus::Manual => true,
        ClauseStatus::Rules | ClauseStatus::OutOfScope => false,
    });
    let check = |clause: &crate::pack::Clause| ManualCheck {
        pack: pack.id.clone(),
        clause: clause.id.clone(),
        ask: clause.ask.clone().unwrap_or_default(),
    };
    by_hand.map(check).collect()
}

fn inputs(
    books: &[Book],
    places: &[SheetPlace],
    layouts: &[Option<Layout>],
    ledgers: &[SheetLedger],
    dictionary: &Dictionary,
) -> Vec<Input> {
    let sheet = |(number, place): (usize, &SheetPlace)| {
        let (layout, ledger) = (&layouts[number], &ledgers[number]);
        Sheet {
            name: place.name.clone(),
            table: layout.as_ref().map(|layout| dictionary.table(layout.table).id.clone()),
            rows: ledger.rows,
            used: ledger.used,
            partly: ledger.partly,
            unused: ledger.unused,
            header_row: layout.as_ref().map(|layout| layout.header_row),
        }
    };
    let of = |(number, book): (usize, &Book)| Input {
        path: book.path(),
        sha256: book.sha256(),
        sheets: places.iter().enumerate().filter(|(_, place)| place.book == number).map(sheet).collect(),
        notes: book.notes(),
    };
    books.iter().enumerate().map(of).collect()
}

/// The inputs with what is said of some of them besides.
fn with_notes(mut inputs: Vec<Input>, said: Vec<(usize, String)>) -> Vec<Input> {
    for (book, note) in said {
        if let Some(input) = inputs.get_mut(book) {
            input.notes.push(note);
        }
    }
    inputs
}
