//! What the numbers in a sheet's cells mean: which text a shared string is, and what a style makes of a number.
//!
//! Only calamine knows that, and it tells it cell by cell. So it is asked once for each string and each style, by a
//! workbook in memory that has the strings and styles of the real one, and a sheet of ours with a cell for each of them.

use std::io::{Cursor, Read, Seek, Write};

use calamine::ExcelDateTimeType::{self, DateTime, TimeDelta};
use calamine::{DataRef, ExcelDateTime, Reader, Sheet, Xlsx};
use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::read::value::Epoch;

/// The parts that calamine needs besides the sheets.
pub(super) const PARTS: [&str; 5] = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", STRINGS, STYLES];
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";

/// What calamine tells of a workbook.
pub(super) struct Told {
    pub sheets: Vec<Sheet>,
    pub epoch: Epoch,
    /// None where it was not asked for it.
    pub meaning: Option<Meaning>,
}

impl Told {
    pub(super) fn of<R: Read + Seek>(book: &Xlsx<R>, meaning: Option<Meaning>) -> Told {
        let sheets = book.sheets_metadata().to_vec();
        Told { sheets, epoch: Epoch::new(book.has_1904_epoch()), meaning }
    }
}

/// The texts of the shared strings and the styles of cells, each by its index.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meaning {
    strings: Vec<Box<str>>,
    /// What a style makes of a number; none where it stays one.
    styles: Vec<Option<ExcelDateTimeType>>,
}

/// Asks calamine about a workbook with these parts; `sheet` is the part of the worksheet at this place, from 0. Nothing
/// comes back if it does not take them.
pub(super) fn ask(parts: &[(&str, Vec<u8>)], sheet: &str, place: usize) -> Option<Told> {
    let count = |name: &str, needle: &str| {
        let part = parts.iter().find(|(part, _)| *part == name);
        part.map_or(0, |(_, bytes)| memmem::find_iter(bytes, needle).count())
    };
    // There may be fewer of them than tags that begin so; calamine ends the reading there.
    let question = question(count(STYLES, "<xf"), count(STRINGS, "<si"));
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let own = [(sheet, question.as_bytes())];
    for (name, bytes) in parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).chain(own) {
        package.start_file(name, options).ok()?;
        package.write_all(bytes).ok()?;
    }
    let mut book = Xlsx::new(package.finish().ok()?).ok()?;
    let sheet = book.sheets_metadata().get(place)?.name.clone();
    let meaning = Meaning::of(&mut book, &sheet)?;
    Some(Told::of(&book, Some(meaning)))
}

/// The sheet that asks: a cell for each style, then one for each string.
fn question(styles: usize, strings: usize) -> String {
    let mut sheet = String::from("<worksheet><sheetData><row>");
    (0..styles).for_each(|style| sheet += &format!(r#"<c s="{style}"><v>1</v></c>"#));
    (0..strings).for_each(|string| sheet += &format!(r#"<c t="s"><v>{string}</v></c>"#));
    sheet + "</row></sheetData></worksheet>"
}

impl Meaning {
    /// Takes the answers from the sheet that asks.
    fn of<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str) -> Option<Meaning> {
        let mut cells = book.worksheet_cells_reader(sheet).ok()?;
        let mut meaning = Meaning::default();
        // An index that there is not is an error.
        while let Ok(Some(cell)) = cells.next_cell() {
            match cell.get_value() {
                DataRef::Float(_) => meaning.styles.push(None),
                DataRef::DateTime(day) if day.is_duration() => meaning.styles.push(Some(TimeDelta)),
                DataRef::DateTime(_) => meaning.styles.push(Some(DateTime)),
                DataRef::SharedString(text) => meaning.strings.push(Box::from(*text)),
                _ => return None,
            }
        }
        Some(meaning)
    }

    /// The shared string with this index.
    pub(super) fn text(&self, index: usize) -> Option<DataRef<'_>> {
        Some(DataRef::SharedString(self.strings.get(index)?))
    }

    /// A number in a cell with this style, or without any.
    pub(super) fn number(&self, style: Option<usize>, number: f64) -> Option<DataRef<'static>> {
        let kind = style.map_or(Some(None), |style| self.styles.get(style).copied())?;
        Some(kind.map_or(DataRef::Float(number), |kind| DataRef::DateTime(ExcelDateTime::new(number, kind, false))))
    }
}
