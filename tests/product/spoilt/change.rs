//! What can be done to an office's files, one thing at a time.

use std::path::{Path, PathBuf};

use super::book::BookFile;
use super::cells::{self, CellSpoil};
use super::columns::{self, ColumnSpoil};
use super::expected::Expectation;
use super::files::{self, FileSpoil};
use super::places::Spoilable;
use super::sheets::{self, SheetSpoil};
use super::strangers;

#[derive(Clone, Copy, Debug)]
pub enum Change {
    Cell {
        file: usize,
        page: usize,
        row: usize,
        column: usize,
        spoil: CellSpoil,
    },
    Column {
        file: usize,
        page: usize,
        column: usize,
        spoil: ColumnSpoil,
    },
    Sheet {
        file: usize,
        page: usize,
        spoil: SheetSpoil,
    },
    /// A sheet that is no table of the office, in one of its workbooks or as a file of its own.
    Bystander {
        which: usize,
        file: Option<usize>,
    },
    File {
        file: usize,
        spoil: FileSpoil,
    },
}

/// An office with one thing changed.
pub struct Changed {
    pub inputs: Vec<PathBuf>,
    /// File, sheet and cell, and what it was and became.
    pub said: String,
    pub expected: Expectation,
}

impl Change {
    /// What is counted together.
    pub fn kind(&self) -> &'static str {
        match self {
            Change::Cell { spoil, .. } => spoil.label(),
            Change::Column { spoil, .. } => spoil.label(),
            Change::Sheet { spoil, .. } => spoil.label(),
            Change::Bystander { file: Some(_), .. } => "bystander in a workbook",
            Change::Bystander { file: None, .. } => "bystander as a file",
            Change::File { spoil, .. } => spoil.label(),
        }
    }

    /// Writes the files that are changed into a folder. `None` if there is nothing to change.
    pub fn apply(self, office: &Spoilable, folder: &Path) -> Option<Changed> {
        match self {
            Change::Cell { file, page, row, column, spoil } => {
                cells::apply(office, (file, page), (row, column), spoil, folder)
            }
            Change::Column { file, page, column, spoil } => columns::apply(office, (file, page), column, spoil, folder),
            Change::Sheet { file, page, spoil } => sheets::apply(office, (file, page), spoil, folder),
            Change::Bystander { which, file } => strangers::apply(office, which, file, folder),
            Change::File { file, spoil } => files::apply(office, file, spoil, folder),
        }
    }

    /// Everything that can be done to an office. Of a long sheet, so many rows are spoilt.
    pub fn all(office: &Spoilable, rows: usize, offset: usize) -> Vec<Change> {
        let mut all = Vec::new();
        for (file, book) in office.files.iter().enumerate() {
            all.extend(FileSpoil::ALL.map(|spoil| Change::File { file, spoil }));
            for page in 0..book.pages.len() {
                let of_sheet = SheetSpoil::ALL.map(|spoil| Change::Sheet { file, page, spoil });
                all.extend(of_sheet);
                all.extend(of_columns(book, file, page));
                all.extend(of_cells(book, (file, page), rows, offset));
            }
        }
        let places =
            [None].into_iter().chain((0..office.files.len()).filter(|file| !office.files[*file].is_csv()).map(Some));
        for file in places {
            all.extend((0..strangers::count()).map(|which| Change::Bystander { which, file }));
        }
        all
    }
}

fn of_columns(book: &BookFile, file: usize, page: usize) -> Vec<Change> {
    let columns = 0..book.pages[page].width();
    let each = |column| ColumnSpoil::ALL.map(|spoil| Change::Column { file, page, column, spoil });
    columns.flat_map(each).collect()
}

fn of_cells(book: &BookFile, (file, page): (usize, usize), most: usize, offset: usize) -> Vec<Change> {
    let sheet = &book.pages[page];
    let step = sheet.rows.len().div_ceil(most).max(1);
    // The first rows hold titles and the header, the last ones totals and signatures.
    let last = sheet.rows.len().saturating_sub(3);
    let rows = (0..sheet.rows.len()).filter(|row| *row < 5 || *row >= last || (row + offset).is_multiple_of(step));
    let mut all = Vec::new();
    for row in rows {
        for column in 0..sheet.width() {
            all.extend(CellSpoil::ALL.map(|spoil| Change::Cell { file, page, row, column, spoil }));
        }
    }
    all
}
