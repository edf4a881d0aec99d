//! Sheets that are no table and list who is away, came or left: what they say of people of the roster.

use std::ops::ControlFlow;

use sheets::{Raw, Row};

use super::book::InputBook;
use super::run_sheets::Sheets;
use crate::intake::{IssueLog, Recognised, Registry, from_serial};
use crate::model::{CellRef, RowRef};

/// Of a longer sheet the rest may name anybody.
pub(super) const MOST_ROWS: usize = 3000;

/// How many cells of a row are looked at.
pub(super) const MOST_CELLS: usize = 20;

/// Tells the registry what such sheets say.
pub(super) fn hear_absences(sheets: &Sheets, books: &[InputBook], registry: &mut Registry<'_>, log: &mut IssueLog) {
    for (number, sheet) in (0..).zip(&sheets.0) {
        if !matches!(sheet.recognised, Ok(Recognised::Absences(_))) {
            continue;
        }
        let (mut rows, mut is_whole) = (Vec::new(), true);
        let mut take = |row: Row<'_>| {
            if rows.len() == MOST_ROWS {
                is_whole = false;
                return ControlFlow::Break(());
            }
            rows.extend(said(number, row));
            ControlFlow::Continue(())
        };
        is_whole &= books[sheet.book].rows(sheet.sheet, &mut take).is_ok();
        registry.hear_absences((&sheet.name, &rows), log);
        if !is_whole {
            registry.hear_unknown_absences(RowRef { sheet: number, row: 1 }.cell(0), &sheet.name, log);
        }
    }
}

/// The first cell of a row with a text, and all of its texts and days.
fn said(sheet: u32, row: Row<'_>) -> Option<(CellRef, String)> {
    let text = |cell: &sheets::RawCell<'_>| match &cell.value {
        Raw::Text(text) => Some(text.to_string()),
        Raw::Date(serial) => from_serial(*serial).map(|day| day.to_string()),
        Raw::Number(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    };
    let cells = row.cells.iter().take(MOST_CELLS);
    let column = cells.clone().find(|cell| matches!(cell.value, Raw::Text(_)))?.column;
    let all: Vec<String> = cells.filter_map(text).collect();
    Some((RowRef { sheet, row: row.number }.cell(column), all.join("、")))
}
