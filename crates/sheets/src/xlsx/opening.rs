//! Opens an xlsx workbook: what its sheets are, which parts they are in, and what their cells mean.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use calamine::{SheetType, SheetVisible};
use zip::ZipArchive;

use super::book::{SheetPart, XlsxBook, XlsxFacts};
use super::lookup::{self, STYLES, WorkbookAnswers};
use super::parser::{Parser, parser};
use super::struck::struck_styles;
use crate::error::Fault;
use crate::input::listing::Listing;
use crate::input::readers::{Contents, Readers};
use crate::input::source::Source;
use crate::package::keyword::package_has;
use crate::package::parts::{SMALL_PART, has_part, part, place_of};
use crate::package::preflight::{self, PartFacts};
use crate::package::relationships::{lost_sheet, sheet_parts};

/// Checks the package and opens it; fills in the listing of sheets.
pub(crate) fn open(file: Source, refused_keyword: Option<&str>, listing: &mut Listing) -> Result<Readers, Fault> {
    let mut package = BufReader::new(file.clone());
    let by_part = preflight::inspect(&mut package)?;
    if refused_keyword.is_some_and(|keyword| package_has(&mut package, keyword)) {
        return Err(Fault::RefusedKeyword);
    }
    let parts = parts_in_order(&mut package)?;
    let archive = zip_archive(file.clone())?;
    // Of parts whose names differ in case only, calamine has its own choice.
    let distinct = parts.as_deref().filter(|_| by_part.len() == archive.len());
    let answers = distinct.and_then(|parts| answers(&mut package, parts));
    let (answers, book) = match answers {
        Some(answers) => (answers, None),
        None => {
            let book = parser(file.clone())?;
            (WorkbookAnswers::of(&book, None), Some(book))
        }
    };
    let sheets = sheets_of(&answers.sheets, parts.as_deref(), &by_part, &archive);
    for sheet in &answers.sheets {
        listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, sheet.visible != SheetVisible::Visible);
        if sheets.get(&sheet.name).is_some_and(|part| part.facts.hidden) {
            listing.hides_rows(&sheet.name);
        }
    }
    let styles = part(&mut package, STYLES, SMALL_PART)?.unwrap_or_default();
    let struck = struck_styles(&styles);
    let facts = Arc::new(XlsxFacts { epoch: answers.epoch, sheets, lookup: answers.lookup, struck });
    let first = XlsxBook { package: archive, parser: Parser { file: file.clone(), book }, facts: Arc::clone(&facts) };
    let another = move || {
        let (package, parser) = (zip_archive(file.clone())?, Parser { file: file.clone(), book: None });
        Ok(Box::new(XlsxBook { package, parser, facts: Arc::clone(&facts) }) as Box<dyn Contents>)
    };
    Ok(Readers::many(first, Box::new(another)))
}

fn zip_archive(file: Source) -> Result<ZipArchive<BufReader<Source>>, Fault> {
    ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::Damaged)
}

/// What calamine tells of a workbook whose sheets are in these parts; nothing where they are too many or too strange for
/// it to be asked.
fn answers(file: &mut (impl Read + Seek), parts: &[String]) -> Option<WorkbookAnswers> {
    let place = parts.iter().position(|part| part.starts_with("xl/worksheets/"))?;
    let mut frame = Vec::new();
    for name in lookup::PARTS {
        // Only what is missing may be missing: without a part that is too large, the answers would be those of another
        // workbook.
        match part(&mut *file, name, SMALL_PART).ok()? {
            Some(bytes) => frame.push((name, bytes)),
            None if has_part(&mut *file, name).ok()? => return None,
            None => {}
        }
    }
    lookup::ask(frame, &parts[place], place)
}

fn parts_in_order(file: &mut (impl Read + Seek)) -> Result<Option<Vec<String>>, Fault> {
    let workbook = part(&mut *file, "xl/workbook.xml", SMALL_PART)?;
    let relationships = part(&mut *file, "xl/_rels/workbook.xml.rels", SMALL_PART)?;
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
    by_part: &HashMap<String, PartFacts>,
    package: &ZipArchive<BufReader<Source>>,
) -> HashMap<String, SheetPart> {
    let sheet_part =
        |name: &String| Some(SheetPart { facts: by_part.get(name).copied()?, place: place_of(package, name) });
    let parts = parts.filter(|parts| parts.len() == sheets.len());
    let known: Option<Vec<SheetPart>> = parts.and_then(|parts| parts.iter().map(sheet_part).collect());
    let any = |seen: fn(&PartFacts) -> bool| by_part.values().any(seen);
    let worst = PartFacts { merges: any(|facts| facts.merges), formulas: any(|facts| facts.formulas), hidden: false };
    let known = known.unwrap_or_else(|| vec![SheetPart { facts: worst, place: None }; sheets.len()]);
    sheets.iter().map(|sheet| sheet.name.clone()).zip(known).collect()
}
