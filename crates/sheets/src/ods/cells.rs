//! The cells of one sheet of an ods file, in their order.

use super::cell::OdsCell;
use super::content::{ContentStep, ContentWalk};
use crate::error::Fault;
use crate::rows::assembler::Placed;
use crate::rows::row::{MAX_COLUMNS, Raw};

/// The cells of one sheet, with what is repeated given out as often as it stands there.
pub(crate) struct OdsCells<R> {
    walk: ContentWalk<R>,
    /// The row that is given out, and the one behind all of its repetitions.
    row: u32,
    next_row: u32,
    /// How often the row is still to be given out.
    repeats: u32,
    /// The cells of the row that are not blank, each with its column.
    cells: Vec<(u32, Raw<'static>)>,
    at: usize,
}

impl<R: std::io::BufRead> OdsCells<R> {
    /// `walk` stands at the beginning of the table.
    pub(crate) fn new(walk: ContentWalk<R>) -> OdsCells<R> {
        OdsCells { walk, row: 0, next_row: 0, repeats: 0, cells: Vec::new(), at: 0 }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Placed<'static>>, Fault> {
        loop {
            if let Some((column, value)) = self.cells.get(self.at) {
                self.at += 1;
                return Ok(Some(((self.row, *column), Some(value.clone()))));
            }
            if self.repeats > 1 && !self.cells.is_empty() {
                self.repeats -= 1;
                self.row += 1;
                self.at = 0;
            } else if !self.read_row()? {
                return Ok(None);
            }
        }
    }

    /// Takes up the next row; tells whether there was one.
    fn read_row(&mut self) -> Result<bool, Fault> {
        self.cells.clear();
        self.at = 0;
        let mut column = 0;
        loop {
            match self.walk.step()? {
                ContentStep::Row { repeated } => {
                    (self.row, self.repeats) = (self.next_row, repeated);
                    self.next_row = self.next_row.saturating_add(repeated);
                }
                ContentStep::Cell(cell) => column = self.take(cell, column),
                ContentStep::EndOfRow => return Ok(true),
                ContentStep::Hides => {}
                ContentStep::EndOfTable => return Ok(false),
                ContentStep::Table { .. } | ContentStep::End => return Err(Fault::Damaged),
            }
        }
    }

    fn take(&mut self, cell: OdsCell, column: u32) -> u32 {
        let behind = column.saturating_add(cell.repeated);
        if let Some(value) = cell.value {
            // One column too many is a fault of the sheet, which is found where the cells are put together.
            let columns = column..behind.min(MAX_COLUMNS + 1);
            self.cells.extend(columns.map(|column| (column, value.clone())));
        }
        behind
    }
}
