//! The gate of xlsb workbooks: walks the records of the workbook once, before calamine does.
//!
//! It finds what calamine would pass over in silence (failed formulas, merged areas, hidden rows, cells of rare kinds)
//! and what would make it read beyond a record or a list.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use super::records::{Record, Records};
use crate::error::Fault;
use crate::gate::{SMALL_PART, part, place_of};
use crate::merge::Area;
use crate::parts::part_of;
use crate::row::{MAX_ROWS, cell_name};

/// Kinds of records.
mod kind {
    pub const ROW: u32 = 0x0000;
    pub const BLANK: u32 = 0x0001;
    pub const PACKED_NUMBER: u32 = 0x0002;
    pub const ERROR: u32 = 0x0003;
    pub const FLAG: u32 = 0x0004;
    pub const NUMBER: u32 = 0x0005;
    pub const TEXT: u32 = 0x0006;
    pub const LISTED_TEXT: u32 = 0x0007;
    pub const TEXT_FORMULA: u32 = 0x0008;
    pub const NUMBER_FORMULA: u32 = 0x0009;
    pub const FLAG_FORMULA: u32 = 0x000A;
    pub const FAILED_FORMULA: u32 = 0x000B;
    /// Cells that stand right behind the one before, first and last kind.
    pub const SHORT: std::ops::RangeInclusive<u32> = 0x000C..=0x0012;
    pub const STRING: u32 = 0x0013;
    pub const COLUMNS: u32 = 0x003C;
    pub const RICH_TEXT: u32 = 0x003E;
    pub const BEGIN_CELLS: u32 = 0x0091;
    pub const END_CELLS: u32 = 0x0092;
    pub const SHEET: u32 = 0x009C;
    pub const BEGIN_STRINGS: u32 = 0x009F;
    pub const MERGED_AREA: u32 = 0x00B0;
}

/// The most cells of a sheet that the parser does not tell, and the most areas.
const MOST: usize = 1_000_000;
/// A sheet that the workbook names, but that no part of the package holds.
const NO_PART: u32 = u32::MAX;

/// What the reader must know of a sheet.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SheetFacts {
    /// It has hidden rows or columns.
    pub hides: bool,
    pub areas: Vec<Area>,
    /// The cells that the parser passes over, in the order of the file; places are row and column, from 0.
    pub untold: Vec<((u32, u32), Untold)>,
}

/// The value of a cell that the parser passes over.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Untold {
    Error,
    Text(String),
}

/// Walks the workbook and all of its sheets. Gives what it saw of each worksheet, by name.
pub(super) fn inspect(mut file: impl Read + Seek) -> Result<HashMap<String, SheetFacts>, Fault> {
    let relationships = part(&mut file, "xl/_rels/workbook.bin.rels", SMALL_PART)?.unwrap_or_default();
    let mut archive = ZipArchive::new(file).map_err(|_| Fault::Damaged)?;
    walk(&mut archive, "xl/styles.bin", |_| Ok(()))?;
    let strings = count_strings(&mut archive)?;
    let mut sheets = Vec::new();
    walk(&mut archive, "xl/workbook.bin", |record| {
        if record.kind == kind::SHEET && record.word(8)? != NO_PART {
            let relationship = record.text(8)?;
            let name = record.text(record.end_of_text(8)?)?;
            match part_of(&relationships, &relationship) {
                Some(part) => sheets.push((name, part)),
                None => return Err(Fault::SheetMissing { sheet: name }),
            }
        }
        Ok(())
    })?;
    let mut facts = HashMap::new();
    for (name, part) in sheets {
        let facts_of_sheet = SheetFacts::default();
        let mut sheet = Sheet { name: &name, strings, row: 0, within: false, over: false, facts: facts_of_sheet };
        walk(&mut archive, &part, |record| sheet.look_at(record))?;
        let seen = sheet.facts;
        facts.insert(name, seen);
    }
    Ok(facts)
}

