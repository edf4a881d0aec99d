//! xlsx (and xlsm) workbooks: sheets stream cell by cell in constant memory.
//!
//! calamine says which sheets there are and what their cells mean. Rows in the plain shape are read by [`plain`]; from
//! the first cell that is not in it, calamine reads the rest.

mod meaning;
mod opening;
mod pieces;
mod plain;
mod strings;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{Cell, DataRef, Dimensions, Xlsx, XlsxCellFormulaMetadataRecord, XlsxError};
use zip::ZipArchive;
use zip::read::ZipFile;

use self::opening::{Known, parser};
use self::plain::Plain;
use super::assemble::{Assembler, Placed, shown};
use super::error::Fault;
use super::guard::{Panicked, guarded};
use super::merge::Area;
use super::relay::relayed;
use super::row::{Raw, RawCell, Visit, cell_name};
use super::source::Source;
use super::value::Epoch;
use super::{Contents, Parsing};

pub(super) use self::opening::open;

/// An open xlsx workbook that has passed the gate.
struct XlsxBook {
    package: ZipArchive<BufReader<Source>>,
    parser: Parser,
    known: Arc<Known>,
}

/// calamine at the workbook; it is opened when it is needed, because most sheets are plain from end to end.
struct Parser {
    file: Source,
    book: Option<Xlsx<BufReader<Source>>>,
}

impl Parser {
    fn book(&mut self) -> Result<&mut Xlsx<BufReader<Source>>, Fault> {
        let book = match self.book.take() {
            Some(book) => book,
            None => parser(self.file.clone())?,
        };
        Ok(self.book.insert(book))
    }

    fn areas(&mut self, sheet: &str) -> Result<Vec<Area>, Fault> {
        let areas = self.book()?.merge_cells_by_sheet_name(sheet);
        Ok(areas_of(&areas.map_err(|error| fault_in(sheet, &error))?))
    }
}

impl Contents for XlsxBook {
    fn rows(&mut self, sheet: &str, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let part = self.known.sheets.get(sheet).copied().unwrap_or_default();
        let areas = if part.facts.merges { self.parser.areas(sheet)? } else { Vec::new() };
        let meaning = self.known.meaning.as_ref().filter(|_| !part.facts.formulas);
        let plain = meaning.zip(part.place).and_then(|(meaning, place)| {
            let bytes = self.package.by_index(place).ok()?;
            Some(Plain::new(bytes, meaning))
        });
        let (epoch, formulas, last) = (self.known.epoch, part.facts.formulas, LastCell::default());
        let sheet_of = Sheet { name: sheet, areas, plain, parser: &mut self.parser, formulas, epoch, last: &last };
        let parsed = match parsing {
            Parsing::Here => guarded(|| sheet_of.parse(shown(visit))),
            Parsing::Ahead => relayed(visit, |relay| sheet_of.parse(|number, cells| relay.take(number, cells))),
        };
        parsed.unwrap_or_else(|Panicked| Err(Fault::DamagedSheet { sheet: sheet.to_owned(), after: last.name() }))
    }
}

/// How the cells of a sheet become rows.
struct Sheet<'s> {
    name: &'s str,
    areas: Vec<Area>,
    /// The plain rows at its beginning, where it may have any.
    plain: Option<Plain<'s, ZipFile<'s, BufReader<Source>>>>,
    parser: &'s mut Parser,
    formulas: bool,
    epoch: Epoch,
    last: &'s LastCell,
}

impl<'s> Sheet<'s> {
    fn parse(self, take: impl FnMut(u32, &mut Vec<RawCell<'s>>) -> ControlFlow<()>) -> Result<(), Fault> {
        let mut rows = Assembler::new(self.name, self.areas, take);
        let (epoch, last) = (self.epoch, self.last);
        let mut given = 0;
        if let Some(mut plain) = self.plain {
            let mut next = || plain.next().map(|(place, value)| last.see((place, epoch.of_ref(value))));
            if rows.feed(|| Ok::<_, Infallible>(next()))?.is_break() {
                return Ok(());
            }
            match plain.left_at() {
                Some(cells) => given = cells,
                None => {
                    rows.end();
                    return Ok(());
                }
            }
        }
        let cells = self.parser.book()?.worksheet_cells_reader(self.name);
        let mut cells = cells.map_err(|error| fault_in(self.name, &error))?;
        if self.formulas {
            return rows.run(|| {
                let cell = cells.next_cell_with_formula_metadata()?;
                Ok::<_, XlsxError>(cell.map(|cell| last.see(with_formula(epoch, cell))))
            });
        }
        rows.run(|| {
            for _ in 0..std::mem::take(&mut given) {
                cells.next_cell()?;
            }
            let cell = cells.next_cell()?;
            Ok::<_, XlsxError>(cell.map(|cell| last.see(without_formula(epoch, &cell))))
        })
    }
}

/// The last cell that the parser gave before it panicked, on its own thread.
#[derive(Default)]
struct LastCell {
    /// Row and column from 0 in the upper and the lower half, and 1 more.
    place: AtomicU64,
}

impl LastCell {
    fn see<'a>(&self, placed: Placed<'a>) -> Placed<'a> {
        let ((row, column), _) = placed;
        self.place.store((u64::from(row) << 32 | u64::from(column)) + 1, Ordering::Relaxed);
        placed
    }

    fn name(&self) -> Option<String> {
        let place = self.place.load(Ordering::Relaxed).checked_sub(1)?;
        Some(cell_name(u32::try_from(place >> 32).ok()?, u32::try_from(place & u64::from(u32::MAX)).ok()?))
    }
}

fn without_formula<'a>(epoch: Epoch, cell: &Cell<DataRef<'a>>) -> Placed<'a> {
    (cell.get_position(), epoch.of_ref(cell.get_value().clone()))
}

/// A formula without a value in the file is not the same as a blank cell.
fn with_formula<'a>(epoch: Epoch, cell: XlsxCellFormulaMetadataRecord<'a>) -> Placed<'a> {
    let unknown = cell.formula.is_some() && cell.value == DataRef::Empty;
    let value = if unknown { Some(Raw::NoValue) } else { epoch.of_ref(cell.value) };
    (cell.pos, value)
}

pub(super) fn areas_of(dimensions: &[Dimensions]) -> Vec<Area> {
    let areas = dimensions.iter().filter_map(|area| Area::new(area.start, area.end));
    areas.collect()
}

fn fault_of(error: &XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}

/// The fault of a sheet that cannot be begun.
fn fault_in(sheet: &str, error: &XlsxError) -> Fault {
    match error {
        XlsxError::WorksheetNotFound(_) => Fault::SheetMissing { sheet: sheet.to_owned() },
        error => fault_of(error),
    }
}
