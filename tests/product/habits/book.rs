//! The files of a habit: sheets as lines of text, cells parted by `|`.
//!
//! A plain number becomes a number and `@2023-09-01` a date; `'12` is the text 12, `#N/A` an error value; `~` strikes it out; `text{{comment}}` has a comment; `^` is merged with
//! the cell above it, `<` with the one to its left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

/// The book of a sheet that names none.
const BOOK: &str = "台账.xlsx";

/// A sheet's name and its rows of cells.
type Sheet<'s> = (&'s str, Vec<Vec<String>>);

/// Writes sheets by `book.xlsx/sheet`, `book.csv`, or the sheet alone.
pub fn write(folder: &Path, sheets: &BTreeMap<String, String>) {
    let mut books: BTreeMap<&str, Vec<Sheet<'_>>> = BTreeMap::new();
    for (name, text) in sheets {
        let (book, sheet) = match name.rsplit_once('/') {
            Some(parts) => parts,
            None if name.ends_with(".csv") => (name.as_str(), ""),
            None => (BOOK, name.as_str()),
        };
        books.entry(book).or_default().push((sheet, rows(text)));
    }
    for (name, sheets) in books {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with(".csv") {
            let line = |row: &Vec<String>| row.join(",") + "\r\n";
            fs::write(path, sheets[0].1.iter().map(line).collect::<String>()).unwrap();
            continue;
        }
        let mut book = Workbook::new();
        for (name, rows) in sheets {
            write_sheet(book.add_worksheet().set_name(name).unwrap(), &rows);
        }
        book.save(path).unwrap();
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| line.split('|').map(|cell| cell.trim().to_string()).collect();
    text.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn write_sheet(sheet: &mut Worksheet, rows: &[Vec<String>]) {
    let cell = |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str);
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !matches!(text.as_str(), "" | "^" | "<")) {
            let down = (row + 1..).take_while(|below| cell(*below, column) == "^").count();
            let right = (column + 1..).take_while(|beside| cell(row, *beside) == "<").count();
            let place = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            let last = (u32::try_from(row + down).unwrap(), u16::try_from(column + right).unwrap());
            if place != last {
                sheet.merge_range(place.0, place.1, last.0, last.1, "", &Format::new()).unwrap();
            }
            write_cell(sheet, place, text);
        }
    }
}

fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) {
    if let Some((text, comment)) = text.strip_suffix("}}").and_then(|text| text.split_once("{{")) {
        sheet.insert_note(row, column, &Note::new(comment)).unwrap();
        return write_cell(sheet, (row, column), text);
    }
    let (text, format) = match text.strip_prefix('~') {
        Some(struck) => (struck, Format::new().set_font_strikethrough()),
        None => (text, Format::new()),
    };
    let is_number = text.parse::<f64>().is_ok() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if let Some(text) = text.strip_prefix('\'') {
        sheet.write_string_with_format(row, column, text, &format).unwrap();
    } else if let Some(date) = text.strip_prefix('@') {
        let date = ExcelDateTime::parse_from_str(date).unwrap();
        sheet.write_datetime_with_format(row, column, date, &format.set_num_format("yyyy-mm-dd")).unwrap();
    } else if text.starts_with("#") && text.is_ascii() {
        sheet.write_formula_with_format(row, column, Formula::new("NA()").set_result(text), &format).unwrap();
    } else if is_number {
        sheet.write_number_with_format(row, column, text.parse::<f64>().unwrap(), &format).unwrap();
    } else {
        sheet.write_string_with_format(row, column, text, &format).unwrap();
    }
}
