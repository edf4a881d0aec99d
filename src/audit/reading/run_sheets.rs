//! The sheets of a run: where each stands, and as what it is read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sheets::{Parsing, ReadError};

use super::book::{InputBook, stem};
use super::workers::side_by_side;
use crate::audit::settings::AuditScope;
use crate::audit::{AuditError, Progress, Stage};
use crate::dictionary::{Columns, Dictionary, TableId};
use crate::intake::{HeaderError, IssueLog, KnownHeaders, Layout, Probe, Recognised, SheetName, SheetNames};
use crate::model::{IssueKind, RowRef};

/// Of each book that cannot be read to its end, by its place, the first thing that is in the way.
pub(in crate::audit) type Damage = BTreeMap<usize, ReadError>;

pub(in crate::audit) struct RunSheet {
    pub book: usize,
    /// Its place in the book.
    pub sheet: usize,
    pub name: String,
    pub recognised: Result<Recognised, HeaderError>,
}

/// The sheets of a run, in the order that [`RowRef::sheet`] counts.
pub(in crate::audit) struct Sheets(pub Vec<RunSheet>);

impl RunSheet {
    /// How it is read. `None` if it is not.
    pub(crate) fn layout(&self) -> Option<&Layout> {
        self.recognised.as_ref().ok()?.layout()
    }
}

impl Sheets {
    /// The sheets of some books, each with what its sheets were taken for.
    pub(crate) fn new(recognised: Vec<Vec<RecognisedSheet>>) -> Sheets {
        let of_book = |(book, sheets): (usize, Vec<RecognisedSheet>)| {
            let sheet = move |(sheet, (name, recognised))| RunSheet { book, sheet, name, recognised };
            sheets.into_iter().enumerate().map(sheet)
        };
        Sheets(recognised.into_iter().enumerate().flat_map(of_book).collect())
    }

    /// The table of each sheet that is read.
    pub(crate) fn tables(&self) -> impl Iterator<Item = TableId> {
        self.0.iter().filter_map(RunSheet::layout).map(|layout| layout.table)
    }

    /// Drops the sheets of damaged books, which leave the run.
    pub(crate) fn drop_books(&mut self, damage: &Damage) {
        self.0.retain(|sheet| !damage.contains_key(&sheet.book));
        self.0.iter_mut().for_each(|sheet| sheet.book -= damage.range(..sheet.book).count());
    }

    /// The sheets of a book, each with its number in the run.
    pub(crate) fn of_book(&self, book: usize) -> impl Iterator<Item = (usize, &RunSheet)> {
        self.0.iter().enumerate().filter(move |(_, sheet)| sheet.book == book)
    }

    /// Errors: all sheets with two columns for one field: nothing may be judged then.
    pub(crate) fn refuse_doubt(&self, books: &[InputBook]) -> Result<(), AuditError> {
        let error = |RunSheet { book, name, recognised, .. }: &RunSheet| {
            let fault = recognised.as_ref().err()?.clone();
            Some(AuditError::Header { sheet: format!("《{}》的工作表“{name}”", books[*book].path), fault })
        };
        AuditError::all(self.0.iter().filter_map(error).collect())
    }

    /// By sheet.
    pub(crate) fn layouts(&self) -> Vec<Option<Layout>> {
        self.0.iter().map(|sheet| sheet.layout().cloned()).collect()
    }

    /// The tables of which a sheet may hold rows that is not read, with those sheets.
    pub(crate) fn open(&self) -> BTreeMap<TableId, Vec<u32>> {
        let mut open: BTreeMap<TableId, Vec<u32>> = BTreeMap::new();
        for (number, sheet) in (0..).zip(&self.0) {
            for table in sheet.recognised.iter().flat_map(Recognised::may_be) {
                open.entry(*table).or_default().push(number);
            }
        }
        open
    }

    pub(crate) fn names(&self, books: &[InputBook]) -> SheetNames {
        let name = |at: &RunSheet| SheetName { path: books[at.book].path.clone(), sheet: at.name.clone() };
        SheetNames::new(self.0.iter().map(name).collect())
    }

