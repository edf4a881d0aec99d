//! Puts a stream of cells together into rows, and refuses a stream that is out of order.
//!
//! One buffer of cells serves a whole sheet, so that a million rows allocate no more than one.

use std::ops::ControlFlow;

use super::merged::{MergedArea, MergedAreas};
use super::row::{MAX_COLUMNS, MAX_ROWS, Raw, RawCell, Row, Visit, cell_name};
use crate::error::Fault;
use crate::guard::aloud;

/// A cell's row and column, from 0, and its value, `None` if it is blank.
pub(crate) type Placed<'a> = ((u32, u32), Option<Raw<'a>>);

/// Collects the cells of one sheet; each row goes on when the next one begins.
pub(crate) struct Assembler<'a, 's, F> {
    sheet: &'s str,
    /// Takes the number and the cells of a row.
    take: F,
    merges: Option<MergedAreas<'a>>,
    cells: Vec<RawCell<'a>>,
    row: u32,
    /// The lowest column that the current row still may have.
    column: u32,
}

/// Shows the rows to a visitor at once.
pub(crate) fn shown<'a>(visit: &mut Visit<'_>) -> impl FnMut(u32, &mut Vec<RawCell<'a>>) -> ControlFlow<()> {
    |number, cells| aloud(|| visit(Row { number, cells }))
}

impl<'a, 's, F: FnMut(u32, &mut Vec<RawCell<'a>>) -> ControlFlow<()>> Assembler<'a, 's, F> {
    pub(crate) fn new(sheet: &'s str, areas: Vec<MergedArea>, take: F) -> Self {
        let merges = (!areas.is_empty()).then(|| MergedAreas::new(areas));
        Assembler { sheet, take, merges, cells: Vec::new(), row: 0, column: 0 }
    }

    /// Takes cells until there are no more or enough has been seen. `next` gives a cell's row and column from 0 and
    /// its value, `None` for a blank one, which keeps its place in the order.
    pub(crate) fn run<E>(mut self, next: impl FnMut() -> Result<Option<Placed<'a>>, E>) -> Result<(), Fault> {
        if self.feed(next)?.is_continue() {
            self.end();
        }
        Ok(())
    }

    /// Takes cells as [`Assembler::run`] does, after which more may come.
    pub(crate) fn feed<E>(
        &mut self,
        mut next: impl FnMut() -> Result<Option<Placed<'a>>, E>,
    ) -> Result<ControlFlow<()>, Fault> {
        loop {
            match next() {
                Ok(Some((place, value))) => {
                    if self.push(place, value)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(None) => return Ok(ControlFlow::Continue(())),
                Err(_) => {
                    let (sheet, after) = (self.sheet.to_owned(), self.last());
                    return Err(Fault::DamagedSheet { sheet, after });
                }
            }
        }
    }

    /// Hands on the last row.
    pub(crate) fn end(mut self) {
        // Nothing comes after it, so a break changes nothing.
        let _ = self.flush();
    }

    fn push(&mut self, (row, column): (u32, u32), value: Option<Raw<'a>>) -> Result<ControlFlow<()>, Fault> {
        let mut flow = ControlFlow::Continue(());
        if row != self.row {
            self.check_row(row, column)?;
            flow = self.flush();
            self.row = row;
            self.column = 0;
        }
        if column < self.column || column >= MAX_COLUMNS {
            return Err(self.misplaced(row, column));
        }
        self.column = column + 1;
        if let Some(value) = value {
            let (merged, down) = (false, 0);
            self.cells.push(RawCell { column, value, merged, down });
        }
        Ok(flow)
    }

    /// The last place that was taken, for naming where a damage begins.
    fn last(&self) -> Option<String> {
        let column = self.column.checked_sub(1)?;
        Some(cell_name(self.row, column))
    }

    fn check_row(&self, row: u32, column: u32) -> Result<(), Fault> {
        if row < self.row || row >= MAX_ROWS {
            return Err(self.misplaced(row, column));
        }
        Ok(())
    }

    fn misplaced(&self, row: u32, column: u32) -> Fault {
        let sheet = self.sheet.to_owned();
        let cell = cell_name(row, column);
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            Fault::CellBeyond { sheet, cell }
        } else {
            Fault::CellOrder { sheet, cell }
        }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        if self.cells.is_empty() {
            return ControlFlow::Continue(());
        }
        if let Some(merges) = &mut self.merges {
            merges.fill(self.row, &mut self.cells);
        }
        let flow = (self.take)(self.row + 1, &mut self.cells);
        self.cells.clear();
        flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(places: &[(u32, u32)]) -> (Vec<u32>, Option<Fault>) {
        let mut rows = Vec::new();
        let mut visit = |row: Row<'_>| {
            rows.push(row.number);
            ControlFlow::Continue(())
        };
        let mut places = places.iter().copied();
        let next = || Ok::<_, ()>(places.next().map(|place| (place, Some(Raw::Error))));
        let fault = Assembler::new("台账", Vec::new(), shown(&mut visit)).run(next).err();
        (rows, fault)
    }

    fn order(cell: &str) -> Option<Fault> {
        let (sheet, cell) = ("台账".to_owned(), cell.to_owned());
        Some(Fault::CellOrder { sheet, cell })
    }

    #[test]
    fn rows_come_out_in_order_and_gaps_cost_nothing() {
        assert_eq!(run(&[(0, 0), (0, 5), (3, 1), (1_048_575, 16_383)]), (vec![1, 4, 1_048_576], None));
    }

    #[test]
    fn a_cell_given_twice_or_out_of_order_is_a_fault_with_its_name() {
        assert_eq!(run(&[(0, 0), (0, 0)]), (vec![], order("A1")));
        assert_eq!(run(&[(4, 0), (2, 1)]), (vec![], order("B3")));
    }

    #[test]
    fn a_cell_beyond_the_sheet_is_a_fault() {
        let (sheet, cell) = ("台账".to_owned(), "XFE1".to_owned());
        assert_eq!(run(&[(0, 16_384)]), (vec![], Some(Fault::CellBeyond { sheet, cell })));
        let (sheet, cell) = ("台账".to_owned(), "A1048577".to_owned());
        assert_eq!(run(&[(1_048_576, 0)]), (vec![], Some(Fault::CellBeyond { sheet, cell })));
    }
}
