//! Small writers of workbooks in every format that is read, for tests: the same [`Book`] as xlsx, xls, xlsb, ods or csv.
//!
//! They write whole files that LibreOffice opens, and nothing that a ledger does not need.

#![allow(dead_code, reason = "each test file uses its own part of the writers")]

pub mod csv;
pub mod ods;
pub mod ole;
pub mod xls;
pub mod xlsb;
pub mod xlsx;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A workbook to be written.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Days are counted from 1904.
    pub is_1904: bool,
}

/// A sheet; rows and columns count from 0.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub hidden_rows: Vec<u32>,
    /// In the order of rows, and of columns within a row.
    pub cells: Vec<(u32, u16, Value)>,
    /// First row and column, last row and column.
    pub merges: Vec<[u32; 4]>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    /// Days in the 1900 system, shown as 2023-10-08.
    Date(u32),
    Flag(bool),
    /// `#N/A`, typed in.
    Error,
    /// A formula whose result is this number.
    Formula(f64),
    /// A formula whose result is `#N/A`.
    Failed,
}

/// The days between the first days of the 1900 and the 1904 system.
pub const DAYS_TO_1904: u32 = 1462;

impl Book {
    /// The number that a date is stored as.
    pub fn stored(&self, date: u32) -> f64 {
        f64::from(date - if self.is_1904 { DAYS_TO_1904 } else { 0 })
    }

    /// The texts of all sheets, each once, in the order in which they are met.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        for (_, _, value) in self.sheets.iter().flat_map(|sheet| &sheet.cells) {
            match value {
                Value::Text(text) if !texts.contains(&text.as_str()) => texts.push(text),
                _ => {}
            }
        }
        texts
    }
}

impl Sheet {
    /// The rows that have cells or are hidden, each with its cells.
    pub fn rows(&self) -> Vec<(u32, Vec<(u16, &Value)>)> {
        let mut rows: Vec<(u32, Vec<(u16, &Value)>)> = self.hidden_rows.iter().map(|&row| (row, Vec::new())).collect();
        for (row, column, value) in &self.cells {
            match rows.iter_mut().find(|(number, _)| number == row) {
                Some((_, cells)) => cells.push((*column, value)),
                None => rows.push((*row, vec![(*column, value)])),
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        rows
    }

    /// The rows and columns up to the last cell.
    pub fn size(&self) -> (u32, u16) {
        let rows = self.cells.iter().map(|(row, _, _)| row + 1).max().unwrap_or(0);
        (rows, self.cells.iter().map(|(_, column, _)| column + 1).max().unwrap_or(0))
    }
}

/// A zip package of these parts; the first is not packed, as ods has it.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (place, (name, bytes)) in parts.iter().enumerate() {
        let method = if place == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        package.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// Text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
