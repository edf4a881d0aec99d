//! The columns of a copy: how wide they are, and which one is free.

use std::collections::BTreeSet;

use super::marks::Marks;
use crate::model::{Copy, RawText, Sheet};
use crate::report::sheet::width;

pub(super) const SAMPLE: usize = 200;
pub(super) const NARROWEST: usize = 6;
pub(super) const WIDEST: usize = 40;
/// The width of a column that is not copied: room for the remark that says so.
const UNCOPIED: usize = 12;
const COLUMNS: usize = 16_384;

/// The first column right of the header in which nothing stands, and nothing in the next.
pub(super) fn free_column(sheet: &Sheet, copy: &Copy, marks: &Marks) -> Option<u16> {
    let cells = || copy.rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column));
    let taken: BTreeSet<u32> =
        cells().chain(copy.uncopied.iter().copied()).chain(marks.keys().map(|(_, column)| *column)).collect();
    let head = copy.rows.iter().find(|row| Some(row.number) == sheet.header_row);
    let last = head.and_then(|row| row.cells.last()).map_or(0, |(column, _)| *column);
    let mut right = last.saturating_add(1)..(COLUMNS as u32).saturating_sub(1);
    let free = right.find(|column| !taken.contains(column) && !taken.contains(&(column + 1)))?;
    u16::try_from(free).ok()
}

/// The widths of the columns, from the first rows; the lines above the header are titles and say nothing of them.
pub(super) fn widths(copy: &Copy, header: Option<u32>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let rows = copy.rows.iter().filter(|row| row.number >= header.unwrap_or(1)).take(SAMPLE);
    for (column, value) in rows.flat_map(|row| &row.cells) {
        if let Some(width) = width_of(&mut widths, *column) {
            *width = (*width).max(columns_of(value) + 2).min(WIDEST);
        }
    }
    for column in &copy.uncopied {
        width_of(&mut widths, *column).into_iter().for_each(|width| *width = UNCOPIED);
    }
    widths
}

fn width_of(widths: &mut Vec<usize>, column: u32) -> Option<&mut usize> {
    let column = Some(column as usize).filter(|column| *column < COLUMNS)?;
    widths.resize(widths.len().max(column + 1), NARROWEST);
    widths.get_mut(column)
}

fn columns_of(value: &RawText) -> usize {
    match value {
        RawText::Text(text) => width::of(text),
        RawText::Number(number) => number.to_string().len().min(18),
        RawText::Date(_) => 10,
        RawText::Flag(_) => 5,
        RawText::Broken => 24,
    }
}
