//! One audit over some books: sheets are recognised, held tables are read first, ledgers are streamed past the tally.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::book::Book;
use super::fold::Fold;
use super::sheets::{SheetPlace, Sheets};
use super::{Audit, AuditError, Progress, Question};
use crate::dictionary::{Dictionary, TableId};
use crate::evaluate::{Facts, Plan, Workload, findings};
use crate::intake::{Checks, Draft, Headers, Layout, Notes, Parser, Record, Registry, SheetLedger, Taken};
use crate::model::{Assessment, Finding, Input, ManualCheck, PackStamp, Sheet};
use crate::pack::{ClauseStatus, Pack};

/// How many rows are read between two reports of progress.
const STRIDE: u64 = 4096;

/// Runs one audit over some books.
pub(super) fn assess(
    books: &mut [Book],
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let sheets = Sheets::recognise(books, &Headers::new(dictionary, question.columns), progress)?;
    sheets.refuse_doubt(books)?;
    assess_sheets(books, &sheets, question, dictionary, progress)
}

/// Runs one audit over the sheets of some books that are known to be tables.
pub(super) fn assess_sheets(
    books: &mut [Book],
    sheets: &Sheets,
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let places = &sheets.places;
    let mut notes = Notes::new(sheets.names(books));
    sheets.note_unread(dictionary, &mut notes);
    let layouts = sheets.layouts();
    let mut ledgers: Vec<SheetLedger> =
        layouts.iter().map(|layout| SheetLedger::new(layout.as_ref(), question.whole_copies)).collect();
    let mut run = Run { books, places, ledgers: &mut ledgers, notes: &mut notes, dictionary, progress };

    let mut checks = Checks::new(dictionary, question.when.as_of);
    let drafts = run.read_held(&layouts, &mut checks)?;
    let (roster, _): (Vec<Draft>, Vec<bool>) = drafts.iter().cloned().unzip();
    let registry = Registry::new(dictionary, layouts.clone(), &roster, &question.defaults, run.notes);
    checks.people(&registry, run.notes);
    let held = run.resolve_held(&registry, drafts, &checks);
    check_held(&checks, &held, &registry, run.notes);
    let mut facts = Facts::new(&registry, held, question.when.clone());
    let plan = Plan::new(question.packs, &facts);
    let mut fold = Fold::new(&plan, &facts, question.wanted, run.notes)?;
    fold.held();
    let streamed = run.stream(&layouts, &mut fold, &mut checks)?;
    let (tally, accounts) = fold.done();
    streamed.into_iter().for_each(|(table, rows)| facts.count_rows(table, rows));

    let findings = findings(&plan, &tally, &facts, &notes);
    let inputs = with_notes(inputs(books, places, &layouts, &ledgers, dictionary), sheets.own_pages());
    Ok(Audit {
        copies: ledgers.into_iter().map(SheetLedger::into_copy).collect(),
        notes: sheets.remarks(question.columns),
        people: registry.staff.len() as u64,
        issue_counts: notes.counts(),
        accounts,
        passed_over: Vec::new(),
        assessment: assessment(question, inputs, findings, notes),
    })
}

fn assessment(question: &Question<'_>, inputs: Vec<Input>, findings: Vec<Finding>, notes: Notes) -> Assessment {
    Assessment {
        schema: Assessment::SCHEMA,
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        period: question.when.period.id(),
        as_of: question.when.as_of,
        packs: question.packs.iter().map(stamp).collect(),
        inputs,
        findings,
        manual: question.packs.iter().flat_map(manual).collect(),
        issues: notes.into_issues(),
    }
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
