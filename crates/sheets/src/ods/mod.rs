//! ods workbooks: sheets stream cell by cell in constant memory.
//!
//! The content is gone through twice: once when the file is opened, to see that it is whole and what each sheet hides and
//! merges, and again for the rows.

mod cell;
mod text;
mod walk;

use std::collections::HashMap;
use std::io::BufReader;
use std::sync::Arc;

use memchr::memmem;
use zip::ZipArchive;

use self::cell::Cell;
use self::walk::{Step, Walk};
use super::assemble::{Assembler, Placed, shown};
use super::error::Fault;
use super::merge::Area;
use super::row::{MAX_COLUMNS, MAX_ROWS, Raw, Visit};
use super::source::Source;
use super::{Contents, Listing, Parsing, Readers, gate};

/// The most cells that repetition may make of the cells that are written out.
const MOST_REPEATED: u64 = 20_000_000;
/// The most merged areas that repetition may make.
const MOST_AREAS: usize = 1_000_000;

/// An open ods workbook that has passed the gate.
pub(super) struct OdsBook {
    archive: ZipArchive<BufReader<Source>>,
    /// The place of the content among the parts.
    content: usize,
    tables: Arc<HashMap<String, Table>>,
}

/// What the first look found of a sheet.
#[derive(Debug, Clone, Default)]
struct Table {
    /// Its place among the sheets.
    place: usize,
    name: String,
    hidden: bool,
    /// It has hidden rows or columns.
    hides: bool,
    areas: Vec<Area>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(super) fn open(file: Source, listing: &mut Listing) -> Result<Readers, Fault> {
    let again = file.clone();
    let mut file = BufReader::new(file);
    gate::inspect(&mut file)?;
    let manifest = gate::part(&mut file, "META-INF/manifest.xml", gate::SMALL_PART)?;
    if manifest.is_some_and(|manifest| memmem::find(&manifest, b"encryption-data").is_some()) {
        return Err(Fault::Password);
    }
    let mut archive = ZipArchive::new(file).map_err(|_| Fault::Damaged)?;
    let content = gate::place_of(&archive, "content.xml").ok_or(Fault::Damaged)?;
    let tables = tables_of(&mut archive, content)?;
    for table in &tables {
        listing.add(&table.name, true, table.hidden);
        if table.hides {
            listing.hides_rows(&table.name);
        }
    }
    let tables: HashMap<_, _> = tables.into_iter().map(|table| (table.name.clone(), table)).collect();
    let tables = Arc::new(tables);
    let known = Arc::clone(&tables);
    let another = move || {
        let archive = ZipArchive::new(BufReader::new(again.clone())).map_err(|_| Fault::Damaged)?;
        Ok(Box::new(OdsBook { archive, content, tables: Arc::clone(&known) }) as Box<dyn Contents>)
    };
    Ok(Readers::many(OdsBook { archive, content, tables }, Box::new(another)))
}

impl Contents for OdsBook {
    fn rows(&mut self, sheet: &str, _parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let Some(table) = self.tables.get(sheet) else {
            return Err(Fault::SheetMissing { sheet: sheet.to_owned() });
        };
        let part = self.archive.by_index(self.content).map_err(|_| Fault::Damaged)?;
        let mut walk = Walk::new(BufReader::new(part));
        for _ in 0..=table.place {
            while !matches!(walk.step()?, Step::Table { .. }) {}
        }
        let mut cells = Cells { walk, row: 0, next_row: 0, repeats: 0, cells: Vec::new(), at: 0 };
        Assembler::new(sheet, table.areas.clone(), shown(visit)).run(|| cells.next())
    }
}

/// Goes through the whole content once.
fn tables_of(archive: &mut ZipArchive<BufReader<Source>>, content: usize) -> Result<Vec<Table>, Fault> {
    let part = archive.by_index(content).map_err(|_| Fault::Damaged)?;
    let mut walk = Walk::new(BufReader::new(part));
    let mut tables: Vec<Table> = Vec::new();
    let (mut row, mut repeats, mut column, mut made) = (0, 0, 0, 0);
    loop {
        match walk.step()? {
            Step::Table { name, hidden } => {
                tables.push(Table { place: tables.len(), name, hidden, ..Table::default() });
                (row, repeats) = (0, 0);
            }
            Step::Hides => tables.last_mut().into_iter().for_each(|table| table.hides = true),
            Step::Row { repeated } => {
                row = MAX_ROWS.min(row + repeats);
                (repeats, column) = (repeated, 0);
            }
            Step::Cell(cell) => {
                let table = tables.last_mut().ok_or(Fault::Damaged)?;
                if cell.value.is_some() {
                    made += (u64::from(repeats) * u64::from(cell.repeated) - 1) * cell.weight();
                    table.areas.extend((row..row + repeats).filter_map(|row| cell.area((row, column))));
                }
                if made > MOST_REPEATED || table.areas.len() > MOST_AREAS {
                    return Err(Fault::TooLarge);
                }
                column = MAX_COLUMNS.min(column + cell.repeated);
            }
            Step::EndOfRow | Step::EndOfTable => {}
            // A workbook has a sheet; one without is written in a way that is not known here.
            Step::End if tables.is_empty() => return Err(Fault::Damaged),
            Step::End => return Ok(tables),
        }
    }
}

/// The cells of one sheet, with what is repeated given out as often as it stands there.
struct Cells<R> {
    walk: Walk<R>,
    /// The row that is given out, and the one behind all of its repetitions.
    row: u32,
    next_row: u32,
    /// How often the row is still to be given out.
    repeats: u32,
    /// The cells of the row that are not blank, each with its column.
    cells: Vec<(u32, Raw<'static>)>,
    at: usize,
}

impl<R: std::io::BufRead> Cells<R> {
    fn next(&mut self) -> Result<Option<Placed<'static>>, Fault> {
        loop {
            if let Some((column, value)) = self.cells.get(self.at) {
                self.at += 1;
                return Ok(Some(((self.row, *column), Some(value.clone()))));
            }
            if self.repeats > 1 && !self.cells.is_empty() {
                self.repeats -= 1;
                self.row += 1;
                self.at = 0;
            } else if !self.read_row()? {
                return Ok(None);
            }
        }
    }

    /// Takes up the next row; tells whether there was one.
    fn read_row(&mut self) -> Result<bool, Fault> {
        self.cells.clear();
        self.at = 0;
        let mut column = 0;
        loop {
            match self.walk.step()? {
                Step::Row { repeated } => {
                    (self.row, self.repeats) = (self.next_row, repeated);
                    self.next_row = self.next_row.saturating_add(repeated);
                }
                Step::Cell(cell) => column = self.take(cell, column),
                Step::EndOfRow => return Ok(true),
                Step::Hides => {}
                Step::EndOfTable => return Ok(false),
                Step::Table { .. } | Step::End => return Err(Fault::Damaged),
            }
        }
    }

    fn take(&mut self, cell: Cell, column: u32) -> u32 {
        let behind = column.saturating_add(cell.repeated);
        if let Some(value) = cell.value {
            // One column too many is a fault of the sheet, which is found where the cells are put together.
            let columns = column..behind.min(MAX_COLUMNS + 1);
            self.cells.extend(columns.map(|column| (column, value.clone())));
        }
        behind
    }
}
