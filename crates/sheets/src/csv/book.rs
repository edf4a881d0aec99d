//! csv files: records of text, split by hand so that an unclosed quote is seen and no text is copied.
//!
//! Rows are numbered as a spreadsheet program shows them: records and blank lines, from 1, whatever the lines of the file.

use std::ops::ControlFlow;
use std::path::Path;

use memchr::memchr;

use super::delimiter::{declaration, guess};
use super::encoding::{Decoded, decode, line_after};
use super::splitter::{FieldEnd, Splitter};
use crate::error::Fault;
use crate::format::TextEncoding;
use crate::guard::aloud;
use crate::input::listing::Listing;
use crate::input::readers::Contents;
use crate::input::source::{Source, whole};
use crate::rows::row::{Raw, RawCell, Row, Visit};

/// The text of a csv file, checked: it can be split to its end.
pub(crate) struct CsvText {
    text: String,
    /// Where the first record begins: behind a `sep=` line.
    start: usize,
    delimiter: u8,
}

impl CsvText {
    /// Reads the file in the encoding that was asked for, else in the one that fits.
    pub(crate) fn open(
        file: Source,
        path: &Path,
        asked: Option<TextEncoding>,
        listing: &mut Listing,
    ) -> Result<CsvText, Fault> {
        let stem = path.file_stem().unwrap_or_default();
        listing.add(&stem.to_string_lossy(), true, false);
        let Decoded { text, remark } = decode(whole(file)?, asked)?;
        listing.remarks.extend(remark);
        if let Some(at) = memchr(0, text.as_bytes()) {
            let line = line_after(&text.as_bytes()[..at]);
            return Err(Fault::Nul { line, asked });
        }
        CsvText::new(text)
    }

    fn new(text: String) -> Result<CsvText, Fault> {
        let (start, declared) = declaration(text.as_bytes());
        let delimiter = declared.unwrap_or_else(|| guess(&text.as_bytes()[start..]));
        let text = CsvText { text, start, delimiter };
        text.check_quotes()?;
        Ok(text)
    }

    fn check_quotes(&self) -> Result<(), Fault> {
        let mut splitter = self.splitter();
        while let Some(field) = splitter.next_field() {
            field?;
        }
        Ok(())
    }

    fn splitter(&self) -> Splitter<'_> {
        Splitter { text: &self.text, at: self.start, delimiter: self.delimiter, ended: self.start == self.text.len() }
    }
}

impl Contents for CsvText {
    fn rows(&mut self, _sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let mut splitter = self.splitter();
        let mut cells = Vec::new();
        let (mut number, mut column) = (1, 0);
        while let Some(field) = splitter.next_field() {
            let (text, end) = field?;
            if !text.is_empty() {
                let value = Raw::Text(text);
                let (merged, down) = (false, 0);
                cells.push(RawCell { column, value, merged, down });
            }
            column += 1;
            if end == FieldEnd::Field {
                continue;
            }
            let row = Row { number, cells: &cells };
            if !cells.is_empty() && aloud(|| visit(row)) == ControlFlow::Break(()) {
                return Ok(());
            }
            cells.clear();
            (number, column) = (number + 1, 0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u32, Vec<(u32, String)>)>;

    fn read(text: &str) -> Result<Rows, Fault> {
        let mut rows = Vec::new();
        let mut visit = |row: Row<'_>| {
            let cells = row.cells.iter().map(|cell| match &cell.value {
                Raw::Text(text) => (cell.column, text.to_string()),
                other => (cell.column, format!("{other:?}")),
            });
            rows.push((row.number, cells.collect()));
            ControlFlow::Continue(())
        };
        CsvText::new(text.to_owned())?.rows("", &mut visit)?;
        Ok(rows)
    }

    fn row(number: u32, cells: &[(u32, &str)]) -> (u32, Vec<(u32, String)>) {
        let cells = cells.iter().map(|&(column, text)| (column, text.to_owned()));
        (number, cells.collect())
    }

    #[test]
    fn records_are_numbered_as_a_spreadsheet_program_does() {
        let rows = read("姓名,备注\r\n\r\n张三,\"两\r\n行\"\n,,\n李四,,x,y\n");
        let expected = vec![
            row(1, &[(0, "姓名"), (1, "备注")]),
            row(3, &[(0, "张三"), (1, "两\r\n行")]),
            row(5, &[(0, "李四"), (2, "x"), (3, "y")]),
        ];
        assert_eq!(rows, Ok(expected));
    }

    #[test]
    fn quotes_mean_something_only_at_the_beginning_of_a_field() {
        let rows = read("\"a\"\"b\",\"c\"d,e\"f\"\n\"\",\"\"\"\"");
        let expected = vec![row(1, &[(0, "a\"b"), (1, "cd"), (2, "e\"f\"")]), row(2, &[(1, "\"")])];
        assert_eq!(rows, Ok(expected));
    }

    #[test]
    fn the_delimiter_is_declared_or_guessed() {
        assert_eq!(read("sep=;\r\na,b;c\n"), Ok(vec![row(1, &[(0, "a,b"), (1, "c")])]));
        assert_eq!(read("a,x\tb,y\n"), Ok(vec![row(1, &[(0, "a,x"), (1, "b,y")])]));
        assert_eq!(read("a;b\n\"c,\";d"), Ok(vec![row(1, &[(0, "a"), (1, "b")]), row(2, &[(0, "c,"), (1, "d")])]));
        assert_eq!(read("a\rb"), Ok(vec![row(1, &[(0, "a")]), row(2, &[(0, "b")])]));
    }

    #[test]
    fn an_unclosed_quote_is_named_by_the_line_where_it_opened() {
        assert_eq!(read("a,b\nc,\"d\ne,f\ng,h\n"), Err(Fault::OpenQuote { line: 2 }));
    }

    #[test]
    fn a_quote_that_is_closed_only_by_the_next_one_to_open_is_unclosed() {
        assert_eq!(read("a,b\r\n张三,\"备注\r\n李四,x\r\n王五,\"好\"\r\n"), Err(Fault::OpenQuote { line: 2 }));
    }

    #[test]
    fn lines_may_end_with_a_carriage_return_alone() {
        assert_eq!(read("sep=;\ra,b;c\rd"), Ok(vec![row(1, &[(0, "a,b"), (1, "c")]), row(2, &[(0, "d")])]));
        assert_eq!(
            read("a;b\rc,d;e\rf;g\r"),
            Ok(vec![row(1, &[(0, "a"), (1, "b")]), row(2, &[(0, "c,d"), (1, "e")]), row(3, &[(0, "f"), (1, "g")]),])
        );
        assert_eq!(read("a\rb,\"c"), Err(Fault::OpenQuote { line: 2 }));
    }

    #[test]
    fn a_file_of_blank_lines_has_no_rows() {
        assert_eq!(read("\n\n"), Ok(vec![]));
        assert_eq!(read("sep=,"), Ok(vec![]));
    }
}
