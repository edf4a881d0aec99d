//! Tables of cells, and the files that they are written to.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, GBK, UTF_8};
use rust_xlsxwriter::{Format, Worksheet};

use super::workbook;
use crate::measure::Outcome;

#[derive(Clone, Debug)]
pub enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// A day as a serial of a spreadsheet.
    Day(u32),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

/// A sheet; the first of its rows is the header.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
}

/// A row of texts.
pub fn texts(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|text| Cell::from(*text)).collect()
}

/// Writes a workbook with a sheet for each table, as office programs write them: texts shared, dates formatted.
///
/// # Errors
/// It cannot be written.
pub fn write_xlsx(path: &Path, tables: &[&Table]) -> Outcome<()> {
    let mut book = workbook()?;
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for table in tables {
        let sheet = book.add_worksheet_with_low_memory()?.set_name(&table.name)?;
        for (row, cells) in (0..).zip(&table.rows) {
            write_row(sheet, row, cells, &day)?;
        }
    }
    Ok(book.save(path)?)
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell], day: &Format) -> Outcome<()> {
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => drop(sheet.write_string(row, column, text)?),
            Cell::Number(number) => drop(sheet.write_number(row, column, *number)?),
            Cell::Day(serial) => drop(sheet.write_number_with_format(row, column, f64::from(*serial), day)?),
        }
    }
    Ok(())
}

/// Writes a table as csv: UTF-8 with its mark, or GBK, as spreadsheets save it.
///
/// # Errors
/// It cannot be written.
pub fn write_csv(path: &Path, table: &Table, gbk: bool) -> Outcome<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &table.rows {
        writer.write_record(row.iter().map(as_text))?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    let (encoding, mark): (&'static Encoding, &str) = if gbk { (GBK, "") } else { (UTF_8, "\u{feff}") };
    Ok(fs::write(path, encoding.encode(&format!("{mark}{text}")).0)?)
}

fn as_text(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        // Spreadsheets count from the day before 1900, with a leap day that there was not.
        Cell::Day(serial) => (jiff::civil::date(1899, 12, 30) + jiff::Span::new().days(*serial)).to_string(),
    }
}
