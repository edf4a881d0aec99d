//! One audit over some books: sheets are recognised, held tables are read first, ledgers are streamed past the tally.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use sheets::{Parsing, ReadError, Row};

use super::book::Book;
use super::fold::Fold;
use super::sheets::{SheetPlace, Sheets};
use super::stream::{Joined, Streams};
use super::{Audit, AuditError, Progress, Question, Stage};
use crate::dictionary::{Dictionary, TableId};
use crate::evaluate::{Facts, Plan, findings};
use crate::intake::{
    Checks, IssueLog, KnownHeaders, Layout, ParsedRow, Record, Registry, Repeats, RowOutcome, RowParser, RowRemark,
    SheetRows,
};
use crate::model::{Assessment, Copy, Finding, Input, ManualCheck, PackStamp, RowRef, Sheet};
use crate::pack::{ClauseStatus, Pack};

/// Runs one audit over some books.
pub(super) fn assess(
    books: &[Book],
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let sheets =
        Sheets::recognise(books, &KnownHeaders::new(dictionary, question.columns), question.threads, progress)?;
    sheets.refuse_doubt(books)?;
    assess_sheets(books, &sheets, question, dictionary, progress)
}

/// Runs one audit over the sheets of some books that are known to be tables.
pub(super) fn assess_sheets(
    books: &[Book],
    sheets: &Sheets,
    question: &Question<'_>,
    dictionary: &Dictionary,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let (places, layouts) = (&sheets.places, sheets.layouts());
    progress.stage(Stage::Reading, layouts.iter().flatten().count(), sheets_bytes(books, places, &layouts));
    let mut log = IssueLog::new(sheets.names(books));
    sheets.report_unread(dictionary, &mut log);
    let mut ledgers = ledgers(&layouts, question.whole_copies);
    let mut run = Held { books, places, ledgers: &mut ledgers, log: &mut log, dictionary, progress };

    let (mut checks, mut repeats) = (Checks::new(dictionary, question.when.as_of), Repeats::default());
    let rows = run.read(&layouts, &checks, &mut repeats)?;
    let (roster, _): (Vec<ParsedRow>, Vec<bool>) = rows.iter().cloned().unzip();
    let registry = Registry::new(dictionary, layouts.clone(), &roster, &question.defaults, run.log);
    checks.people(&registry, run.log);
    let held = run.resolve(&registry, rows, &checks);
    check_held(&checks, &held, &registry, run.log);
    let mut facts = Facts::new(&registry, held, question.when.clone());
    let plan = Plan::new(question.packs, &facts);
    let mut fold = Fold::new(&plan, &facts, question.wanted)?;
    fold.held();
    let streams = Streams { books, places, dictionary, checks: &checks, question, progress };
    let streamed = streams.read(&layouts, Joined::new(fold, log, repeats))?;
    progress.rest();
    let ((tally, accounts), log) = (streamed.fold.done(), streamed.log);
    streamed.ledgers.into_iter().for_each(|(sheet, ledger)| ledgers[sheet] = ledger);
    streamed.rows.into_iter().for_each(|(table, rows)| facts.count_rows(table, rows));
    let findings = findings(&plan, &tally, &facts);
    let inputs = with_notes(inputs(books, places, &layouts, &ledgers, dictionary), sheets.own_pages());
    Ok(Audit {
        copies: copies(ledgers, &findings),
        notes: sheets.remarks(question.columns),
        people: registry.staff.len() as u64,
        issue_counts: log.counts(),
        accounts,
        passed_over: Vec::new(),
        assessment: assessment(question, inputs, findings, log),
    })
}

fn assessment(question: &Question<'_>, inputs: Vec<Input>, findings: Vec<Finding>, log: IssueLog) -> Assessment {
    Assessment {
        schema: Assessment::SCHEMA,
        tool: format!("jiaoyan {}", env!("CARGO_PKG_VERSION")),
        period: question.when.period.id(),
        as_of: question.when.as_of,
        packs: question.packs.iter().map(stamp).collect(),
        inputs,
        findings,
        manual: question.packs.iter().flat_map(manual).collect(),
        issues: log.into_issues(),
    }
}

/// Reads the sheets of the tables that are held in memory.
struct Held<'r> {
    books: &'r [Book],
    places: &'r [SheetPlace],
    ledgers: &'r mut [SheetRows],
    log: &'r mut IssueLog,
    dictionary: &'r Dictionary,
    progress: &'r dyn Progress,
}

