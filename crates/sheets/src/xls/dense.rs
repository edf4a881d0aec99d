//! Sheets that a parser gives as a whole range: relative positions become addresses here, and nowhere else.

use std::collections::HashSet;

use calamine::{Data, Range};

use crate::error::Fault;
use crate::rows::assembler::{Assembler, Placed, shown};
use crate::rows::merged::MergedArea;
use crate::rows::row::{Raw, Visit};
use crate::rows::value::Epoch;

/// A sheet in memory.
pub(crate) struct DenseSheet<'s> {
    pub cells: Range<Data>,
    /// The rows that the parser was given, for which it counts them from 0.
    pub rows: &'s [u16],
    /// The places of the formulas: a blank cell with a formula means that its value is not in the file.
    pub formulas: &'s HashSet<(u32, u32)>,
    pub areas: Vec<MergedArea>,
}

impl DenseSheet<'_> {
    pub(crate) fn rows(&self, sheet: &str, epoch: Epoch, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let (top, left) = self.cells.start().unwrap_or_default();
        let rows = self.rows.iter().skip(top as usize);
        let mut placed = rows.zip(self.cells.rows()).flat_map(move |(&row, cells)| {
            let cells = (left..).zip(cells);
            cells.filter_map(move |(column, cell)| self.placed((row.into(), column), cell, epoch))
        });
        let areas = self.areas.clone();
        Assembler::new(sheet, areas, shown(visit)).run(|| Ok::<_, Fault>(placed.next()))
    }

    fn placed<'a>(&self, at: (u32, u32), cell: &'a Data, epoch: Epoch) -> Option<Placed<'a>> {
        let no_value = matches!(cell, Data::Empty) && self.formulas.contains(&at);
        let value = if no_value { Raw::NoValue } else { epoch.of_data(cell)? };
        Some((at, Some(value)))
    }
}
