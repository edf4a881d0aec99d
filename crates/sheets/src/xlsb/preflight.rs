//! The preflight of xlsb workbooks: walks the records of the workbook once, before calamine does.
//!
//! It finds what calamine would pass over in silence (failed formulas, merged areas, hidden rows, cells of rare kinds)
//! and what would make it read beyond a record or a list.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use super::records::{XlsbRecord, XlsbRecords, kind};
use super::sheet_scan::{XlsbSheetFacts, XlsbSheetScan};
use crate::error::Fault;
use crate::package::parts::{SMALL_PART, part, place_of};
use crate::package::relationships::part_of;

/// A sheet that the workbook names, but that no part of the package holds.
const NO_PART: u32 = u32::MAX;

/// Walks the workbook and all of its sheets. Gives what it saw of each worksheet, by name.
pub(crate) fn inspect(mut file: impl Read + Seek) -> Result<HashMap<String, XlsbSheetFacts>, Fault> {
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
        let mut sheet = XlsbSheetScan::new(&name, strings);
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
    mut look: impl FnMut(&XlsbRecord<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Some(place) = place_of(archive, name) else { return Ok(()) };
    let part = archive.by_index(place).map_err(|_| Fault::Damaged)?;
    let mut records = XlsbRecords::new(BufReader::new(part));
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
