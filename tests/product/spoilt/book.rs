//! The files of an office as rows of cells, read once and written again with a change.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// A serial of the 1900 date system.
    Date(f64),
    /// `#N/A`
    Broken,
}

/// First row, first column, last row, last column; from 0.
pub type Merge = (u32, u32, u32, u32);

#[derive(Clone, Debug)]
pub struct Page {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
    pub merges: Vec<Merge>,
}

#[derive(Clone, Debug)]
pub struct BookFile {
    pub name: String,
    pub pages: Vec<Page>,
}

impl Cell {
    pub fn text(&self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(serial) => {
                let [year, month, day] = ymd(*serial);
                format!("{year}-{month:02}-{day:02}")
            }
            Cell::Broken => "#N/A".to_string(),
        }
    }
}

/// Year, month and day of a serial.
pub fn ymd(serial: f64) -> [i64; 3] {
    let days = jiff::Span::new().days(serial as i64);
    let day = jiff::civil::date(1899, 12, 30).saturating_add(days);
    [day.year().into(), day.month().into(), day.day().into()]
}

impl Page {
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Blank)
    }

    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The merged block that holds a cell.
    pub fn merge(&self, row: usize, column: usize) -> Option<Merge> {
        let (row, column) = (row as u32, column as u32);
        let holds = |at: &&Merge| (at.0..=at.2).contains(&row) && (at.1..=at.3).contains(&column);
        self.merges.iter().find(holds).copied()
    }

    fn write(&self, sheet: &mut Worksheet) {
        let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
        for (top, left, bottom, right) in &self.merges {
            sheet.merge_range(*top, *left as u16, *bottom, *right as u16, "", &plain).unwrap();
        }
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Blank => continue,
                    Cell::Text(text) => sheet.write_string_with_format(row, column, text, &plain),
                    Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &plain),
                    Cell::Date(serial) => {
                        let day_of = ExcelDateTime::from_serial_datetime(*serial).unwrap();
                        sheet.write_datetime_with_format(row, column, &day_of, &day)
                    }
                    Cell::Broken => {
                        let formula = Formula::new("NA()").set_result("#N/A");
                        sheet.write_formula_with_format(row, column, formula, &plain)
                    }
                }
                .unwrap();
            }
        }
    }

    pub fn write_csv(&self, path: &Path) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_path(path).unwrap();
        for cells in &self.rows {
            let width = self.width().max(1);
            let cells = (0..width).map(|column| cells.get(column).map(Cell::text).unwrap_or_default());
            writer.write_record(cells).unwrap();
        }
        writer.flush().unwrap();
    }
}

impl BookFile {
    pub fn read(path: &Path) -> BookFile {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let pages = if name.ends_with(".csv") { vec![csv_page(path)] } else { xlsx_pages(path) };
        BookFile { name, pages }
    }

    pub fn is_csv(&self) -> bool {
        self.name.ends_with(".csv")
    }

    pub fn write(&self, folder: &Path) -> PathBuf {
        let path = folder.join(&self.name);
        if self.is_csv() {
            self.pages[0].write_csv(&path);
            return path;
        }
        let mut book = Workbook::new();
        for page in &self.pages {
            page.write(book.add_worksheet().set_name(&page.name).unwrap());
        }
        book.save(&path).unwrap();
        path
    }
}

fn csv_page(path: &Path) -> Page {
    let bytes = fs::read(path).unwrap();
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_string(),
        Err(_) => encoding_rs::GBK.decode(&bytes).0.into_owned(),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let cell = |text: &str| if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_string()) };
    let rows = reader.records().map(|row| row.unwrap().iter().map(cell).collect()).collect();
    Page { name: String::new(), rows, merges: Vec::new() }
}

fn xlsx_pages(path: &Path) -> Vec<Page> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let mut pages = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let (last, right) = range.end().unwrap();
        let cell = |row, column| match range.get_value((row, column)) {
            None | Some(Data::Empty) => Cell::Blank,
            Some(Data::Float(number)) => Cell::Number(*number),
            Some(Data::Int(number)) => Cell::Number(*number as f64),
            Some(Data::DateTime(day)) => Cell::Date(day.as_f64()),
            Some(Data::String(text)) => Cell::Text(text.clone()),
            Some(other) => Cell::Text(other.to_string()),
        };
        let rows = (0..=last).map(|row| (0..=right).map(|column| cell(row, column)).collect()).collect();
        let merged = book.merge_cells_by_sheet_name(&name).unwrap();
        let merges = merged.iter().map(|at| (at.start.0, at.start.1, at.end.0, at.end.1)).collect();
        pages.push(Page { name, rows, merges });
    }
    pages
}
