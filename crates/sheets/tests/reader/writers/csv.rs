//! Sheets as csv text; merged areas are filled, because csv has none.

use super::{Book, Sheet, Value};

/// A csv file of UTF-8 for each sheet, with its name.
pub fn write(book: &Book) -> Vec<(String, String)> {
    book.sheets.iter().map(|sheet| (format!("{}.csv", sheet.name), text(sheet))).collect()
}

fn text(sheet: &Sheet) -> String {
    let (rows, columns) = sheet.size();
    let line = |row| (0..columns).map(|column| quoted(sheet, row, column)).collect::<Vec<_>>().join(",") + "\r\n";
    (0..rows).map(line).collect()
}

fn quoted(sheet: &Sheet, row: u32, column: u16) -> String {
    let covers = |area: &&[u32; 4]| (area[0]..=area[2]).contains(&row) && (area[1]..=area[3]).contains(&column.into());
    let (row, column) = sheet.merges.iter().find(covers).map_or((row, column.into()), |area| (area[0], area[1]));
    let found = sheet.cells.iter().find(|cell| (cell.0, u32::from(cell.1)) == (row, column));
    let Some((_, _, value)) = found else { return String::new() };
    match value {
        Value::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        Value::Number(number) | Value::Formula(number) => number.to_string(),
        Value::Date(serial) => date_text(*serial),
        Value::Flag(flag) => if *flag { "是" } else { "否" }.to_string(),
        Value::Error | Value::Failed => "#N/A".to_string(),
    }
}

/// `2023-10-08` of a serial of the 1900 system.
pub fn date_text(serial: u32) -> String {
    let first = jiff::civil::date(1899, 12, 30);
    first.checked_add(jiff::Span::new().days(i64::from(serial))).unwrap().to_string()
}
