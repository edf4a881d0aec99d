//! Sheets that a parser gives as a whole range: relative positions become addresses here, and nowhere else.

use calamine::{Data, Range};

use super::assemble::{Assembler, Placed, shown};
use super::error::Fault;
use super::merge::Area;
use super::row::{Raw, Visit};
use super::value::Epoch;

/// A sheet in memory.
pub(super) struct DenseSheet {
    pub cells: Range<Data>,
    /// The formulas, where a blank cell with a formula means that its value is not in the file.
    pub formulas: Range<String>,
    pub areas: Vec<Area>,
}

impl DenseSheet {
    pub(super) fn rows(&self, sheet: &str, epoch: Epoch, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let (top, left) = self.cells.start().unwrap_or_default();
        let mut placed = (top..).zip(self.cells.rows()).flat_map(move |(row, cells)| {
            let cells = (left..).zip(cells);
            cells.filter_map(move |(column, cell)| self.placed((row, column), cell, epoch))
        });
        let areas = self.areas.clone();
        Assembler::new(sheet, areas, shown(visit)).run(|| Ok::<_, Fault>(placed.next()))
    }

    fn placed<'a>(&self, at: (u32, u32), cell: &'a Data, epoch: Epoch) -> Option<Placed<'a>> {
        let formula = self.formulas.get_value(at);
        let computed = formula.is_some_and(|formula| !formula.is_empty());
        let value = match epoch.of_data(cell) {
            Some(Raw::Text(text)) if computed && names_error(&text) => Some(Raw::Error),
            None if computed && *cell == Data::Empty => Some(Raw::NoValue),
            value => value,
        };
        Some((at, Some(value?)))
    }
}

/// ods files give the result of a failed formula as text.
fn names_error(text: &str) -> bool {
    let names = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    names.contains(&text) || text.starts_with("Err:")
}
