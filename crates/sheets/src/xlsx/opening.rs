//! Opens an xlsx workbook: what its sheets are, which parts they are in, and what their cells mean.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::meaning::{self, Meaning, Told};
use super::{Parser, XlsxBook, fault_of};
use crate::error::Fault;
use crate::gate::{self, Facts};
use crate::keyword::package_has;
use crate::parts::{lost_sheet, sheet_parts};
use crate::source::Source;
use crate::value::Epoch;
use crate::{Contents, Listing, Readers};

/// What is known of a workbook once it is open.
pub(super) struct Known {
    pub epoch: Epoch,
    /// One for each sheet of the workbook, of whatever type.
    pub sheets: HashMap<String, Part>,
    /// None where only calamine can read the sheets.
    pub meaning: Option<Meaning>,
}

/// The part that a sheet is in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub facts: Facts,
    /// Its place in the package, if that is known.
    pub place: Option<usize>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(crate) fn open(file: Source, refused_keyword: Option<&str>, listing: &mut Listing) -> Result<Readers, Fault> {
    let mut package = BufReader::new(file.clone());
    let by_part = gate::inspect(&mut package)?;
    if refused_keyword.is_some_and(|keyword| package_has(&mut package, keyword)) {
        return Err(Fault::RefusedKeyword);
    }
    let parts = parts_in_order(&mut package)?;
    let archive = zip_archive(file.clone())?;
    // Of parts whose names differ in case only, calamine has its own choice.
    let distinct = parts.as_deref().filter(|_| by_part.len() == archive.len());
    let told = distinct.and_then(|parts| told(&mut package, parts));
    let (told, book) = match told {
        Some(told) => (told, None),
        None => {
            let book = parser(file.clone())?;
            (Told::of(&book, None), Some(book))
        }
    };
    let sheets = sheets_of(&told.sheets, parts.as_deref(), &by_part, &archive);
    for sheet in &told.sheets {
        listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, sheet.visible != SheetVisible::Visible);
        if sheets.get(&sheet.name).is_some_and(|part| part.facts.hidden) {
            listing.hides_rows(&sheet.name);
        }
    }
    let known = Arc::new(Known { epoch: told.epoch, sheets, meaning: told.meaning });
    let first = XlsxBook { package: archive, parser: Parser { file: file.clone(), book }, known: Arc::clone(&known) };
    let another = move || {
        let (package, parser) = (zip_archive(file.clone())?, Parser { file: file.clone(), book: None });
        Ok(Box::new(XlsxBook { package, parser, known: Arc::clone(&known) }) as Box<dyn Contents>)
    };
    Ok(Readers::many(first, Box::new(another)))
}

pub(super) fn parser(file: Source) -> Result<Xlsx<BufReader<Source>>, Fault> {
    Xlsx::new(BufReader::new(file)).map_err(|error| fault_of(&error))
}

fn zip_archive(file: Source) -> Result<ZipArchive<BufReader<Source>>, Fault> {
    ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::Damaged)
}

/// What calamine tells of a workbook whose sheets are in these parts; nothing where they are too many or too strange for
/// it to be asked.
fn told(file: &mut (impl Read + Seek), parts: &[String]) -> Option<Told> {
    let place = parts.iter().position(|part| part.starts_with("xl/worksheets/"))?;
    let mut frame = Vec::new();
    for name in meaning::PARTS {
        // Only what is missing may be missing: without a part that is too large, the answers would be those of another
        // workbook.
        match gate::part(&mut *file, name, gate::SMALL_PART).ok()? {
            Some(bytes) => frame.push((name, bytes)),
            None if gate::has_part(&mut *file, name).ok()? => return None,
            None => {}
        }
    }
    meaning::ask(frame, &parts[place], place)
}

fn parts_in_order(file: &mut (impl Read + Seek)) -> Result<Option<Vec<String>>, Fault> {
    let workbook = gate::part(&mut *file, "xl/workbook.xml", gate::SMALL_PART)?;
    let relationships = gate::part(&mut *file, "xl/_rels/workbook.xml.rels", gate::SMALL_PART)?;
    let Some(workbook) = workbook else { return Ok(None) };
    let relationships = relationships.unwrap_or_default();
    match lost_sheet(&workbook, &relationships) {
        Some(sheet) => Err(Fault::SheetMissing { sheet }),
        None => Ok(sheet_parts(&workbook, &relationships)),
    }
}

/// The part of each sheet. If it is not known which part is which, each sheet may have what any has.
fn sheets_of(
    sheets: &[calamine::Sheet],
    parts: Option<&[String]>,
    by_part: &HashMap<String, Facts>,
    package: &ZipArchive<BufReader<Source>>,
) -> HashMap<String, Part> {
    let part = |name: &String| Some(Part { facts: by_part.get(name).copied()?, place: gate::place_of(package, name) });
    let parts = parts.filter(|parts| parts.len() == sheets.len());
    let known: Option<Vec<Part>> = parts.and_then(|parts| parts.iter().map(part).collect());
    let any = |seen: fn(&Facts) -> bool| by_part.values().any(seen);
    let worst = Facts { merges: any(|facts| facts.merges), formulas: any(|facts| facts.formulas), hidden: false };
    let known = known.unwrap_or_else(|| vec![Part { facts: worst, place: None }; sheets.len()]);
    sheets.iter().map(|sheet| sheet.name.clone()).zip(known).collect()
}
