//! The scan of one worksheet of an xls file: what stands where, and what a parser would pass over in silence.

use std::collections::HashSet;
use std::ops::Range;

use super::records::{BiffRecords, kind};
use crate::error::Fault;
use crate::input::bytes::{short, word};
use crate::rows::row::cell_name;

/// The most rows and columns of a sheet in this format.
const LIMITS: (u32, u32) = (65_536, 256);
/// What the reader must know of a worksheet. Places are row and column, from 0.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct XlsSheetFacts {
    /// It has hidden rows or columns.
    pub hides: bool,
    /// The cells with a text of the workbook's list.
    pub labels: Vec<(u32, u32)>,
    pub formulas: Vec<(u32, u32)>,
    /// The rows that have cells, in ascending order.
    pub rows: Vec<u16>,
    /// The columns from the first to the last.
    pub columns: u16,
    /// Where the stream has the row of a cell record.
    pub row_fields: Vec<usize>,
    /// Where the stream says how large the sheet is.
    pub sizes: Vec<Range<usize>>,
}

impl XlsSheetFacts {
    /// Takes the blank rows out of the sheet's stream: row `n` of the parser is then the row `rows[n]` of the sheet.
    pub(crate) fn compact(&self, stream: &mut [u8]) -> Result<(), Fault> {
        for size in &self.sizes {
            stream.get_mut(size.clone()).ok_or(Fault::Damaged)?.fill(0);
        }
        for &at in &self.row_fields {
            let place = self.rows.binary_search(&short(stream, at)?).ok().and_then(|place| u16::try_from(place).ok());
            let place = place.ok_or(Fault::Damaged)?;
            stream.get_mut(at..at + 2).ok_or(Fault::Damaged)?.copy_from_slice(&place.to_le_bytes());
        }
        Ok(())
    }
}

/// The walk through one worksheet.
#[derive(Default)]
pub(crate) struct XlsSheetScan {
    name: String,
    /// The number of shared strings in the workbook.
    strings: u32,
    /// The places that have a value.
    seen: HashSet<(u16, u16)>,
    facts: XlsSheetFacts,
}

impl XlsSheetScan {
    /// A scan of a sheet of this name in a workbook with so many shared strings.
    pub(crate) fn new(name: String, strings: u32) -> XlsSheetScan {
        XlsSheetScan { name, strings, ..XlsSheetScan::default() }
    }

    /// Walks the sheet that begins at a position of the stream.
    pub(crate) fn inspect(&mut self, stream: &[u8], start: usize) -> Result<(), Fault> {
        let mut records = BiffRecords { rest: &stream[start..] };
        // Charts within the sheet have a beginning and an end of their own.
        let mut depth = 0_usize;
        while let Some((kind, data)) = records.next() {
            let end = stream.len() - records.rest.len();
            let place = end - data.len()..end;
            match kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return Ok(()),
                kind::EOF => depth -= 1,
                _ if depth > 1 => {}
                kind::ROW => self.facts.hides |= short(data, 12).is_ok_and(|flags| flags & 0x20 != 0),
                kind::COLUMNS => self.facts.hides |= short(data, 8).is_ok_and(|flags| flags & 1 != 0),
                _ => self.look_at(kind, data, place)?,
            }
        }
        let (sheet, after) = (self.name.clone(), None);
        Err(Fault::DamagedSheet { sheet, after })
    }

    /// Looks at a record that may have cells; it has this place in the stream.
    fn look_at(&mut self, kind: u16, data: &[u8], place: Range<usize>) -> Result<(), Fault> {
        match kind {
            kind::DIMENSIONS => {
                self.check_dimensions(data)?;
                self.facts.sizes.push(place);
                return Ok(());
            }
            kind::LABEL_STRING => self.check_string(data)?,
            kind::MANY_NUMBERS => self.check_numbers(data)?,
            kind::FORMULA => {
                self.take(short(data, 0)?, short(data, 2)?)?;
                self.facts.formulas.push((short(data, 0)?.into(), short(data, 2)?.into()));
            }
            _ if kind::CELLS.contains(&kind) => self.take(short(data, 0)?, short(data, 2)?)?,
            _ => return Ok(()),
        }
        self.facts.row_fields.push(place.start);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> XlsSheetFacts {
        let mut rows: Vec<u16> = self.seen.iter().map(|place| place.0).collect();
        rows.sort_unstable();
        rows.dedup();
        self.facts.rows = rows;
        let columns = || self.seen.iter().map(|place| place.1);
        self.facts.columns = columns().max().zip(columns().min()).map_or(0, |(last, first)| last - first + 1);
        self.facts
    }

    fn check_dimensions(&self, data: &[u8]) -> Result<(), Fault> {
        let (bottom, right) = match data.len() {
            10 => (u32::from(short(data, 2)?), short(data, 6)?),
            _ => (word(data, 4)?, short(data, 10)?),
        };
        if bottom > LIMITS.0 || u32::from(right) > LIMITS.1 {
            return Err(Fault::Damaged);
        }
        Ok(())
    }

    fn check_string(&mut self, data: &[u8]) -> Result<(), Fault> {
        let (row, column) = (short(data, 0)?, short(data, 2)?);
        if word(data, 6)? >= self.strings {
            let sheet = self.name.clone();
            let cell = cell_name(row.into(), column.into());
            return Err(Fault::StringMissing { sheet, cell });
        }
        self.facts.labels.push((row.into(), column.into()));
        self.take(row, column)
    }

    fn check_numbers(&mut self, data: &[u8]) -> Result<(), Fault> {
        let row = short(data, 0)?;
        let first = short(data, 2)?;
        let last = short(data, data.len().saturating_sub(2))?;
        if last < first {
            return Err(Fault::Damaged);
        }
        (first..=last).try_for_each(|column| self.take(row, column))
    }

    fn take(&mut self, row: u16, column: u16) -> Result<(), Fault> {
        let cell = || cell_name(row.into(), column.into());
        if u32::from(column) >= LIMITS.1 {
            let (sheet, cell) = (self.name.clone(), cell());
            return Err(Fault::CellBeyond { sheet, cell });
        }
        if !self.seen.insert((row, column)) {
            let (sheet, cell) = (self.name.clone(), cell());
            return Err(Fault::CellOrder { sheet, cell });
        }
        Ok(())
    }
}