/// Shows all records of a part, if there is such a part.
fn walk(
    archive: &mut ZipArchive<impl Read + Seek>,
    name: &str,
    mut look: impl FnMut(&Record<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Some(place) = place_of(archive, name) else { return Ok(()) };
    let part = archive.by_index(place).map_err(|_| Fault::Damaged)?;
    let mut records = Records::new(BufReader::new(part));
    while let Some(record) = records.next()? {
        look(&record)?;
    }
    Ok(())
}

/// The number of shared strings that the parser will know: those that are there, as far as the list says so.
fn count_strings(archive: &mut ZipArchive<impl Read + Seek>) -> Result<u32, Fault> {
    let (mut promised, mut there) = (0, 0);
    walk(archive, "xl/sharedStrings.bin", |record| {
        match record.kind {
            kind::BEGIN_STRINGS => promised = record.word(4)?,
            kind::STRING => {
                record.end_of_text(1)?;
                there += 1;
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(promised.min(there))
}

/// The walk through one sheet.
struct Sheet<'s> {
    name: &'s str,
    /// The number of shared strings.
    strings: u32,
    /// The current row, from 0.
    row: u32,
    /// Between the beginning and the end of the cells.
    within: bool,
    /// Behind their end, where the parser reads no more of them.
    over: bool,
    facts: SheetFacts,
}

impl Sheet<'_> {
    fn look_at(&mut self, record: &Record<'_>) -> Result<(), Fault> {
        match record.kind {
            kind::BEGIN_CELLS if self.over => {
                let (sheet, after) = (self.name.to_owned(), None);
                return Err(Fault::DamagedSheet { sheet, after });
            }
            kind::BEGIN_CELLS => self.within = true,
            kind::END_CELLS => (self.within, self.over) = (false, true),
            kind::COLUMNS => {
                record.has(18)?;
                self.facts.hides |= record.data[16] & 1 != 0;
            }
            kind::MERGED_AREA => {
                let [first_row, last_row, first_column, last_column] = [0, 4, 8, 12].map(|at| record.word(at));
                self.facts.areas.extend(Area::new((first_row?, first_column?), (last_row?, last_column?)));
            }
            _ if self.within => self.look_at_cell(record)?,
            _ => {}
        }
        if self.facts.untold.len().max(self.facts.areas.len()) > MOST {
            return Err(Fault::TooLarge);
        }
        Ok(())
    }

    fn look_at_cell(&mut self, record: &Record<'_>) -> Result<(), Fault> {
        match record.kind {
            kind::ROW => {
                record.has(12)?;
                self.row = record.word(0)?;
                self.facts.hides |= record.data[11] & 0x10 != 0;
                if self.row >= MAX_ROWS {
                    let (sheet, cell) = self.at(0);
                    return Err(Fault::CellBeyond { sheet, cell });
                }
            }
            kind::BLANK => record.has(8)?,
            kind::PACKED_NUMBER => record.has(12)?,
            kind::ERROR | kind::FLAG | kind::FLAG_FORMULA => record.has(9)?,
            kind::NUMBER | kind::NUMBER_FORMULA => record.has(16)?,
            kind::TEXT | kind::TEXT_FORMULA => {
                record.end_of_text(8)?;
            }
            kind::LISTED_TEXT if record.word(8)? >= self.strings => {
                let (sheet, cell) = self.at(record.word(0)?);
                return Err(Fault::StringMissing { sheet, cell });
            }
            kind::FAILED_FORMULA => {
                record.has(9)?;
                self.facts.untold.push(((self.row, record.word(0)?), Untold::Error));
            }
            kind::RICH_TEXT => {
                let text = Untold::Text(record.text(9)?);
                self.facts.untold.push(((self.row, record.word(0)?), text));
            }
            short if kind::SHORT.contains(&short) => {
                return Err(Fault::SheetMissing { sheet: self.name.to_owned() });
            }
            _ => {}
        }
        Ok(())
    }

    /// The sheet and the name of a cell of the current row.
    fn at(&self, column: u32) -> (String, String) {
        (self.name.to_owned(), cell_name(self.row, column))
    }
}
