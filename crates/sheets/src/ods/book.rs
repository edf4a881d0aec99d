//! ods workbooks: sheets stream cell by cell in constant memory.
//!
//! The content is gone through twice: once when the file is opened, to see that it is whole and what each sheet hides and
//! merges, and again for the rows.

use std::collections::HashMap;
use std::io::BufReader;
use std::sync::Arc;

use memchr::memmem;
use zip::ZipArchive;

use super::cells::OdsCells;
use super::content::{ContentStep, ContentWalk};
use crate::error::Fault;
use crate::input::listing::Listing;
use crate::input::readers::{Contents, Readers};
use crate::input::source::Source;
use crate::package::parts::{SMALL_PART, part, place_of};
use crate::package::preflight;
use crate::rows::assembler::{Assembler, shown};
use crate::rows::merged::MergedArea;
use crate::rows::row::{MAX_COLUMNS, MAX_ROWS, Visit};

/// The most cells that repetition may make of the cells that are written out.
const MOST_REPEATED: u64 = 20_000_000;
/// The most merged areas that repetition may make.
const MOST_AREAS: usize = 1_000_000;

/// An open ods workbook that has passed the preflight.
pub(crate) struct OdsBook {
    archive: ZipArchive<BufReader<Source>>,
    /// The place of the content among the parts.
    content: usize,
    tables: Arc<HashMap<String, OdsTable>>,
}

/// What the first look found of a sheet.
#[derive(Debug, Clone, Default)]
struct OdsTable {
    /// Its place among the sheets.
    place: usize,
    name: String,
    hidden: bool,
    /// It has hidden rows or columns.
    hides: bool,
    areas: Vec<MergedArea>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(crate) fn open(file: Source, listing: &mut Listing) -> Result<Readers, Fault> {
    let again = file.clone();
    let mut file = BufReader::new(file);
    preflight::inspect(&mut file)?;
    let manifest = part(&mut file, "META-INF/manifest.xml", SMALL_PART)?;
    if manifest.is_some_and(|manifest| memmem::find(&manifest, b"encryption-data").is_some()) {
        return Err(Fault::Password);
    }
    let mut archive = ZipArchive::new(file).map_err(|_| Fault::Damaged)?;
    let content = place_of(&archive, "content.xml").ok_or(Fault::Damaged)?;
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
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let Some(table) = self.tables.get(sheet) else {
            return Err(Fault::SheetMissing { sheet: sheet.to_owned() });
        };
        let part = self.archive.by_index(self.content).map_err(|_| Fault::Damaged)?;
        let mut walk = ContentWalk::new(BufReader::new(part));
        for _ in 0..=table.place {
            while !matches!(walk.step()?, ContentStep::Table { .. }) {}
        }
        let mut cells = OdsCells::new(walk);
        Assembler::new(sheet, table.areas.clone(), shown(visit)).run(|| cells.next())
    }
}

/// Goes through the whole content once.
fn tables_of(archive: &mut ZipArchive<BufReader<Source>>, content: usize) -> Result<Vec<OdsTable>, Fault> {
    let part = archive.by_index(content).map_err(|_| Fault::Damaged)?;
    let mut walk = ContentWalk::new(BufReader::new(part));
    let mut tables: Vec<OdsTable> = Vec::new();
    let (mut row, mut repeats, mut column, mut made) = (0, 0, 0, 0);
    loop {
        match walk.step()? {
            ContentStep::Table { name, hidden } => {
                tables.push(OdsTable { place: tables.len(), name, hidden, ..OdsTable::default() });
                (row, repeats) = (0, 0);
            }
            ContentStep::Hides => tables.last_mut().into_iter().for_each(|table| table.hides = true),
            ContentStep::Row { repeated } => {
                row = MAX_ROWS.min(row + repeats);
                (repeats, column) = (repeated, 0);
            }
            ContentStep::Cell(cell) => {
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
            ContentStep::EndOfRow | ContentStep::EndOfTable => {}
            // A workbook has a sheet; one without is written in a way that is not known here.
            ContentStep::End if tables.is_empty() => return Err(Fault::Damaged),
            ContentStep::End => return Ok(tables),
        }
    }
}
