//! xlsx (and xlsm) workbooks: sheets stream cell by cell in constant memory.

use std::collections::HashMap;
use std::io::{BufReader, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{
    Cell, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxCellFormulaMetadataRecord, XlsxCellReader,
    XlsxError,
};

use super::assemble::{Assembler, Placed, shown};
use super::error::Fault;
use super::gate::{self, Facts};
use super::guard::{Panicked, guarded};
use super::merge::Area;
use super::own;
use super::parts::{lost_sheet, sheet_parts};
use super::relay::relayed;
use super::row::{Raw, RawCell, Visit, cell_name};
use super::source::Source;
use super::value::Epoch;
use super::{Contents, Listing, Parsing, Readers};

/// An open xlsx workbook that has passed the gate.
pub(super) struct XlsxBook {
    book: Xlsx<BufReader<Source>>,
    epoch: Epoch,
    /// One for each sheet of the workbook, of whatever type.
    facts: Arc<HashMap<String, Facts>>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(super) fn open(file: Source, listing: &mut Listing) -> Result<Readers, Fault> {
    let again = file.clone();
    let mut file = BufReader::new(file);
    let by_part = gate::inspect(&mut file)?;
    if own::is_report(&mut file) {
        return Err(Fault::OwnReport);
    }
    let parts = parts_in_order(&mut file)?;
    let book = parser(file)?;
    let names = book.sheet_names();
    let facts = facts_of_sheets(&names, parts.as_deref(), &by_part);
    for sheet in book.sheets_metadata() {
        let hidden = sheet.visible != SheetVisible::Visible;
        listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        if facts.get(&sheet.name).is_some_and(|facts| facts.hidden) {
            listing.hides_rows(&sheet.name);
        }
    }
    let (epoch, facts) = (Epoch::new(book.has_1904_epoch()), Arc::new(facts));
    let known = Arc::clone(&facts);
    let another = move || {
        let book = parser(BufReader::new(again.clone()))?;
        Ok(Box::new(XlsxBook { book, epoch, facts: Arc::clone(&known) }) as Box<dyn Contents>)
    };
    Ok(Readers::many(XlsxBook { book, epoch, facts }, Box::new(another)))
}

fn parser(mut file: BufReader<Source>) -> Result<Xlsx<BufReader<Source>>, Fault> {
    file.rewind().map_err(|error| Fault::of_io(&error))?;
    Xlsx::new(file).map_err(|error| fault_of(&error))
}

impl Contents for XlsxBook {
    fn rows(&mut self, sheet: &str, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let facts = self.facts.get(sheet).copied().unwrap_or_default();
        let fault = |error| match error {
            XlsxError::WorksheetNotFound(_) => Fault::SheetMissing { sheet: sheet.to_owned() },
            error => fault_of(&error),
        };
        let areas = match facts.merges {
            true => self.book.merge_cells_by_sheet_name(sheet).map_err(fault)?,
            false => Vec::new(),
        };
        let (book, epoch, last) = (&mut self.book, self.epoch, LastCell::default());
        let mut cells = book.worksheet_cells_reader(sheet).map_err(fault)?;
        let sheet_of = Sheet { name: sheet, areas: areas_of(&areas), formulas: facts.formulas, epoch, last: &last };
        let parsed = match parsing {
            Parsing::Here => guarded(|| sheet_of.parse(&mut cells, shown(visit))),
            Parsing::Ahead => {
                relayed(visit, |relay| sheet_of.parse(&mut cells, |number, cells| relay.take(number, cells)))
            }
        };
        parsed.unwrap_or_else(|Panicked| Err(Fault::DamagedSheet { sheet: sheet.to_owned(), after: last.name() }))
    }
}

/// How the cells of a sheet become rows.
struct Sheet<'s> {
    name: &'s str,
    areas: Vec<Area>,
    formulas: bool,
    epoch: Epoch,
    last: &'s LastCell,
}

impl Sheet<'_> {
    fn parse<'a>(
        self,
        cells: &mut XlsxCellReader<'a, BufReader<Source>>,
        take: impl FnMut(u32, &mut Vec<RawCell<'a>>) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        let rows = Assembler::new(self.name, self.areas, take);
        let (epoch, last) = (self.epoch, self.last);
        if self.formulas {
            rows.run(|| {
                let cell = cells.next_cell_with_formula_metadata()?;
                Ok::<_, XlsxError>(cell.map(|cell| last.see(with_formula(epoch, cell))))
            })
        } else {
            rows.run(|| {
                let cell = cells.next_cell()?;
                Ok::<_, XlsxError>(cell.map(|cell| last.see(without_formula(epoch, &cell))))
            })
        }
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

fn parts_in_order(file: &mut BufReader<Source>) -> Result<Option<Vec<String>>, Fault> {
    let workbook = gate::part(&mut *file, "xl/workbook.xml", gate::SMALL_PART)?;
    let relationships = gate::part(&mut *file, "xl/_rels/workbook.xml.rels", gate::SMALL_PART)?;
    let Some(workbook) = workbook else { return Ok(None) };
    let relationships = relationships.unwrap_or_default();
    match lost_sheet(&workbook, &relationships) {
        Some(sheet) => Err(Fault::SheetMissing { sheet }),
        None => Ok(sheet_parts(&workbook, &relationships)),
    }
}

/// What the gate saw in each sheet, by name. If it is not known which part is which, each sheet may have what any has.
fn facts_of_sheets(
    names: &[String],
    parts: Option<&[String]>,
    by_part: &HashMap<String, Facts>,
) -> HashMap<String, Facts> {
    let parts = parts.filter(|parts| parts.len() == names.len());
    let known: Option<Vec<Facts>> =
        parts.and_then(|parts| parts.iter().map(|part| by_part.get(part).copied()).collect());
    let any = |seen: fn(&Facts) -> bool| by_part.values().any(seen);
    let worst = Facts { merges: any(|facts| facts.merges), formulas: any(|facts| facts.formulas), hidden: false };
    let facts = known.unwrap_or_else(|| vec![worst; names.len()]);
    names.iter().cloned().zip(facts).collect()
}

fn fault_of(error: &XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
