//! The gate of xls workbooks: walks the records of the workbook stream once, before calamine does.
//!
//! It finds what calamine would pass over in silence (a sheet without an end, a cell given twice, a text that is not
//! there). On the way it notes what the parser does not tell: what is hidden, and where formulas stand. The parser keeps
//! a sheet as a full rectangle, so blank rows are taken out for it, and the size that a sheet says it has.

use std::collections::HashSet;
use std::ops::Range;

use super::bytes::{short, wide_text, word};
use super::error::Fault;
use super::format::ForeignKind;
use super::row::cell_name;

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
    /// The rows that have cells, in ascending order.
    pub rows: Vec<u16>,
    /// The columns from the first to the last.
    columns: u16,
    /// Where the stream has the row of a cell record.
    row_fields: Vec<usize>,
    /// Where the stream says how large the sheet is.
    sizes: Vec<Range<usize>>,
}

impl SheetFacts {
    /// Takes the blank rows out of the sheet's stream: row `n` of the parser is then the row `rows[n]` of the sheet.
    pub(super) fn compact(&self, stream: &mut [u8]) -> Result<(), Fault> {
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

/// Walks the whole workbook stream.
pub(super) fn inspect(stream: &[u8]) -> Result<Facts, Fault> {
    let mut records = Records { rest: stream };
    let biff8 = version(records.next())?;
    let mut facts = Facts { biff8, codepage: false, sheets: Vec::new() };
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
        if start >= stream.len() {
            return Err(Fault::Damaged);
        }
        let mut sheet = Sheet { name, strings, ..Sheet::default() };
        sheet.inspect(stream, start)?;
        facts.sheets.push(sheet.finish());
    }
    check_sheets(&facts.sheets)?;
    Ok(facts)
}

/// Sheets have no record in common, and not too many cells between them.
fn check_sheets(sheets: &[SheetFacts]) -> Result<(), Fault> {
    let mut fields: Vec<usize> = sheets.iter().flat_map(|sheet| sheet.row_fields.iter().copied()).collect();
    let all = fields.len();
    fields.sort_unstable();
    fields.dedup();
    if fields.len() < all {
        return Err(Fault::Damaged);
    }
    let cells: u64 = sheets.iter().map(|sheet| sheet.rows.len() as u64 * u64::from(sheet.columns)).sum();
    if cells > MOST_CELLS { Err(Fault::TooLarge) } else { Ok(()) }
}

/// Whether the first record begins a workbook of BIFF 8; BIFF 5 is the other kind that is read.
fn version(first: Option<(u16, &[u8])>) -> Result<bool, Fault> {
    let (kind, data) = first.ok_or(Fault::Damaged)?;
    match kind {
        BOF => Ok(short(data, 0)? != 0x0500),
        0x0009 | 0x0209 | 0x0409 => Err(Fault::NotAWorkbook { kind: ForeignKind::OldExcel }),
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
    facts: SheetFacts,
}

impl Sheet {
    /// Walks the sheet that begins at a position of the stream.
    fn inspect(&mut self, stream: &[u8], start: usize) -> Result<(), Fault> {
        let mut records = Records { rest: &stream[start..] };
        // Charts within the sheet have a beginning and an end of their own.
        let mut depth = 0_usize;
        while let Some((kind, data)) = records.next() {
            let end = stream.len() - records.rest.len();
            let place = end - data.len()..end;
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => return Ok(()),
                EOF => depth -= 1,
                _ if depth > 1 => {}
                ROW => self.facts.hides |= short(data, 12).is_ok_and(|flags| flags & 0x20 != 0),
                COLUMNS => self.facts.hides |= short(data, 8).is_ok_and(|flags| flags & 1 != 0),
                _ => self.look_at(kind, data, place)?,
            }
        }
        let (sheet, after) = (self.name.clone(), None);
        Err(Fault::DamagedSheet { sheet, after })
    }

    /// Looks at a record that may have cells; it has this place in the stream.
    fn look_at(&mut self, kind: u16, data: &[u8], place: Range<usize>) -> Result<(), Fault> {
        match kind {
            DIMENSIONS => {
                self.check_dimensions(data)?;
                self.facts.sizes.push(place);
                return Ok(());
            }
            LABEL_STRING => self.check_string(data)?,
            MANY_NUMBERS => self.check_numbers(data)?,
            FORMULA => {
                self.take(short(data, 0)?, short(data, 2)?)?;
                self.facts.formulas.push((short(data, 0)?.into(), short(data, 2)?.into()));
            }
            _ if CELLS.contains(&kind) => self.take(short(data, 0)?, short(data, 2)?)?,
            _ => return Ok(()),
        }
        self.facts.row_fields.push(place.start);
        Ok(())
    }

    fn finish(mut self) -> SheetFacts {
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
        let (sizes, hides) = (std::iter::once(at..at + 14).collect(), true);
        let row_fields = [18 + 20, 18 + 20 + 14, 18 + 20 + 14 + 18].map(|behind| at + behind).to_vec();
        let (labels, formulas, rows) = (vec![(0, 0)], vec![(4, 1)], vec![0, 4]);
        let sheet = SheetFacts { hides, labels, formulas, rows, columns: 2, row_fields, sizes };
        let mut compact = stream.clone();
        assert_eq!(sheet.compact(&mut compact), Ok(()));
        let changed: Vec<usize> = (0..stream.len()).filter(|&at| compact[at] != stream[at]).collect();
        assert_eq!((changed, compact[at + 70]), (vec![at + 4, at + 10, at + 70], 1));
        let facts = Facts { biff8: true, codepage: false, sheets: vec![sheet] };
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
    fn sheets_with_records_in_common_are_damaged() {
        let sheet = [number(0, 0), record(EOF, &[])];
        assert!(inspect(&workbook_of(b"S", &sheet)).is_ok());
        assert_eq!(inspect(&workbook_of(b"ST", &sheet)), Err(Fault::Damaged));
    }

    #[test]
    fn sheets_may_be_as_large_as_one_full_sheet_between_them() {
        let sheet = |first: usize, rows: u16| {
            let row_fields = (first..first + usize::from(rows)).collect();
            SheetFacts { rows: (0..rows).collect(), columns: 256, row_fields, ..SheetFacts::default() }
        };
        assert_eq!(check_sheets(&[sheet(0, 40_000), sheet(40_000, 25_536)]), Ok(()));
        assert_eq!(check_sheets(&[sheet(0, 40_000), sheet(40_000, 25_537)]), Err(Fault::TooLarge));
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
        assert_eq!(inspect(&old), Err(Fault::NotAWorkbook { kind: ForeignKind::OldExcel }));
    }
}
