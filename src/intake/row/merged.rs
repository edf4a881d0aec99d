//! Amounts of merged cells. A word holds for each row that its cell covers; an amount stands there once, and whether the rows
//! share it, each have it or one of them does is not known.

use foldhash::HashMap;
use rust_decimal::Decimal;
use sheets::RawCell;

use super::record::ParsedRow;
use crate::dictionary::FieldId;
use crate::model::{Cell, IssueKind, RowRef, SharedAmount, Value};

/// By column, the first row of the merged cell that was met last and how many rows it covers.
#[derive(Default)]
pub(super) struct MergedCells(HashMap<u32, (RowRef, u32)>);

impl MergedCells {
    /// Makes an amount of a merged cell a possible one in each row. Says what is wrong with it.
    pub(super) fn settle(&mut self, cell: &RawCell<'_>, field: FieldId, row: &mut ParsedRow) -> Option<IssueKind> {
        if cell.down > 0 {
            self.0.insert(cell.column, (row.at, u32::from(cell.down) + 1));
        }
        let own = &mut row.cells[field.index()];
        let (amount, high) = match own {
            Cell::Is(Value::Number(number)) => (*number, Some(*number)),
            Cell::Is(Value::Between { low, high }) => (*low, *high),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => return None,
        };
        *own = Cell::Is(Value::Between { low: Decimal::ZERO, high });
        // A cell that only reaches over from the left is of another column.
        let area = self.0.get(&cell.column).filter(|(first, rows)| row.at.row - first.row < *rows);
        if let Some((first, rows)) = area {
            row.notes.shared.push((field, SharedAmount { first: *first, rows: *rows, amount }));
        }
        Some(IssueKind::MergedAmount)
    }
}
