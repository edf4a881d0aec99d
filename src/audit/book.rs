//! Where sheets come from: files, or the small tables of a case.

use super::{AuditError, Known, Progress};
use crate::read::{Format, ReadError, TextEncoding, Visit, Workbook, rows_of_text};

/// A file, or a table in memory that stands for one.
pub(super) enum Book {
    /// With the name that the run knows it by.
    File(Workbook, String),
    Table {
        name: String,
        rows: Vec<Vec<String>>,
    },
}

/// Opens all files; csv files in the encoding that was asked for, if any.
///
/// # Errors
/// All files that cannot be opened, in one go.
pub(super) fn open(
    files: &[Known],
    encoding: Option<TextEncoding>,
    progress: &dyn Progress,
) -> Result<Vec<Book>, AuditError> {
    let (mut books, mut errors) = (Vec::new(), Vec::new());
    for (done, file) in files.iter().enumerate() {
        progress.file(&file.path.display().to_string(), done, files.len());
        match Workbook::open_as(&file.path, encoding, progress.beat()) {
            Ok(book) => books.push(Book::File(book, file.name.clone())),
            Err(error) => errors.push(AuditError::Read(error)),
        }
    }
    progress.rest();
    AuditError::all(errors).map(|()| books)
}

impl Book {
    pub fn path(&self) -> String {
        match self {
            Book::File(_, name) => name.clone(),
            Book::Table { name, .. } => name.clone(),
        }
    }

    pub fn sha256(&self) -> String {
        match self {
            Book::File(book, _) => book.sha256().to_string(),
            Book::Table { .. } => String::new(),
        }
    }

    pub fn notes(&self) -> Vec<String> {
        match self {
            Book::File(book, _) => book.notes().to_vec(),
            Book::Table { .. } => Vec::new(),
        }
    }

    /// The names of its sheets.
    pub fn sheets(&self) -> Vec<String> {
        match self {
            // A csv file's only sheet is called as the file is, by the name that the run knows.
            Book::File(book, name) if book.format() == Format::Csv && *name != book.path().display().to_string() => {
                vec![stem(name)]
            }
            Book::File(book, _) => book.sheets().iter().map(|sheet| sheet.name.clone()).collect(),
            Book::Table { name, .. } => vec![name.clone()],
        }
    }

    /// The format of its file; none for a table in memory.
    pub fn format(&self) -> Option<Format> {
        match self {
            Book::File(book, _) => Some(book.format()),
            Book::Table { .. } => None,
        }
    }

    /// Whether the workbook hides a sheet.
    pub fn is_hidden(&self, sheet: usize) -> bool {
        match self {
            Book::File(book, _) => book.sheets().get(sheet).is_some_and(|sheet| sheet.hidden),
            Book::Table { .. } => false,
        }
    }

    pub fn rows(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        match self {
            Book::File(book, _) => book.rows(sheet, visit),
            Book::Table { rows, .. } => {
                rows_of_text(rows, visit);
                Ok(())
            }
        }
    }
}

/// The name of a file without its folders and its extension, whatever system its path was written on.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_string()
}
