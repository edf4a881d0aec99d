//! Rows of cells with their addresses: the one shape in which every format is handed on.

use std::borrow::Cow;
use std::ops::ControlFlow;

/// The most rows that a sheet can have in any format that is read here.
pub(crate) const MAX_ROWS: u32 = 1_048_576;
/// The most columns that a sheet can have in any format that is read here.
pub(crate) const MAX_COLUMNS: u32 = 16_384;

/// The function that is given each row, and breaks when it has seen enough.
pub type Visit<'v> = dyn FnMut(Row<'_>) -> ControlFlow<()> + 'v;

/// The function that is given each row first, where there are two, perhaps on another thread.
pub(crate) type Look<'v> = dyn FnMut(Row<'_>) + Send + 'v;

/// The function that is given each row that was looked at.
pub(crate) type Take<'v> = dyn FnMut(Row<'_>) + 'v;

/// A row with at least one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// The row's number, from 1, as the clerk sees it.
    pub number: u32,
    /// In ascending order of column; blank cells are left out.
    pub cells: &'a [RawCell<'a>],
}

impl<'a> Row<'a> {
    /// The cell in a column. `None` if it is blank.
    pub fn cell(self, column: u32) -> Option<&'a RawCell<'a>> {
        self.cells.iter().find(|cell| cell.column == column)
    }

    /// The value in a column. `None` if its cell is blank.
    pub fn value(self, column: u32) -> Option<&'a Raw<'a>> {
        self.cell(column).map(|cell| &cell.value)
    }
}

/// A cell that is not blank.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCell<'a> {
    /// The column, from 0 for A.
    pub column: u32,
    pub value: Raw<'a>,
    /// The value is that of the top-left cell of a merged area, filled in here.
    pub merged: bool,
    /// How many rows below it a merged area covers of which this is the top-left cell.
    pub down: u16,
}

/// A cell's value as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw<'a> {
    /// Never empty.
    Text(Cow<'a, str>),
    /// Always finite.
    Number(f64),
    /// Days in the 1900 system (1 is 1900-01-01); the fraction is the time of day. May be out of range.
    Date(f64),
    Flag(bool),
    /// `#N/A` and its kind, or a number that is not finite.
    Error,
    /// A formula whose result is not in the file.
    NoValue,
}

/// Streams the rows of an in-memory table, as if it were a sheet: row numbers from 1, empty strings as blank cells.
pub fn rows_of_text(table: &[Vec<String>], visit: &mut Visit<'_>) {
    let mut cells = Vec::new();
    for (number, texts) in (1..).zip(table) {
        cells.clear();
        let filled = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        cells.extend(filled.map(|(column, text)| RawCell {
            column,
            value: Raw::Text(Cow::Borrowed(text)),
            merged: false,
            down: 0,
        }));
        let row = Row { number, cells: &cells };
        if !cells.is_empty() && visit(row).is_break() {
            return;
        }
    }
}

/// The name of a cell as in `B3`. Takes row and column from 0.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().map(|&letter| char::from(letter)).collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet_program() {
        let names = [(0, 0), (2, 25), (0, 26), (9, 701), (9, 702), (1_048_575, 16_383)];
        let names = names.map(|(row, column)| cell_name(row, column));
        assert_eq!(names, ["A1", "Z3", "AA1", "ZZ10", "AAA10", "XFD1048576"]);
    }

    #[test]
    fn a_table_in_memory_streams_like_a_sheet() {
        let table = [vec!["姓名".to_owned(), String::new(), "单位".to_owned()], vec![], vec!["张三".to_owned()]];
        let mut seen = Vec::new();
        rows_of_text(&table, &mut |row| {
            let cells: Vec<_> = row.cells.iter().map(|cell| (cell.column, cell.value.clone())).collect();
            seen.push((row.number, format!("{cells:?}")));
            ControlFlow::Continue(())
        });
        let expected =
            [(1, r#"[(0, Text("姓名")), (2, Text("单位"))]"#.to_owned()), (3, r#"[(0, Text("张三"))]"#.to_owned())];
        assert_eq!(seen, expected);
    }
}
