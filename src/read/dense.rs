//! Sheets that a parser gives as a whole range: relative positions become addresses here, and nowhere else.

use calamine::{Data, Range};

use super::assemble::{Assembler, Placed};
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
        Assembler::new(sheet, areas, visit).run(|| Ok::<_, Fault>(placed.next()))
    }

    fn placed<'a>(&self, at: (u32, u32), cell: &'a Data, epoch: Epoch) -> Option<Placed<'a>> {
        let value = epoch.of_data(cell).or_else(|| {
            let formula = self.formulas.get_value(at)?;
            let unknown = *cell == Data::Empty && !formula.is_empty();
            unknown.then_some(Raw::NoValue)
        })?;
        Some((at, Some(value)))
    }
}
