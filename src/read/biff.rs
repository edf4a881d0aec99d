//! The gate of xls workbooks: walks the records of the workbook stream once, before calamine does.
//!
//! It finds what calamine would pass over in silence (a sheet without an end, a cell given twice, a text that is not
//! there) and what would make it reserve absurd memory. On the way it notes what the parser does not tell: what is
//! hidden, and where formulas stand.

use std::collections::HashSet;
use std::ops::Range;

use super::bytes::{short, wide_text, word};
use super::error::Fault;
use super::row::cell_name;
use super::sniff::OLD_EXCEL;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const BOUND_SHEET: u16 = 0x0085;
const STRINGS: u16 = 0x00FC;
const DIMENSIONS: u16 = 0x0200;
const LABEL_STRING: u16 = 0x00FD;
const MANY_NUMBERS: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
/// The other records that give a cell a value: number, label, rich label, flag or error, packed number.
const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E];
/// The most rows and columns of a sheet in this format.
const LIMITS: (u32, u32) = (65_536, 256);
/// The most cells that all sheets may have, blank ones between others counted: as many as one full sheet.
const MOST_CELLS: u64 = 65_536 * 256;

/// What the reader must know before it opens the workbook.
#[derive(Debug, PartialEq)]
pub(super) struct Facts {
    pub biff8: bool,
    /// The workbook names the encoding of its text.
    pub codepage: bool,
    /// Where the stream says how large its sheets are, which no memory should be reserved for.
    pub sizes: Vec<Range<usize>>,
    /// The worksheets, in their order.
    pub sheets: Vec<SheetFacts>,
}

/// What the reader must know of a worksheet. Places are row and column, from 0.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SheetFacts {
    /// It has hidden rows or columns.
    pub hides: bool,
    /// The cells with a text of the workbook's list.
    pub labels: Vec<(u32, u32)>,
    pub formulas: Vec<(u32, u32)>,
}

/// Walks the whole workbook stream.
pub(super) fn inspect(stream: &[u8]) -> Result<Facts, Fault> {
    let mut records = Records { rest: stream };
    let biff8 = version(records.next())?;
    let mut facts = Facts { biff8, codepage: false, sizes: Vec::new(), sheets: Vec::new() };
    let mut strings = 0;
    let mut sheets = Vec::new();
    loop {
        let (kind, data) = records.next().ok_or(Fault::Damaged)?;
        match kind {
            FILE_PASS => return Err(Fault::Password),
            CODE_PAGE => facts.codepage = short(data, 0)? != 1200,
            STRINGS => strings = word(data, 4)?,
            BOUND_SHEET => sheets.extend(worksheet(data, biff8)?),
            EOF => break,
            _ => {}
        }
    }
    let mut cells = 0;
    for (start, name) in sheets {
        let rest = stream.get(start..).ok_or(Fault::Damaged)?;
        let mut sheet = Sheet { name, strings, ..Sheet::default() };
        sheet.inspect(Records { rest })?;
        cells += sheet.span();
        facts.sizes.extend(sheet.sizes.into_iter().map(|size| size.start + start..size.end + start));
        facts.sheets.push(sheet.facts);
    }
    if cells > MOST_CELLS {
        return Err(Fault::TooLarge);
    }
    Ok(facts)
}

/// Whether the first record begins a workbook of BIFF 8; BIFF 5 is the other kind that is read.
fn version(first: Option<(u16, &[u8])>) -> Result<bool, Fault> {
    let (kind, data) = first.ok_or(Fault::Damaged)?;
    match kind {
        BOF => Ok(short(data, 0)? != 0x0500),
        0x0009 | 0x0209 | 0x0409 => Err(Fault::NotAWorkbook { kind: OLD_EXCEL }),
        _ => Err(Fault::Damaged),
    }
}

/// The position and name of a sheet, if it is a worksheet.
fn worksheet(data: &[u8], biff8: bool) -> Result<Option<(usize, String)>, Fault> {
    let start = word(data, 0)? as usize;
    let [_, kind, count] = *data.get(4..).and_then(|rest| rest.first_chunk()).ok_or(Fault::Damaged)?;
    if kind != 0 {
        return Ok(None);
    }
    let count = usize::from(count);
    let text = data.get(7..).ok_or(Fault::Damaged)?;
    let name = match (biff8, text.split_first()) {
        (true, Some((1, wide))) => wide_text(&wide[..wide.len().min(2 * count)]),
        (true, Some((_, narrow))) => narrow.iter().take(count).map(|&byte| char::from(byte)).collect(),
        _ => encoding_rs::GBK.decode(&text[..text.len().min(count)]).0.into_owned(),
    };
    Ok(Some((start, name)))
}

/// The walk through one worksheet.
#[derive(Default)]
struct Sheet {
    name: String,
    /// The number of shared strings in the workbook.
    strings: u32,
    /// The places that have a value.
    seen: HashSet<(u16, u16)>,
    /// Where the sheet says how large it is, counted from its beginning.
    sizes: Vec<Range<usize>>,
    facts: SheetFacts,
}

