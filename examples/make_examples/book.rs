//! Writing sheets the way clerks lay them out, and noting where a fault was put.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::calendar::iso;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Blank,
    Text(String),
    Number(f64),
    Date(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl Cell {
    /// A date where the text is one, else the text as it stands.
    pub fn date_or_text(text: &str) -> Self {
        iso(text).map_or_else(|| Self::from(text), Self::Date)
    }

    /// The cell as a comma-separated file shows it.
    pub fn plain(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// What is wrong on purpose with one row, before the row has an address.
#[derive(Clone, Copy, Debug)]
pub struct Flaw {
    /// The standard header of the column that the fault is in.
    pub column: &'static str,
    pub wrong: &'static str,
    pub reading: &'static str,
}

/// A fault at its cell.
#[derive(Debug)]
pub struct Fault {
    pub place: String,
    pub wrong: String,
    pub reading: String,
}

/// The faults of all the files, in the order in which they were written.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub fn note(&mut self, place: String, wrong: &str, reading: &str) {
        self.0.push(Fault { place, wrong: wrong.to_owned(), reading: reading.to_owned() });
    }
}

/// `A1`, from a row and a column that count from 0.
pub fn address(row: u32, column: u16) -> String {
    let letter = char::from(b'A' + u8::try_from(column).expect("a sheet of few columns"));
    format!("{letter}{}", row + 1)
}

/// A workbook whose bytes don't depend on the day it is made.
pub fn workbook() -> Result<Workbook> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 8)?.and_hms(9, 0, 0)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

pub fn save(folder: &Path, name: &str, mut book: Workbook) -> Result<()> {
    let bytes = book.save_to_buffer().with_context(|| format!("cannot build {name}"))?;
    fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))
}

/// One sheet, written from top to bottom.
pub struct Page<'a> {
    sheet: &'a mut Worksheet,
    width: u16,
    row: u32,
    body: Format,
    date: Format,
    head: Format,
}

impl<'a> Page<'a> {
    pub fn new(book: &'a mut Workbook, name: &str, width: usize) -> Result<Self> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let width = u16::try_from(width)?;
        for column in 0..width {
            sheet.set_column_width(column, 13)?;
        }
        let body = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let date = body.clone().set_num_format("yyyy-mm-dd");
        let head = body.clone().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        Ok(Self { sheet, width, row: 0, body, date, head })
    }

    /// The row that is written next, counted from 0.
    pub fn next(&self) -> u32 {
        self.row
    }

    /// A line merged over the whole width: a title, a unit line, a sign-off.
    pub fn banner(&mut self, text: &str) -> Result<()> {
        self.sheet.merge_range(self.row, 0, self.row, self.width - 1, text, &Format::new())?;
        self.row += 1;
        Ok(())
    }

    pub fn header(&mut self, names: &[&str]) -> Result<()> {
        for (column, name) in names.iter().enumerate() {
            self.sheet.write_string_with_format(self.row, u16::try_from(column)?, *name, &self.head)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn line(&mut self, cells: &[Cell]) -> Result<u32> {
        for (column, cell) in cells.iter().enumerate() {
            self.put(self.row, u16::try_from(column)?, cell)?;
        }
        self.row += 1;
        Ok(self.row - 1)
    }

    pub fn blank_row(&mut self) {
        self.row += 1;
    }

    /// Merges a block of cells and leaves `cell` in its first one.
    pub fn merge(&mut self, from: (u32, u16), to: (u32, u16), cell: &Cell) -> Result<()> {
        if from == to {
            return Ok(());
        }
        self.sheet.merge_range(from.0, from.1, to.0, to.1, "", &self.body)?;
        self.put(from.0, from.1, cell)
    }

    fn put(&mut self, row: u32, column: u16, cell: &Cell) -> Result<()> {
        let sheet = &mut *self.sheet;
        match cell {
            Cell::Blank => sheet.write_blank(row, column, &self.body)?,
            Cell::Text(text) => sheet.write_string_with_format(row, column, text, &self.body)?,
            Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &self.body)?,
            Cell::Date(date) => sheet.write_datetime_with_format(row, column, excel(*date)?, &self.date)?,
        };
        Ok(())
    }
}

fn excel(date: Date) -> Result<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    Ok(ExcelDateTime::from_ymd(year.try_into()?, month.try_into()?, day.try_into()?)?)
}
