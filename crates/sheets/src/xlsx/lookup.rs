//! What the numbers in a sheet's cells mean: which text a shared string is, and what a style makes of a number.
//!
//! That is for calamine to say, and it tells it cell by cell. So it is asked once for each style, and for each string that
//! is not plain, by a workbook in memory: it has the styles and these strings of the real one, and a sheet of ours with a
//! cell for each of them.

use std::io::{Cursor, Read, Seek, Write};

use calamine::ExcelDateTimeType::{self, DateTime, TimeDelta};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::strings::SharedStrings;
use crate::rows::value::Epoch;

/// The parts that calamine needs besides the sheets.
pub(crate) const PARTS: [&str; 5] = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", STRINGS, STYLES];
const STRINGS: &str = "xl/sharedStrings.xml";
pub(crate) const STYLES: &str = "xl/styles.xml";

/// The most cells of the sheet that asks: above it, calamine had better read the sheets themselves. A workbook has 65,490
/// styles at most.
const MOST: usize = 100_000;

/// What calamine tells of a workbook.
pub(crate) struct WorkbookAnswers {
    pub sheets: Vec<calamine::Sheet>,
    pub epoch: Epoch,
    /// None where it was not asked for it.
    pub lookup: Option<CellLookup>,
}

impl WorkbookAnswers {
    pub(crate) fn of<R: Read + Seek>(book: &Xlsx<R>, lookup: Option<CellLookup>) -> WorkbookAnswers {
        let sheets = book.sheets_metadata().to_vec();
        WorkbookAnswers { sheets, epoch: Epoch::new(book.has_1904_epoch()), lookup }
    }
}

/// The texts of the shared strings and the styles of cells, each by its index.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct CellLookup {
    strings: Vec<Box<str>>,
    /// What a style makes of a number; none where it stays one.
    styles: Vec<Option<ExcelDateTimeType>>,
}

/// Asks calamine about a workbook with these parts; `sheet` is the part of the worksheet at this place, from 0. Nothing
/// comes back if it does not take them.
pub(crate) fn ask<'p>(mut parts: Vec<(&'p str, Vec<u8>)>, sheet: &'p str, place: usize) -> Option<WorkbookAnswers> {
    let mut texts = Vec::new();
    if let Some((_, part)) = parts.iter_mut().find(|(name, _)| *name == STRINGS) {
        let strings = SharedStrings::of(part)?;
        (texts, *part) = (strings.plain, strings.others.into_bytes());
    }
    let styles = parts.iter().find(|(name, _)| *name == STYLES);
    // There may be fewer of them than tags that begin so; to calamine the others are no style then.
    let styles = styles.map_or(0, |(_, part)| memmem::find_iter(part, "<xf").count());
    let others = texts.iter().filter(|text| text.is_none()).count();
    (styles + others <= MOST).then_some(())?;
    parts.push((sheet, probe_sheet(styles, others).into_bytes()));
    let mut book = Xlsx::new(package(&parts)?).ok()?;
    let sheet = book.sheets_metadata().get(place)?.name.clone();
    let lookup = CellLookup::of(&mut book, &sheet, texts)?;
    Some(WorkbookAnswers::of(&book, Some(lookup)))
}

/// A package in memory.
fn package(parts: &[(&str, Vec<u8>)]) -> Option<Cursor<Vec<u8>>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        package.write_all(bytes).ok()?;
    }
    package.finish().ok()
}

/// The sheet that asks: a cell for each style, then one for each string.
fn probe_sheet(styles: usize, strings: usize) -> String {
    let mut sheet = String::from("<worksheet><sheetData><row>");
    (0..styles).for_each(|style| sheet += &format!(r#"<c s="{style}"><v>1</v></c>"#));
    (0..strings).for_each(|string| sheet += &format!(r#"<c t="s"><v>{string}</v></c>"#));
    sheet + "</row></sheetData></worksheet>"
}

impl CellLookup {
    /// Takes the answers from the sheet that asks; `texts` are the strings, without those that it asks for.
    fn of<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, texts: Vec<Option<Box<str>>>) -> Option<CellLookup> {
        let mut cells = book.worksheet_cells_reader(sheet).ok()?;
        let (mut styles, mut others) = (Vec::new(), Vec::new());
        while let Some(cell) = cells.next_cell().ok()? {
            match cell.get_value() {
                DataRef::Float(_) => styles.push(None),
                DataRef::DateTime(day) if day.is_duration() => styles.push(Some(TimeDelta)),
                DataRef::DateTime(_) => styles.push(Some(DateTime)),
                DataRef::SharedString(text) => others.push(Box::from(*text)),
                DataRef::Int(_) | DataRef::String(_) | DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => {
                    return None;
                }
                DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => return None,
            }
        }
        let mut others = others.into_iter();
        let strings = texts.into_iter().map(|text| text.or_else(|| others.next())).collect::<Option<_>>()?;
        Some(CellLookup { strings, styles })
    }

    /// Of a workbook with these strings, and two styles: of a number and of a date.
    #[cfg(test)]
    pub(crate) fn with_strings(strings: &[&str]) -> CellLookup {
        let strings = strings.iter().map(|text| Box::from(*text)).collect();
        CellLookup { strings, styles: vec![None, Some(DateTime)] }
    }

    /// The shared string with this index.
    pub(crate) fn text(&self, index: usize) -> Option<DataRef<'_>> {
        Some(DataRef::SharedString(self.strings.get(index)?))
    }

    /// A number in a cell with this style, or without any.
    pub(crate) fn number(&self, style: Option<usize>, number: f64) -> Option<DataRef<'static>> {
        let kind = style.map_or(Some(None), |style| self.styles.get(style).copied())?;
        Some(kind.map_or(DataRef::Float(number), |kind| DataRef::DateTime(ExcelDateTime::new(number, kind, false))))
    }
}