impl Sheet {
    fn inspect(&mut self, mut records: Records<'_>) -> Result<(), Fault> {
        // Charts within the sheet have a beginning and an end of their own.
        let mut depth = 0_usize;
        let whole = records.rest.len();
        while let Some((kind, data)) = records.next() {
            let end = whole - records.rest.len();
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => return Ok(()),
                EOF => depth -= 1,
                _ if depth > 1 => {}
                DIMENSIONS => {
                    self.check_dimensions(data)?;
                    self.sizes.push(end - data.len()..end);
                }
                LABEL_STRING => self.check_string(data)?,
                MANY_NUMBERS => self.check_numbers(data)?,
                FORMULA => {
                    self.take(short(data, 0)?, short(data, 2)?)?;
                    self.facts.formulas.push((short(data, 0)?.into(), short(data, 2)?.into()));
                }
                ROW => self.facts.hides |= short(data, 12)? & 0x20 != 0,
                COLUMNS => self.facts.hides |= short(data, 8)? & 1 != 0,
                _ if CELLS.contains(&kind) => self.take(short(data, 0)?, short(data, 2)?)?,
                _ => {}
            }
        }
        let (sheet, after) = (self.name.clone(), None);
        Err(Fault::DamagedSheet { sheet, after })
    }

    /// The cells from the first to the last, blank ones counted.
    fn span(&self) -> u64 {
        let side = |first: Option<u16>, last: Option<u16>| match (first, last) {
            (Some(first), Some(last)) => u64::from(last - first) + 1,
            _ => 0,
        };
        let (rows, columns) = (|| self.seen.iter().map(|place| place.0), || self.seen.iter().map(|place| place.1));
        side(rows().min(), rows().max()) * side(columns().min(), columns().max())
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

/// The records of a stream, each with its kind and data, so far as they are whole.
struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.rest.split_first_chunk::<4>()?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some((kind, data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len() as u16;
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    /// A workbook stream with one worksheet `S` that has these records.
    fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
        workbook_of(b"S", sheet)
    }

    /// A workbook stream with worksheets of these names, which all have the same records.
    fn workbook_of(names: &[u8], sheet: &[Vec<u8>]) -> Vec<u8> {
        let bof = record(BOF, &[0, 6, 5, 0]);
        let strings = record(STRINGS, &[1, 0, 0, 0, 1, 0, 0, 0]);
        let start = bof.len() + strings.len() + 13 * names.len() + 4;
        let bound = |&name: &u8| record(BOUND_SHEET, &[start as u8, 0, 0, 0, 0, 0, 1, 0, name]);
        let bounds: Vec<u8> = names.iter().flat_map(bound).collect();
        let globals = [bof, strings, bounds, record(EOF, &[])].concat();
        [globals, record(BOF, &[0, 6, 16, 0]), sheet.concat()].concat()
    }

    fn number(row: u8, column: u8) -> Vec<u8> {
        record(0x0203, &[row, 0, column, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    #[test]
    fn a_sound_workbook_passes() {
        let label = record(LABEL_STRING, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let size = record(DIMENSIONS, &[0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 2, 0, 0, 0]);
        let formula = record(FORMULA, &[4, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        let row = record(ROW, &[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]);
        let stream = workbook(&[size, row, label, number(0, 1), formula, record(EOF, &[])]);
        let at = memchr::memmem::find(&stream, &[0, 0, 0, 0, 9, 0]).expect("the size");
        let (sizes, hides) = (vec![at..at + 14], true);
        let sheet = SheetFacts { hides, labels: vec![(0, 0)], formulas: vec![(4, 1)] };
        let facts = Facts { biff8: true, codepage: false, sizes, sheets: vec![sheet] };
        assert_eq!(inspect(&stream), Ok(facts));
    }

    #[test]
    fn hidden_rows_and_columns_are_told_from_others() {
        let hides = |hiding: Vec<u8>| {
            let stream = workbook(&[hiding, record(EOF, &[])]);
            inspect(&stream).map(|facts| facts.sheets[0].hides)
        };
        let row = |flags: u8| record(ROW, &[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, flags, 0, 0, 0]);
        let columns = |flags: u8| record(COLUMNS, &[0, 0, 1, 0, 0, 8, 0, 0, flags, 0, 0, 0]);
        assert_eq!([row(0xDF), row(0x20), columns(0xFE), columns(1)].map(hides), [false, true, false, true].map(Ok));
    }

    #[test]
    fn sheets_may_be_as_large_as_one_full_sheet_between_them() {
        let last = record(0x0203, &[0xFF, 0xFF, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let sheet = [number(0, 0), last, record(EOF, &[])];
        assert!(inspect(&workbook_of(b"S", &sheet)).is_ok());
        assert_eq!(inspect(&workbook_of(b"ST", &sheet)), Err(Fault::TooLarge));
    }

    #[test]
    fn what_the_parser_would_pass_over_is_a_fault() {
        let sheet = || "S".to_owned();
        let end = || record(EOF, &[]);
        let twice = workbook(&[number(2, 1), number(2, 1), end()]);
        let cell = "B3".to_owned();
        assert_eq!(inspect(&twice), Err(Fault::CellOrder { sheet: sheet(), cell }));
        let label = record(LABEL_STRING, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
        let cell = "A1".to_owned();
        assert_eq!(inspect(&workbook(&[label, end()])), Err(Fault::StringMissing { sheet: sheet(), cell }));
        let after = None;
        assert_eq!(inspect(&workbook(&[number(0, 0)])), Err(Fault::DamagedSheet { sheet: sheet(), after }));
        let huge = record(DIMENSIONS, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 1, 0, 0, 0]);
        assert_eq!(inspect(&workbook(&[huge, end()])), Err(Fault::Damaged));
    }

    #[test]
    fn a_password_and_an_old_version_are_told() {
        let locked = [record(BOF, &[0, 6, 5, 0]), record(FILE_PASS, &[0, 0])].concat();
        assert_eq!(inspect(&locked), Err(Fault::Password));
        let old = record(0x0409, &[0, 4, 16, 0]);
        assert_eq!(inspect(&old), Err(Fault::NotAWorkbook { kind: OLD_EXCEL }));
    }
}
