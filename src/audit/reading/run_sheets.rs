//! The sheets of a run: where each stands, and as what it is read.

use std::ops::ControlFlow;

use sheets::{Parsing, ReadError};

use super::book::InputBook;
use super::workers::side_by_side;
use crate::audit::{AuditError, Progress, Stage};
use crate::dictionary::{Columns, Dictionary};
use crate::intake::{HeaderError, IssueLog, KnownHeaders, Layout, Probe, Recognised, SheetName, SheetNames};
use crate::model::{IssueKind, RowRef};

/// A sheet of the run.
pub(in crate::audit) struct SheetAddress {
    pub book: usize,
    /// Its place in the book.
    pub sheet: usize,
    pub name: String,
}

/// The sheets of a run, in the order that [`RowRef::sheet`] counts.
pub(in crate::audit) struct Sheets {
    pub places: Vec<SheetAddress>,
    pub recognised: Vec<Result<Recognised, HeaderError>>,
}

impl Sheets {
    /// The sheets of some books, each with what its sheets were taken for.
    pub fn new(recognised: Vec<Vec<RecognisedSheet>>) -> Sheets {
        let mut sheets = Sheets { places: Vec::new(), recognised: Vec::new() };
        for (book, recognised) in recognised.into_iter().enumerate() {
            for (sheet, (name, recognised)) in recognised.into_iter().enumerate() {
                sheets.recognised.push(recognised);
                sheets.places.push(SheetAddress { book, sheet, name });
            }
        }
        sheets
    }

    /// # Errors
    /// All sheets with two columns for one field: nothing may be judged then.
    pub fn refuse_doubt(&self, books: &[InputBook]) -> Result<(), AuditError> {
        let error = |(place, recognised): (&SheetAddress, &Result<Recognised, HeaderError>)| {
            let path = books.get(place.book).map(InputBook::path).unwrap_or_default();
            let fault = recognised.as_ref().err()?.clone();
            Some(AuditError::Header { sheet: format!("《{path}》的工作表“{}”", place.name), fault })
        };
        AuditError::all(self.places.iter().zip(&self.recognised).filter_map(error).collect())
    }

    /// The file and name of each sheet.
    pub fn names(&self, books: &[InputBook]) -> SheetNames {
        let path = |place: &SheetAddress| books.get(place.book).map(InputBook::path).unwrap_or_default();
        let name = |place: &SheetAddress| SheetName { path: path(place), sheet: place.name.clone() };
        SheetNames::new(self.places.iter().map(name).collect())
    }

    /// How each sheet is read; none for one that is not.
    pub fn layouts(&self) -> Vec<Option<Layout>> {
        let layout = |recognised: &Result<Recognised, HeaderError>| recognised.as_ref().ok()?.layout().cloned();
        self.recognised.iter().map(layout).collect()
    }

    /// The pages of our templates that hold no records: of which book, and what is said of it.
    pub fn own_pages(&self) -> Vec<(usize, String)> {
        let pages = self.places.iter().zip(&self.recognised).filter(|(_, sheet)| **sheet == Ok(Recognised::OwnPage));
        let said = |name: &str| format!("工作表“{name}”是模板的说明页，不是台账，没有读取");
        pages.map(|(place, _)| (place.book, said(&place.name))).collect()
    }

    /// Reports the sheets that are not read, each with what is in the way.
    pub fn report_unread(&self, dictionary: &Dictionary, log: &mut IssueLog) {
        for ((number, place), recognised) in (0..).zip(&self.places).zip(&self.recognised) {
            let Ok(recognised) = recognised else { continue };
            let Some(message) = recognised.why_unread(dictionary) else { continue };
            let at = RowRef { sheet: number, row: recognised.row() }.cell(0);
            log.report(at, IssueKind::UnusedSheet, &place.name, message);
        }
    }

    /// What the office's own headers and sheet names did: what was left out by its wish, and what nothing was called.
    pub fn remarks(&self, columns: &Columns) -> Vec<String> {
        let (mut left, mut headers, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        for (place, recognised) in self.places.iter().zip(&self.recognised) {
            sheets.extend(columns.sheet(&place.name).map(|(entry, _)| entry));
            match recognised {
                Ok(Recognised::Unwanted) => left.push(format!("工作表“{}”", place.name)),
                Ok(Recognised::Table(layout)) => {
                    headers.extend(&layout.wishes);
                    let of = |(_, header): &(u32, String)| format!("工作表“{}”的列“{header}”", place.name);
                    left.extend(layout.unwanted.iter().map(of));
                }
                Ok(
                    Recognised::Empty
                    | Recognised::OwnPage
                    | Recognised::Tie { .. }
                    | Recognised::Nearly(_)
                    | Recognised::Unknown,
                )
                | Err(_) => {}
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

/// A sheet's name, and what it was taken for.
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
        progress.begin(&books[book].path());
        let recognised = recognised(&books[book], headers);
        progress.end(&books[book].path(), 0);
        recognised
    })
}

/// What the sheets of a book are taken for by their first rows.
fn recognised(book: &InputBook, headers: &KnownHeaders<'_>) -> Result<Vec<RecognisedSheet>, ReadError> {
    let recognise = |(sheet, name): (usize, String)| {
        let mut probe = Probe::default();
        book.rows(sheet, Parsing::Here, &mut |row| {
            if probe.take(row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let recognised = probe.recognise(&name, headers);
        Ok((name, recognised))
    };
    book.sheets().into_iter().enumerate().map(recognise).collect()
}

/// Reads the tables of each book to their ends, of as many files at once as there are threads; what came of it for each.
/// Tables that are kept come first, as in an audit.
pub(in crate::audit) fn read_through(
    books: &[InputBook],
    recognised: &[Vec<RecognisedSheet>],
    dictionary: &Dictionary,
    threads: usize,
) -> Vec<Result<(), ReadError>> {
    side_by_side(threads, books.len(), |book, _| {
        let tables = |held: bool| {
            let is_table = move |(_, sheet): &(usize, &RecognisedSheet)| match &sheet.1 {
                Ok(recognised) => recognised.layout().is_some_and(|layout| dictionary.table(layout.table).held == held),
                Err(_) => false,
            };
            recognised[book].iter().enumerate().filter(is_table)
        };
        let mut all = tables(true).chain(tables(false));
        all.try_for_each(|(sheet, _)| books[book].rows(sheet, Parsing::Here, &mut |_| ControlFlow::Continue(())))
    })
}
