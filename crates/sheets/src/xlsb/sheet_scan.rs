//! The scan of one sheet of an xlsb file, record by record.

use super::records::{XlsbRecord, kind};
use crate::error::Fault;
use crate::rows::merged::MergedArea;
use crate::rows::row::{MAX_ROWS, cell_name};

/// The most cells of a sheet that the parser does not tell, and the most areas.
const MOST: usize = 1_000_000;
/// What the reader must know of a sheet.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct XlsbSheetFacts {
    /// It has hidden rows or columns.
    pub hides: bool,
    pub areas: Vec<MergedArea>,
    /// The cells that the parser passes over, in the order of the file; places are row and column, from 0.
    pub skipped: Vec<((u32, u32), SkippedValue)>,
}

/// The value of a cell that the parser passes over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SkippedValue {
    Error,
    Text(String),
}

/// The walk through one sheet.
pub(crate) struct XlsbSheetScan<'s> {
    name: &'s str,
    /// The number of shared strings.
    strings: u32,
    /// The current row, from 0.
    row: u32,
    /// Between the beginning and the end of the cells.
    within: bool,
    /// Behind their end, where the parser reads no more of them.
    over: bool,
    pub facts: XlsbSheetFacts,
}

impl XlsbSheetScan<'_> {
    /// A scan of a sheet of this name in a workbook with so many shared strings.
    pub(crate) fn new(name: &str, strings: u32) -> XlsbSheetScan<'_> {
        XlsbSheetScan { name, strings, row: 0, within: false, over: false, facts: XlsbSheetFacts::default() }
    }

    /// Takes the next record of the sheet.
    pub(crate) fn look_at(&mut self, record: &XlsbRecord<'_>) -> Result<(), Fault> {
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
                self.facts.areas.extend(MergedArea::new((first_row?, first_column?), (last_row?, last_column?)));
            }
            _ if self.within => self.look_at_cell(record)?,
            _ => {}
        }
        if self.facts.skipped.len().max(self.facts.areas.len()) > MOST {
            return Err(Fault::TooLarge);
        }
        Ok(())
    }

    fn look_at_cell(&mut self, record: &XlsbRecord<'_>) -> Result<(), Fault> {
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
                self.facts.skipped.push(((self.row, record.word(0)?), SkippedValue::Error));
            }
            kind::RICH_TEXT => {
                let text = SkippedValue::Text(record.text(9)?);
                self.facts.skipped.push(((self.row, record.word(0)?), text));
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
