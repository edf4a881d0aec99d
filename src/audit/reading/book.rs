//! Where sheets come from: files, or the small tables of a case.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use sheets::{Format, OpenOptions, Parsing, ReadError, Row, TextEncoding, Visit, Workbook, rows_of_text};

use crate::audit::workers::side_by_side;
use crate::audit::{AuditError, InputFile, Progress, Stage};
use crate::intake::files::{REPORT_KEYWORD, remark_text};

/// A file, or a table in memory that stands for one.
pub(in crate::audit) struct InputBook {
    /// The name that the run knows it by.
    pub path: String,
    /// Empty for a table in memory.
    pub sha256: String,
    /// Another format than the name says, the encoding, hidden sheets.
    pub notes: Vec<String>,
    pub sheets: Vec<String>,
    /// `None` for a table in memory, which has `rows` instead.
    pub workbook: Option<Workbook>,
    rows: Vec<Vec<String>>,
}

/// Opens all files; csv files in the encoding that was asked for, if any. Errors: all files that cannot be opened, in
/// one go.
pub(in crate::audit) fn open(
    files: &[InputFile],
    encoding: Option<TextEncoding>,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Vec<InputBook>, AuditError> {
    let opened = open_each(files, encoding, threads, progress).into_iter();
    let mut errors = Vec::new();
    let books = opened.filter_map(|book| book.map_err(|error| errors.push(error.into())).ok()).collect();
    AuditError::all(errors).map(|()| books)
}

/// Drops the books with the same bytes as another one, and says which. The shortest name is kept: a copy has more to say.
pub(in crate::audit) fn drop_copies(books: &mut Vec<InputBook>) -> Vec<String> {
    let mut kept: HashMap<String, String> = HashMap::new();
    for book in books.iter() {
        let name = kept.entry(book.sha256.clone()).or_insert_with(|| book.path.clone());
        if book.path.chars().count() < name.chars().count() {
            name.clone_from(&book.path);
        }
    }
    let mut notes = Vec::new();
    books.retain(|book| match kept.get(&book.sha256) {
        Some(name) if *name != book.path => {
            notes.push(format!("《{}》与《{name}》内容完全相同，只读取一次", book.path));
            false
        }
        Some(_) | None => true,
    });
    notes
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
        let InputFile { path, name } = &files[place];
        let shown = path.display().to_string();
        progress.begin(&shown);
        let options = OpenOptions { encoding, refused_keyword: Some(REPORT_KEYWORD), beat: progress.beat() };
        let opened = Workbook::open_with(path, options);
        progress.end(&shown, 0);
        opened.map(|book| InputBook::file(book, name.clone()))
    })
}

impl InputBook {
    fn file(book: Workbook, path: String) -> InputBook {
        // A csv file's only sheet is called as the file is, by the name that the run knows.
        let is_renamed = book.format() == Format::Csv && path != book.path().display().to_string();
        let own = || book.sheets().iter().map(|sheet| sheet.name.clone()).collect();
        InputBook {
            sha256: book.sha256().to_string(),
            notes: book.remarks().iter().map(remark_text).collect(),
            sheets: if is_renamed { vec![stem(&path).to_string()] } else { own() },
            path,
            workbook: Some(book),
            rows: Vec::new(),
        }
    }

    pub(crate) fn table(name: &str, rows: &[Vec<String>]) -> InputBook {
        let (path, sheets) = (name.to_string(), vec![name.to_string()]);
        InputBook { path, sha256: String::new(), notes: Vec::new(), sheets, workbook: None, rows: rows.to_vec() }
    }

    /// In bytes; 0 for a table in memory.
    pub(crate) fn size(&self) -> u64 {
        self.workbook.as_ref().map_or(0, Workbook::size)
    }

    /// Whether it holds nothing but texts.
    pub(crate) fn is_text(&self) -> bool {
        self.workbook.as_ref().is_some_and(|book| book.format() == Format::Csv)
    }

    /// The bytes of a sheet that no beat tells of while its rows are read: those of a file that is held in memory, each
    /// sheet an equal part.
    pub(crate) fn unread_bytes(&self) -> u64 {
        match self.workbook.as_ref().map(Workbook::format) {
            Some(Format::Xls | Format::Csv) => self.size() / (self.sheets.len() as u64).max(1),
            Some(Format::Xlsx | Format::Xlsb | Format::Ods) | None => 0,
        }
    }

    /// The numbers of the rows of a sheet that are struck out.
    pub(crate) fn struck_rows(&self, sheet: usize) -> BTreeSet<u32> {
        self.workbook.as_ref().map(|book| book.struck_rows(sheet)).unwrap_or_default()
    }

    /// What is remarked on its cells, by row and column.
    pub(crate) fn comments(&self, sheet: usize) -> BTreeMap<(u32, u32), String> {
        self.workbook.as_ref().map(|book| book.comments(sheet)).unwrap_or_default()
    }

    pub(crate) fn rows(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        match &self.workbook {
            Some(book) => book.rows(sheet, visit)?,
            None => rows_of_text(&self.rows, visit),
        }
        Ok(())
    }

    /// Streams the rows in two steps, the first of which may be some rows ahead, on a thread of its own.
    pub(super) fn rows_in_two<T: Send>(
        &self,
        sheet: usize,
        parsing: Parsing,
        mut look: impl FnMut(Row<'_>) -> T + Send,
        mut take: impl FnMut(Row<'_>, T),
    ) -> Result<(), ReadError> {
        match &self.workbook {
            Some(book) => book.rows_in_two(sheet, parsing, look, take)?,
            None => rows_of_text(&self.rows, &mut |row| {
                let seen = look(row);
                take(row, seen);
                ControlFlow::Continue(())
            }),
        }
        Ok(())
    }
}

/// The name of a file without its folders and its extension, whatever system its path was written on.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
