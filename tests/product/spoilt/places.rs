//! An example office with what the audit reads of it: which sheet is which table, which column which field.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiaoyan::audit::inspect::{ColumnUse, ReadTable, SheetOutcome, inspect};
use jiaoyan::audit::{self, Audit, AuditError, Settings, Silent};
use jiaoyan::dictionary::{Dictionary, Field, Table};
use tempfile::TempDir;

use super::book::{BookFile, Page};
use super::expected::Verdicts;
use crate::office::examples::Example;

pub struct Spoilable {
    pub example: &'static Example,
    pub files: Vec<BookFile>,
    /// Where the files stand as they were written again, unchanged.
    pub folder: TempDir,
    /// By file and sheet, what it was read as.
    read: BTreeMap<(usize, usize), ReadTable>,
    pub whole: Verdicts,
}

/// What a column of a sheet is.
#[derive(Clone, Copy)]
pub enum Column<'d> {
    Field(&'d Field),
    /// What stands in it may deny its row.
    Remark,
    Other,
}

impl Spoilable {
    pub fn new(example: &'static Example) -> Spoilable {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(example.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "xlsx" || extension == "csv"));
        paths.sort();
        let files: Vec<BookFile> = paths.iter().map(|path| BookFile::read(path)).collect();
        let folder = tempfile::tempdir().unwrap();
        let written: Vec<PathBuf> = files.iter().map(|file| file.write(folder.path())).collect();
        let settings = example.settings(written);
        let whole = Verdicts::of(&run(&settings).unwrap());
        let mut office = Spoilable { example, files, folder, read: BTreeMap::new(), whole };
        office.inspect(&settings);
        office
    }

    fn inspect(&mut self, settings: &Settings) {
        let inspection = inspect(settings, Dictionary::built_in(), &Silent).unwrap();
        for file in inspection.files {
            let name = Path::new(&*file.path).file_name().unwrap().to_string_lossy().into_owned();
            let place = self.files.iter().position(|own| own.name == name).unwrap();
            for (page, sheet) in file.contents.unwrap().sheets.into_iter().enumerate() {
                if let SheetOutcome::Table(table) = sheet.reading {
                    self.read.insert((place, page), table);
                }
            }
        }
    }

    /// The files as they were written, without one of them.
    pub fn others(&self, left_out: Option<usize>) -> Vec<PathBuf> {
        let kept = self.files.iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
        kept.map(|(_, file)| self.folder.path().join(&file.name)).collect()
    }

    /// The files with a changed one in the place of an old one.
    pub fn with(&self, file: usize, changed: &BookFile, folder: &Path) -> Vec<PathBuf> {
        let mut inputs = self.others(Some(file));
        inputs.push(changed.write(folder));
        inputs
    }

    pub fn page(&self, (file, page): (usize, usize)) -> &Page {
        &self.files[file].pages[page]
    }

    pub fn table(&self, place: (usize, usize)) -> Option<&'static Table> {
        self.read.get(&place).map(|read| Dictionary::built_in().table(read.table))
    }

    /// The first and the last row of a sheet's header, from 0.
    pub fn header(&self, place: (usize, usize)) -> Option<(usize, usize)> {
        self.read.get(&place).map(|read| (read.header.0 as usize - 1, read.header.1 as usize - 1))
    }

    pub fn column(&self, place: (usize, usize), column: usize) -> Column<'static> {
        let Some(read) = self.read.get(&place) else { return Column::Other };
        let own = read.columns.iter().find(|own| own.column as usize == column);
        match own.map(|own| &own.taken) {
            Some(ColumnUse::Seen(field, _) | ColumnUse::Field(field)) => {
                Column::Field(Dictionary::built_in().table(read.table).field(*field))
            }
            Some(ColumnUse::Remark) => Column::Remark,
            Some(ColumnUse::Unwanted | ColumnUse::Unused { .. }) | None => Column::Other,
        }
    }

    /// `活动台账.xlsx!活动台账!B17`
    pub fn said(&self, (file, page): (usize, usize), row: usize, column: usize) -> String {
        let letter = char::from(b'A' + u8::try_from(column).unwrap());
        format!("{}!{}!{letter}{}", self.files[file].name, self.page((file, page)).name, row + 1)
    }
}

/// Audits some files as they are, on one thread: the offices are many.
pub fn run(settings: &Settings) -> Result<Audit, AuditError> {
    audit::run(settings, Dictionary::built_in(), &Silent)
}
