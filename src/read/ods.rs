//! ods workbooks, which are read into memory whole. Merged areas are not told by the parser.

use std::fs::File;
use std::io::{Cursor, Read, Seek, Write};

use calamine::{Ods, OdsError, Reader, SheetType, SheetVisible};
use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::dense::DenseSheet;
use super::error::Fault;
use super::row::Visit;
use super::value::Epoch;
use super::{Contents, Listing, gate};

/// The parts that the parser wants, in the order of the package.
const PARTS: [&str; 3] = ["mimetype", "META-INF/manifest.xml", "content.xml"];

/// An open ods workbook that has passed the gate.
pub(super) struct OdsBook {
    book: Ods<Cursor<Vec<u8>>>,
}

impl OdsBook {
    pub(super) fn open(mut file: File, listing: &mut Listing) -> Result<OdsBook, Fault> {
        let facts = gate::inspect(&mut file)?;
        let package = Cursor::new(tidied(&mut file)?);
        let book = Ods::new(package).map_err(|error| fault_of(&error))?;
        for sheet in book.sheets_metadata() {
            let hidden = sheet.visible != SheetVisible::Visible;
            listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        }
        if facts.get("content.xml").is_some_and(|facts| facts.merges) {
            let remark = "ods 格式的合并单元格只读取左上角的值，请另存为 .xlsx 再检查";
            listing.notes.push(remark.to_owned());
        }
        Ok(OdsBook { book })
    }
}

impl Contents for OdsBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = |_| Fault::SheetMissing { sheet: sheet.to_owned() };
        let cells = self.book.worksheet_range(sheet).map_err(missing)?;
        let formulas = self.book.worksheet_formula(sheet).map_err(missing)?;
        let areas = Vec::new();
        let sheet_in_memory = DenseSheet { cells, formulas, areas };
        // Dates are text in this format, so there is no epoch.
        sheet_in_memory.rows(sheet, Epoch::new(false), visit)
    }
}

/// The package again, with nothing but what the parser wants, and without the white space between cells, which the parser
/// refuses although the format allows it.
fn tidied(file: &mut (impl Read + Seek)) -> Result<Vec<u8>, Fault> {
    /// Far above any real sheet in this format, in bytes.
    const MOST: u64 = 1 << 30;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in PARTS {
        let mut part = gate::part(&mut *file, name, MOST)?.ok_or(Fault::Damaged)?;
        if name == "content.xml" {
            part = without_gaps(&part);
            check_tables_end(&part)?;
        }
        package.start_file(name, stored).map_err(|_| Fault::Damaged)?;
        package.write_all(&part).map_err(|_| Fault::Damaged)?;
    }
    let package = package.finish().map_err(|_| Fault::Damaged)?;
    Ok(package.into_inner())
}

/// Takes out white space that stands between a tag and a tag of the table namespace.
fn without_gaps(text: &[u8]) -> Vec<u8> {
    let mut tidy: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memmem::find(rest, b">") {
        let (head, tail) = rest.split_at(at + 1);
        tidy.extend_from_slice(head);
        let next = tail.trim_ascii_start();
        let of_table = next.starts_with(b"<table:") || next.starts_with(b"</table:");
        rest = if of_table { next } else { tail };
    }
    tidy.extend_from_slice(rest);
    tidy
}

/// The parser looks for the end of a table or a note for ever, so there must be one for each beginning.
fn check_tables_end(text: &[u8]) -> Result<(), Fault> {
    let pairs = [("<table:table", "</table:table>"), ("<office:annotation", "</office:annotation>")];
    for (open, close) in pairs {
        let opened = memmem::find_iter(text, open).filter(|&at| {
            let behind = text.get(at + open.len());
            behind.is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace())
        });
        let closed_at_once = |&at: &usize| {
            let end = text.get(at..).and_then(|rest| Some(at + memmem::find(rest, b">")?));
            end.is_some_and(|end| text.get(end - 1) == Some(&b'/'))
        };
        let opened = opened.filter(|at| !closed_at_once(at)).count();
        if opened != memmem::find_iter(text, close).count() {
            return Err(Fault::Damaged);
        }
    }
    Ok(())
}

fn fault_of(error: &OdsError) -> Fault {
    match error {
        OdsError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
