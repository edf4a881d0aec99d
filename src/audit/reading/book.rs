//! Where sheets come from: files, or the small tables of a case.

use sheets::{Format, OpenOptions, Parsing, ReadError, TextEncoding, Visit, Workbook, rows_of_text};

use super::workers::side_by_side;
use crate::audit::{AuditError, InputFile, Progress, Stage};
use crate::intake::files::{REPORT_KEYWORD, remark_text};

/// A file, or a table in memory that stands for one.
pub(in crate::audit) enum InputBook {
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
pub(in crate::audit) fn open(
    files: &[InputFile],
    encoding: Option<TextEncoding>,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Vec<InputBook>, AuditError> {
    let opened = open_each(files, encoding, threads, progress);
    let (mut books, mut errors) = (Vec::new(), Vec::new());
    for outcome in opened {
        match outcome {
            Ok(book) => books.push(book),
            Err(error) => errors.push(AuditError::Read(error)),
        }
    }
    AuditError::all(errors).map(|()| books)
}

/// What came of opening each file.
pub(in crate::audit) fn open_each(
    files: &[InputFile],
    encoding: Option<TextEncoding>,
    threads: usize,
    progress: &dyn Progress,
) -> Vec<Result<InputBook, ReadError>> {
    progress.stage(Stage::Opening, files.len(), 0);
    side_by_side(threads, files.len(), |place, _| {
        let (path, name) = (&files[place].path, &files[place].name);
        let shown = path.display().to_string();
        progress.begin(&shown);
        let options = OpenOptions { encoding, refused_keyword: Some(REPORT_KEYWORD), beat: progress.beat() };
        let opened = Workbook::open_with(path, options);
        progress.end(&shown, 0);
        opened.map(|book| InputBook::File(book, name.clone()))
    })
}

impl InputBook {
    pub fn path(&self) -> String {
        match self {
            InputBook::File(_, name) => name.clone(),
            InputBook::Table { name, .. } => name.clone(),
        }
    }

    pub fn sha256(&self) -> String {
        match self {
            InputBook::File(book, _) => book.sha256().to_string(),
            InputBook::Table { .. } => String::new(),
        }
    }

    pub fn notes(&self) -> Vec<String> {
        match self {
            InputBook::File(book, _) => book.remarks().iter().map(remark_text).collect(),
            InputBook::Table { .. } => Vec::new(),
        }
    }

    /// The names of its sheets.
    pub fn sheets(&self) -> Vec<String> {
        match self {
            // A csv file's only sheet is called as the file is, by the name that the run knows.
            InputBook::File(book, name)
                if book.format() == Format::Csv && *name != book.path().display().to_string() =>
            {
                vec![stem(name)]
            }
            InputBook::File(book, _) => book.sheets().iter().map(|sheet| sheet.name.clone()).collect(),
            InputBook::Table { name, .. } => vec![name.clone()],
        }
    }

    /// The format of its file; none for a table in memory.
    pub fn format(&self) -> Option<Format> {
        match self {
            InputBook::File(book, _) => Some(book.format()),
            InputBook::Table { .. } => None,
        }
    }

    /// Whether the workbook hides a sheet.
    pub fn is_hidden(&self, sheet: usize) -> bool {
        match self {
            InputBook::File(book, _) => book.sheets().get(sheet).is_some_and(|sheet| sheet.hidden),
            InputBook::Table { .. } => false,
        }
    }

    /// In bytes; nothing for a table in memory.
    pub fn size(&self) -> u64 {
        match self {
            InputBook::File(book, _) => book.size(),
            InputBook::Table { .. } => 0,
        }
    }

    /// The bytes of a sheet that no beat tells of while its rows are read: those of a file that is held in memory, each
    /// sheet an equal part.
    pub fn unread_bytes(&self) -> u64 {
        match self.format() {
            Some(Format::Xls | Format::Csv) => self.size() / (self.sheets().len() as u64).max(1),
            Some(Format::Xlsx | Format::Xlsb | Format::Ods) | None => 0,
        }
    }

    pub fn rows(&self, sheet: usize, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        match self {
            InputBook::File(book, _) => book.rows(sheet, parsing, visit),
            InputBook::Table { rows, .. } => {
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
