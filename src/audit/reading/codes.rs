//! Columns that say by codes what has become of their rows: beside a 2, 1 is no yes.

use std::ops::ControlFlow;

use sheets::Raw;

use super::book::InputBook;
use crate::intake::Layout;

/// 0 and 1 are no and yes, and what is more is a code.
const SECOND: f64 = 2.0;

/// Finds the columns of a sheet that hold codes, where its first rows leave it open. Of a sheet that is damaged further down those
/// before that count.
pub(super) fn find(book: &InputBook, sheet: usize, layout: &mut Layout) {
    let (header, used) = (layout.header_row, &mut layout.used);
    if used.states.is_empty() {
        return;
    }
    let is_code = |value: &Raw<'_>| match value {
        Raw::Number(number) => *number >= SECOND,
        Raw::Text(text) => text.trim().parse().is_ok_and(|number: f64| number >= SECOND),
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    };
    // What cannot be read is told when the rows are.
    let _ = book.rows(sheet, &mut |row| {
        let cells = row.cells.iter().filter(|cell| row.number > header && is_code(&cell.value));
        let coded = cells.map(|cell| cell.column).filter(|column| used.states.contains(column));
        for column in coded.collect::<Vec<u32>>() {
            used.states.retain(|state| *state != column);
            used.coded.push(column);
        }
        if used.states.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
}
