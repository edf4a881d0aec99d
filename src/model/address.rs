//! Where something stands: the sheet of an input, its row, its column.

/// A row of an input sheet. Rows are numbered from 1, as the clerk sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// The place of the sheet among all sheets of the run, in the order of [`super::Assessment::sheets`].
    pub sheet: u32,
    pub row: u32,
}

/// A cell of an input sheet. Columns are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    pub row: RowRef,
    pub column: u32,
}

impl RowRef {
    pub fn cell(self, column: u32) -> CellRef {
        CellRef { row: self, column }
    }
}

/// The letters of a column: 0 is A, 26 is AA.
pub fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    push_column(column, &mut letters);
    letters
}

/// Writes the letters of a column behind a text.
pub(crate) fn push_column(column: u32, letters: &mut String) {
    let (last, before) = (column % 26, column / 26);
    if before > 0 {
        push_column(before - 1, letters);
    }
    letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[last as usize]));
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        let letters = [0, 25, 26, 701, 702, 16383].map(super::column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
