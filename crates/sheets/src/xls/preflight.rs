//! The preflight of xls workbooks: walks the records of the workbook stream once, before calamine does.
//!
//! It finds what calamine would pass over in silence (a sheet without an end, a cell given twice, a text that is not
//! there). On the way it notes what the parser does not tell: what is hidden, and where formulas stand. The parser keeps
//! a sheet as a full rectangle, so blank rows are taken out for it, and the size that a sheet says it has.

use super::records::{BiffRecords, kind};
use super::sheet_scan::{XlsSheetFacts, XlsSheetScan};
use crate::error::Fault;
use crate::format::ForeignKind;
use crate::input::bytes::{short, wide_text, word};

/// The most cells that all sheets may have, blank ones between others counted: as many as one full sheet.
const MOST_CELLS: u64 = 65_536 * 256;

/// What the reader must know before it opens the workbook.
#[derive(Debug, PartialEq)]
pub(crate) struct XlsFacts {
    pub biff8: bool,
    /// The workbook names the encoding of its text.
    pub codepage: bool,
    /// The worksheets, in their order.
    pub sheets: Vec<XlsSheetFacts>,
}

/// Walks the whole workbook stream.
pub(crate) fn inspect(stream: &[u8]) -> Result<XlsFacts, Fault> {
    let mut records = BiffRecords { rest: stream };
    let biff8 = version(records.next())?;
    let mut facts = XlsFacts { biff8, codepage: false, sheets: Vec::new() };
    let mut strings = 0;
    let mut sheets = Vec::new();
    loop {
        let (of, data) = records.next().ok_or(Fault::Damaged)?;
        match of {
            kind::FILE_PASS => return Err(Fault::Password),
            kind::CODE_PAGE => facts.codepage = short(data, 0)? != 1200,
            kind::STRINGS => strings = word(data, 4)?,
            kind::BOUND_SHEET => sheets.extend(worksheet(data, biff8)?),
            kind::EOF => break,
            _ => {}
        }
    }
    for (start, name) in sheets {
        if start >= stream.len() {
            return Err(Fault::Damaged);
        }
        let mut sheet = XlsSheetScan::new(name, strings);
        sheet.inspect(stream, start)?;
        facts.sheets.push(sheet.finish());
    }
    check_sheets(&facts.sheets)?;
    Ok(facts)
}

/// Sheets have no record in common, and not too many cells between them.
pub(crate) fn check_sheets(sheets: &[XlsSheetFacts]) -> Result<(), Fault> {
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
        kind::BOF => Ok(short(data, 0)? != 0x0500),
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
