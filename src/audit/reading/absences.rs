//! Sheets that are no table and list who is away, came or left: what they say of people of the roster.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sheets::{Raw, RawCell, Row};

use super::book::{InputBook, stem};
use super::run_sheets::Sheets;
use crate::dictionary::Dictionary;
use crate::intake::{IssueLog, Recognised, Registry, from_serial, own_name};
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
        let list = own_name(stem(&books[sheet.book].path), &sheet.name);
        let (mut rows, mut is_whole) = (AbsenceRows::default(), true);
        let mut take = |row: Row<'_>| {
            if rows.said.len() == MOST_ROWS {
                is_whole = false;
                return ControlFlow::Break(());
            }
            rows.take(number, row, registry.dictionary);
            ControlFlow::Continue(())
        };
        is_whole &= books[sheet.book].rows(sheet.sheet, &mut take).is_ok();
        registry.hear_absences((list, &rows.said), log);
        if !is_whole {
            registry.hear_unknown_absences(RowRef { sheet: number, row: 1 }.cell(0), list, log);
        }
    }
}

/// What the rows of such a sheet say.
#[derive(Default)]
struct AbsenceRows {
    /// The texts of the first row with several: the header, or nothing that means anything.
    headers: BTreeMap<u32, String>,
    /// The first cell of a row with a text, and all of its texts and days.
    said: Vec<(CellRef, String)>,
}

impl AbsenceRows {
    fn take(&mut self, sheet: u32, row: Row<'_>, dictionary: &Dictionary) {
        let is_text = |cell: &&RawCell<'_>| matches!(cell.value, Raw::Text(_));
        let cells = row.cells.iter().take(MOST_CELLS);
        let Some(first) = cells.clone().find(is_text).map(|cell| cell.column) else { return };
        let mut all = String::new();
        for (column, text) in cells.clone().filter_map(|cell| Some((cell.column, heard(&cell.value)?))) {
            let is_end = self.headers.get(&column).is_some_and(|header| dictionary.is_called_end(header));
            all.push_str(if all.is_empty() {
                ""
            } else if is_end {
                "至"
            } else {
                "、"
            });
            all.push_str(&text);
        }
        self.said.push((RowRef { sheet, row: row.number }.cell(first), all));
        if self.headers.is_empty() && cells.clone().filter(is_text).nth(1).is_some() {
            self.headers = cells.filter_map(|cell| Some((cell.column, heard(&cell.value)?))).collect();
        }
    }
}

/// A text, a day, and a number that may be one: 20230630.
fn heard(value: &Raw<'_>) -> Option<String> {
    match value {
        Raw::Text(text) => Some(text.to_string()),
        Raw::Date(serial) => from_serial(*serial).map(|day| day.to_string()),
        Raw::Number(number) => Some(number.to_string()).filter(|digits| digits.len() == 8),
        Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    }
}
