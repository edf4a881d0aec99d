//! ods workbooks, which are read into memory whole.

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, Write};

use calamine::{Ods, OdsError, Reader, SheetType, SheetVisible};
use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::dense::DenseSheet;
use super::error::Fault;
use super::merge::Area;
use super::parts::is_well_nested;
use super::row::Visit;
use super::source::Source;
use super::spans::areas_of_tables;
use super::value::Epoch;
use super::{Contents, Listing, gate};

/// The part that holds the sheets.
const CONTENT: &str = "content.xml";
/// The part that lists the others.
const MANIFEST: &str = "META-INF/manifest.xml";
/// Far above any real content, in bytes.
const MOST: u64 = 1 << 30;

/// An open ods workbook that has passed the gate.
pub(super) struct OdsBook {
    book: Ods<Cursor<Vec<u8>>>,
    /// The merged areas of each sheet, in the order of the workbook.
    areas: HashMap<String, Vec<Area>>,
}

impl OdsBook {
    pub(super) fn open(mut file: Source, listing: &mut Listing) -> Result<OdsBook, Fault> {
        gate::inspect(&mut file)?;
        if is_encrypted(&mut file)? {
            return Err(Fault::Password);
        }
        let content = gate::part(&mut file, CONTENT, MOST)?.ok_or(Fault::Damaged)?;
        let content = without_gaps(&content);
        let text = std::str::from_utf8(&content).map_err(|_| Fault::Damaged)?;
        // The parser looks for the end of a table for ever.
        if !is_well_nested(text) {
            return Err(Fault::Damaged);
        }
        let areas = areas_of_tables(text);
        let package = Cursor::new(repacked(&mut file, &content)?);
        let book = Ods::new(package).map_err(|error| fault_of(&error))?;
        for sheet in book.sheets_metadata() {
            let hidden = sheet.visible != SheetVisible::Visible;
            listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        }
        let names = book.sheet_names();
        // A table within a cell would shift the areas of all that follow.
        if names.len() != areas.len() {
            return Err(Fault::Damaged);
        }
        let areas = names.into_iter().zip(areas).collect();
        Ok(OdsBook { book, areas })
    }
}

impl Contents for OdsBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = |_| Fault::SheetMissing { sheet: sheet.to_owned() };
        let cells = self.book.worksheet_range(sheet).map_err(missing)?;
        let formulas = self.book.worksheet_formula(sheet).map_err(missing)?;
        let areas = self.areas.get(sheet).cloned().unwrap_or_default();
        let sheet_in_memory = DenseSheet { cells, formulas, areas };
        // Dates are text in this format, so there is no epoch.
        sheet_in_memory.rows(sheet, Epoch::new(false), visit)
    }
}

/// Whether the manifest says that a part is encrypted. Encrypted content looks damaged, and may have another name.
fn is_encrypted(file: &mut (impl Read + Seek)) -> Result<bool, Fault> {
    let manifest = gate::part(file, MANIFEST, gate::SMALL_PART)?.unwrap_or_default();
    Ok(memmem::find(&manifest, b"encryption-data").is_some())
}

/// The package again, with nothing but what the parser wants.
fn repacked(file: &mut (impl Read + Seek), content: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| {
        package.start_file(name, stored).map_err(|_| Fault::Damaged)?;
        package.write_all(bytes).map_err(|_| Fault::Damaged)
    };
    for name in ["mimetype", MANIFEST] {
        let part = gate::part(&mut *file, name, gate::SMALL_PART)?;
        add(name, &part.ok_or(Fault::Damaged)?)?;
    }
    add(CONTENT, content)?;
    let package = package.finish().map_err(|_| Fault::Damaged)?;
    Ok(package.into_inner())
}

/// Takes out white space that stands between a tag and a tag of the table namespace: the parser refuses it, although the
/// format allows it.
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

fn fault_of(error: &OdsError) -> Fault {
    match error {
        OdsError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
