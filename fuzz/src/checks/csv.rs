//! csv files: what every workbook must keep to, and the same cells as a splitter that goes character by character.

use std::fs;
use std::ops::ControlFlow;

use sheets::{Raw, Workbook};

/// The rows that have a cell, by number; of each the cells that are not empty, by column.
type Rows = Vec<(u32, Vec<(u32, String)>)>;

pub fn check(bytes: &[u8]) {
    super::workbook::check("csv", bytes);
    // Only plain UTF-8 is split again: decoding is not repeated here, nor the guess at the delimiter.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if text.contains([';', '\t', '\0', '\u{feff}'])
        || text.trim_start().starts_with(['s', '"', '<', 'M', 'm', '{', '%'])
    {
        return;
    }
    if let (Some(read), Some(expected)) = (read(bytes), split(text)) {
        assert_eq!(read, expected);
    }
}

fn read(bytes: &[u8]) -> Option<Rows> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("台账.csv");
    fs::write(&path, bytes).expect("a file");
    let workbook = Workbook::open(&path).ok()?;
    let mut rows = Vec::new();
    let outcome = workbook.rows(0, &mut |row| {
        let text = |raw: &Raw<'_>| match raw {
            Raw::Text(text) => text.to_string(),
            other => panic!("{other:?} in a csv file"),
        };
        rows.push((row.number, row.cells.iter().map(|cell| (cell.column, text(&cell.value))).collect()));
        ControlFlow::Continue(())
    });
    outcome.ok().map(|()| rows)
}

/// Splits at commas; `None` where a quote is left open.
fn split(text: &str) -> Option<Rows> {
    let (mut rows, mut cells, mut cell) = (Rows::new(), Vec::new(), String::new());
    let (mut number, mut column) = (1, 0);
    let mut characters = text.chars().peekable();
    let (mut begins, mut quoted) = (true, false);
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            _ if quoted => cell.push(character),
            '"' if begins => quoted = true,
            ',' | '\r' | '\n' => {
                if !cell.is_empty() {
                    cells.push((column, std::mem::take(&mut cell)));
                }
                column += 1;
                if character != ',' {
                    if character == '\r' {
                        characters.next_if_eq(&'\n');
                    }
                    push(&mut rows, number, &mut cells);
                    (number, column) = (number + 1, 0);
                }
            }
            _ => cell.push(character),
        }
        begins = matches!(character, ',' | '\r' | '\n') && !quoted;
    }
    if !cell.is_empty() {
        cells.push((column, cell));
    }
    push(&mut rows, number, &mut cells);
    (!quoted).then_some(rows)
}

fn push(rows: &mut Rows, number: u32, cells: &mut Vec<(u32, String)>) {
    if !cells.is_empty() {
        rows.push((number, std::mem::take(cells)));
    }
}
