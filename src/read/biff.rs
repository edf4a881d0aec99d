//! The gate of xls workbooks: walks the records of the workbook stream once, before calamine does.
//!
//! It finds what calamine would pass over in silence (a sheet without an end, a cell given twice, a text that is not
//! there) and what would make it reserve absurd memory.

use std::collections::HashSet;

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
/// The other records that give a cell a value: formula, number, label, rich label, flag or error, packed number.
const CELLS: [u16; 6] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E];
/// The most rows and columns of a sheet in this format.
const LIMITS: (u32, u32) = (65_536, 256);

/// What the reader must know before it opens the workbook.
#[derive(Debug, PartialEq)]
pub(super) struct Facts {
    pub biff8: bool,
    /// The workbook names the encoding of its text.
    pub codepage: bool,
}

/// Walks the whole workbook stream.
pub(super) fn inspect(stream: &[u8]) -> Result<Facts, Fault> {
    let mut records = Records { rest: stream };
    let biff8 = version(records.next())?;
    let mut facts = Facts { biff8, codepage: false };
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
    for (start, name) in sheets {
        let rest = stream.get(start..).ok_or(Fault::Damaged)?;
        let sheet = Sheet { name, strings, seen: HashSet::new() };
        sheet.inspect(Records { rest })?;
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
        (true, Some((1, wide))) => {
            let units = wide.chunks_exact(2).take(count);
            let units: Vec<u16> = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        (true, Some((_, narrow))) => narrow.iter().take(count).map(|&byte| char::from(byte)).collect(),
        _ => encoding_rs::GBK.decode(&text[..text.len().min(count)]).0.into_owned(),
    };
    Ok(Some((start, name)))
}

/// The walk through one worksheet.
struct Sheet {
    name: String,
    /// The number of shared strings in the workbook.
    strings: u32,
    /// The places that have a value.
    seen: HashSet<(u16, u16)>,
}

impl Sheet {
    fn inspect(mut self, records: Records<'_>) -> Result<(), Fault> {
        // Charts within the sheet have a beginning and an end of their own.
        let mut depth = 0_usize;
        for (kind, data) in records {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => return Ok(()),
                EOF => depth -= 1,
                _ if depth > 1 => {}
                DIMENSIONS => self.check_dimensions(data)?,
                LABEL_STRING => self.check_string(data)?,
                MANY_NUMBERS => self.check_numbers(data)?,
                _ if CELLS.contains(&kind) => self.take(short(data, 0)?, short(data, 2)?)?,
                _ => {}
            }
        }
        let (sheet, after) = (self.name, None);
        Err(Fault::DamagedSheet { sheet, after })
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

fn short(data: &[u8], at: usize) -> Result<u16, Fault> {
    let short = data.get(at..).and_then(|rest| rest.first_chunk());
    short.map(|&short| u16::from_le_bytes(short)).ok_or(Fault::Damaged)
}

fn word(data: &[u8], at: usize) -> Result<u32, Fault> {
    let word = data.get(at..).and_then(|rest| rest.first_chunk());
    word.map(|&word| u32::from_le_bytes(word)).ok_or(Fault::Damaged)
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
        let bof = record(BOF, &[0, 6, 5, 0]);
        let strings = record(STRINGS, &[1, 0, 0, 0, 1, 0, 0, 0]);
        let start = bof.len() + strings.len() + 17;
        let bound = record(BOUND_SHEET, &[start as u8, 0, 0, 0, 0, 0, 1, 0, b'S']);
        let globals = [bof, strings, bound, record(EOF, &[])].concat();
        [globals, record(BOF, &[0, 6, 16, 0]), sheet.concat()].concat()
    }

    fn number(row: u8, column: u8) -> Vec<u8> {
        record(0x0203, &[row, 0, column, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    #[test]
    fn a_sound_workbook_passes() {
        let label = record(LABEL_STRING, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let stream = workbook(&[label, number(0, 1), record(EOF, &[])]);
        let facts = Facts { biff8: true, codepage: false };
        assert_eq!(inspect(&stream), Ok(facts));
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