    /// Reports the sheets that are not read, each with what is in the way.
    pub(crate) fn report_unread(&self, dictionary: &Dictionary, log: &mut IssueLog) {
        for (sheet, RunSheet { name, recognised, .. }) in (0..).zip(&self.0) {
            let Ok(recognised) = recognised else { continue };
            let Some(message) = recognised.why_unread(dictionary) else { continue };
            let at = RowRef { sheet, row: recognised.row() }.cell(0);
            log.report(at, IssueKind::UnusedSheet, name, message);
        }
    }

    /// Which sheets were not read, and what that means: those that may be a table each, the others by their names.
    fn unread(&self, books: &[InputBook], dictionary: &Dictionary) -> Vec<String> {
        let of = |sheet: &RunSheet| sheet.recognised.as_ref().ok().map(|recognised| recognised.may_be().to_vec());
        let called = |sheet: &RunSheet| format!("《{}》的工作表“{}”", file_of(&books[sheet.book].path), sheet.name);
        let open = self.0.iter().filter_map(|sheet| Some((sheet, of(sheet).filter(|tables| !tables.is_empty())?)));
        let mut said: Vec<String> = open
            .map(|(sheet, tables)| {
                let tables: Vec<&str> = tables.iter().map(|table| dictionary.table(*table).sheet.as_str()).collect();
                let tables = tables.join("”或“");
                format!("{}没有读取，可能是“{tables}”，与它有关的“没有”都不能断定；原因见数据问题", called(sheet))
            })
            .collect();
        let others: Vec<String> =
            self.0.iter().filter(|sheet| sheet.recognised == Ok(Recognised::Unknown)).map(called).collect();
        if !others.is_empty() {
            let read = self.0.iter().filter(|sheet| sheet.layout().is_some()).count();
            let (all, names) = (self.0.len(), others.join("、"));
            said.push(format!("{all}张工作表读了{read}张；不像要核查的表，没有读取，不影响结论：{names}"));
        }
        said
    }

    /// What is to be said of the sheets as a whole.
    pub(crate) fn said(&self, books: &[InputBook], scope: &AuditScope<'_>) -> Vec<String> {
        [self.unread(books, scope.dictionary), self.remarks(scope.columns)].concat()
    }

    /// What the office's own headers and sheet names did: what was left out by its wish, and what nothing was called.
    fn remarks(&self, columns: &Columns) -> Vec<String> {
        let (mut left, mut headers, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        for sheet in &self.0 {
            let name = &sheet.name;
            sheets.extend(columns.sheet(name).map(|(entry, _)| entry));
            if let Some(layout) = sheet.layout() {
                headers.extend(&layout.wishes);
                left.extend(layout.unwanted.iter().map(|(_, header)| format!("工作表“{name}”的列“{header}”")));
            } else if sheet.recognised == Ok(Recognised::Unwanted) {
                left.push(format!("工作表“{name}”"));
            }
        }
        let unused = columns.unused(&headers, &sheets);
        let remark =
            |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what}：{}", names.join("、")));
        let remarks = [
            remark("按 --columns 文件的要求没有读取", &left),
            remark("--columns 文件里的这些名称在读取的表中没有遇到，请核对写法", &unused),
        ];
        remarks.into_iter().flatten().collect()
    }
}

pub(in crate::audit) type RecognisedSheet = (String, Result<Recognised, HeaderError>);

/// Looks at the first rows of each sheet, of as many files at once as there are threads; what came of it for each book.
pub(in crate::audit) fn recognise_each(
    books: &[InputBook],
    headers: &KnownHeaders<'_>,
    threads: usize,
    progress: &dyn Progress,
) -> Vec<Result<Vec<RecognisedSheet>, ReadError>> {
    progress.stage(Stage::Opening, books.len(), 0);
    side_by_side(threads, books.len(), |book, _| {
        progress.begin(&books[book].path);
        let recognised = recognised(&books[book], headers);
        progress.end(&books[book].path, 0);
        recognised
    })
}

/// A file without its folders, whatever system its path was written on.
fn file_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What the sheets of a book are taken for by their first rows.
fn recognised(book: &InputBook, headers: &KnownHeaders<'_>) -> Result<Vec<RecognisedSheet>, ReadError> {
    let recognise = |(sheet, name): (usize, &String)| {
        let mut probe = Probe::default();
        book.rows(sheet, Parsing::Here, &mut |row| {
            if probe.take(row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok((name.clone(), probe.recognise((stem(&book.path), name), headers)))
    };
    book.sheets.iter().enumerate().map(recognise).collect()
}