impl Held<'_> {
    /// Each row with whether all of it could be read.
    fn read(
        &mut self,
        layouts: &[Option<Layout>],
        checks: &Checks<'_>,
        repeats: &mut Repeats,
    ) -> Result<Vec<(ParsedRow, bool)>, ReadError> {
        let mut rows = Vec::new();
        for (number, place) in (0_u32..).zip(self.places) {
            let at = number as usize;
            let Some(layout) = layouts[at].as_ref().filter(|layout| self.dictionary.table(layout.table).held) else {
                continue;
            };
            let book = &self.books[place.book];
            self.progress.begin(&book.path());
            let mut parser = RowParser::new(layout.clone(), number, self.dictionary);
            let mut read = 0;
            book.rows(place.sheet, Parsing::Here, &mut |row| {
                self.take(row, &mut parser, checks, repeats, &mut rows);
                read += 1;
                ControlFlow::Continue(())
            })?;
            self.progress.rows(read);
            self.progress.end(&book.path(), book.unread_bytes());
            parser.report_columns(self.log);
        }
        Ok(rows)
    }

    fn take(
        &mut self,
        row: Row<'_>,
        parser: &mut RowParser<'_>,
        checks: &Checks<'_>,
        repeats: &mut Repeats,
        rows: &mut Vec<(ParsedRow, bool)>,
    ) {
        let taken = parser.take(row, self.log);
        let ledger = &mut self.ledgers[parser.sheet() as usize];
        match taken {
            RowOutcome::Heading => {}
            RowOutcome::NoRecord => ledger.count(false, false),
            RowOutcome::Record { row: mut parsed, whole, print } => {
                let whole = checks.row(&mut parsed, parser.layout(), print, repeats, self.log) && whole;
                if is_named(self.dictionary, parsed.table) {
                    ledger.count(true, whole);
                }
                rows.push((parsed, whole));
            }
        }
        ledger.keep(row, RowRemark::More);
    }

    /// Resolves the held rows that name others; the roster, the institutions and the schools are what is named.
    fn resolve(
        &mut self,
        registry: &Registry<'_>,
        rows: Vec<(ParsedRow, bool)>,
        checks: &Checks<'_>,
    ) -> HashMap<TableId, Vec<Record>> {
        let mut held: HashMap<TableId, Vec<Record>> = HashMap::new();
        for (parsed, whole) in rows {
            let (table, sheet) = (parsed.table, parsed.at.sheet as usize);
            if self.dictionary.table(table).id == "staff" {
                continue;
            }
            let (record, resolved) = registry.resolve(parsed, self.log);
            checks.record(&record, registry, self.log);
            if !is_named(self.dictionary, table) {
                self.ledgers[sheet].count(true, whole && resolved);
            }
            held.entry(table).or_default().push(record);
        }
        held
    }
}

/// A ledger for each sheet.
fn ledgers(layouts: &[Option<Layout>], whole_copies: bool) -> Vec<SheetRows> {
    layouts.iter().map(|layout| SheetRows::new(layout.as_ref(), whole_copies)).collect()
}

/// The rows of each sheet that the report shows again.
fn copies(ledgers: Vec<SheetRows>, findings: &[Finding]) -> Vec<Copy> {
    let cited: HashSet<RowRef> = findings.iter().flat_map(|finding| &finding.evidence.at).map(|at| at.row).collect();
    let copy = |(sheet, ledger): (u32, SheetRows)| ledger.into_copy(|row| cited.contains(&RowRef { sheet, row }));
    (0..).zip(ledgers).map(copy).collect()
}

/// The bytes of the files that hold a table.
fn sheets_bytes(books: &[Book], places: &[SheetPlace], layouts: &[Option<Layout>]) -> u64 {
    let is_read =
        |book: usize| places.iter().zip(layouts).any(|(place, layout)| place.book == book && layout.is_some());
    books.iter().enumerate().filter(|(book, _)| is_read(*book)).map(|(_, book)| book.size()).sum()
}

fn check_held(checks: &Checks<'_>, held: &HashMap<TableId, Vec<Record>>, registry: &Registry<'_>, log: &mut IssueLog) {
    for (table, records) in held {
        checks.held(*table, records, registry, log);
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
    ledgers: &[SheetRows],
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
