//! xlsx (and xlsm) workbooks: sheets stream cell by cell in constant memory.
//!
//! calamine says which sheets there are and what their cells mean. Rows in the plain shape are read by [`plain`]; from
//! the first cell that is not in it, calamine reads the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{Cell, DataRef, XlsxCellFormulaMetadataRecord, XlsxError};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::comments::comments;
use super::lookup::CellLookup;
use super::parser::{Parser, fault_in};
use super::plain::PlainRows;
use super::struck::struck_rows;
use crate::error::Fault;
use crate::guard::{Panicked, guarded};
use crate::input::readers::Contents;
use crate::input::source::Source;
use crate::package::preflight::PartFacts;
use crate::rows::assembler::{Assembler, Placed, shown};
use crate::rows::merged::MergedArea;
use crate::rows::pipe::piped;
use crate::rows::row::{Look, Raw, RawCell, Take, Visit, cell_name};
use crate::rows::value::Epoch;

/// An open xlsx workbook that has passed the preflight.
pub(crate) struct XlsxBook {
    pub package: ZipArchive<BufReader<Source>>,
    pub parser: Parser,
    pub facts: Arc<XlsxFacts>,
}

/// What is known of a workbook once it is open.
pub(crate) struct XlsxFacts {
    pub epoch: Epoch,
    /// One for each sheet of the workbook, of whatever type.
    pub sheets: HashMap<String, SheetPart>,
    /// None where only calamine can read the sheets.
    pub lookup: Option<CellLookup>,
    /// By style of cells, whether its font is struck out; empty where none is.
    pub struck: Vec<bool>,
}

/// The part that a sheet is in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SheetPart {
    pub facts: PartFacts,
    /// Its place in the package, if that is known.
    pub place: Option<usize>,
}

impl Contents for XlsxBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        self.parse(sheet, |sheet_of| guarded(|| sheet_of.parse(shown(visit))))
    }

    fn rows_ahead(&mut self, sheet: &str, look: &mut Look<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
        self.parse(sheet, |sheet_of| piped(look, take, |pipe| sheet_of.parse(|number, cells| pipe.take(number, cells))))
    }

    fn struck_rows(&mut self, sheet: &str) -> BTreeSet<u32> {
        let place = self.facts.sheets.get(sheet).and_then(|part| part.place).filter(|_| !self.facts.struck.is_empty());
        let part = place.and_then(|place| self.package.by_index(place).ok());
        part.map(|part| struck_rows(BufReader::new(part), &self.facts.struck)).unwrap_or_default()
    }

    fn comments(&mut self, sheet: &str) -> BTreeMap<(u32, u32), String> {
        let place = self.facts.sheets.get(sheet).and_then(|part| part.place);
        place.map(|place| comments(&mut self.package, place)).unwrap_or_default()
    }
}

impl XlsxBook {
    /// Parses a sheet in one way or the other.
    fn parse<'b>(
        &'b mut self,
        sheet: &'b str,
        parse: impl FnOnce(XlsxSheet<'_>) -> Result<Result<(), Fault>, Panicked>,
    ) -> Result<(), Fault> {
        let part = self.facts.sheets.get(sheet).copied().unwrap_or_default();
        let areas = if part.facts.merges { self.parser.areas(sheet)? } else { Vec::new() };
        let lookup = self.facts.lookup.as_ref().filter(|_| !part.facts.formulas);
        let plain = lookup.zip(part.place).and_then(|(lookup, place)| {
            let bytes = self.package.by_index(place).ok()?;
            Some(PlainRows::new(bytes, lookup))
        });
        let (epoch, formulas, last) = (self.facts.epoch, part.facts.formulas, LastCell::default());
        let sheet_of = XlsxSheet { name: sheet, areas, plain, parser: &mut self.parser, formulas, epoch, last: &last };
        parse(sheet_of)
            .unwrap_or_else(|Panicked| Err(Fault::DamagedSheet { sheet: sheet.to_owned(), after: last.name() }))
    }
}

/// How the cells of a sheet become rows.
struct XlsxSheet<'s> {
    name: &'s str,
    areas: Vec<MergedArea>,
    /// The plain rows at its beginning, where it may have any.
    plain: Option<PlainRows<'s, ZipFile<'s, BufReader<Source>>>>,
    parser: &'s mut Parser,
    formulas: bool,
    epoch: Epoch,
    last: &'s LastCell,
}

impl<'s> XlsxSheet<'s> {
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

pub(crate) fn without_formula<'a>(epoch: Epoch, cell: &Cell<DataRef<'a>>) -> Placed<'a> {
    (cell.get_position(), epoch.of_ref(cell.get_value().clone()))
}

/// A formula without a value in the file is not the same as a blank cell.
pub(crate) fn with_formula<'a>(epoch: Epoch, cell: XlsxCellFormulaMetadataRecord<'a>) -> Placed<'a> {
    let unknown = cell.formula.is_some() && cell.value == DataRef::Empty;
    let value = if unknown { Some(Raw::NoValue) } else { epoch.of_ref(cell.value) };
    (cell.pos, value)
}
