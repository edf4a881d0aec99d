//! csv files: records of text, split by hand so that an unclosed quote is seen and no text is copied.
//!
//! Rows are numbered as a spreadsheet program shows them: records and blank lines, from 1, whatever the lines of the file.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::Path;

use memchr::{memchr, memchr2, memchr3};

use super::encoding::{Decoded, decode, line_after};
use super::error::Fault;
use super::format::TextEncoding;
use super::guard::aloud;
use super::row::{Raw, RawCell, Row, Visit};
use super::source::Source;
use super::{Contents, Listing, Parsing, whole};

/// The bytes at the beginning from which the delimiter is guessed.
const SAMPLE: usize = 64 << 10;

/// The text of a csv file, checked: it can be split to its end.
pub(super) struct CsvText {
    text: String,
    /// Where the first record begins: behind a `sep=` line.
    start: usize,
    delimiter: u8,
}

impl CsvText {
    /// Reads the file in the encoding that was asked for, else in the one that fits.
    pub(super) fn open(
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
    fn rows(&mut self, _sheet: &str, _parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let mut splitter = self.splitter();
        let mut cells = Vec::new();
        let (mut number, mut column) = (1, 0);
        while let Some(field) = splitter.next_field() {
            let (text, end) = field?;
            if !text.is_empty() {
                let value = Raw::Text(text);
                let merged = false;
                cells.push(RawCell { column, value, merged });
            }
            column += 1;
            if end == End::Field {
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

/// What comes behind a field.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Field,
    Record,
}

/// Splits text into fields. A quote means something only at the beginning of a field; within a quoted field two quotes stand
/// for one.
struct Splitter<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
    /// The last record has been given out.
    ended: bool,
}

impl<'t> Splitter<'t> {
    fn next_field(&mut self) -> Option<Result<(Cow<'t, str>, End), Fault>> {
        if self.ended {
            return None;
        }
        let rest = self.text.get(self.at..)?;
        if rest.starts_with('"') {
            return Some(self.quoted(rest));
        }
        let bytes = rest.as_bytes();
        let length = memchr3(self.delimiter, b'\n', b'\r', bytes).unwrap_or(rest.len());
        self.at += length;
        let end = self.pass_end();
        Some(Ok((Cow::Borrowed(&rest[..length]), end)))
    }

    /// Takes a field that opens with a quote. Text between the closing quote and the delimiter belongs to it, as spreadsheet
    /// programs have it, but not if the field spans lines: then a closing quote is missing, and the quote that was met opens
    /// another field, rows further down.
    fn quoted(&mut self, rest: &'t str) -> Result<(Cow<'t, str>, End), Fault> {
        let (mut value, mut from) = (Cow::Borrowed(""), 1);
        let behind = loop {
            let Some(length) = memchr(b'"', &rest.as_bytes()[from..]) else {
                return Err(self.open_quote());
            };
            // `Cow` takes the first piece without copying it.
            value += &rest[from..from + length];
            from += length + 1;
            if !rest[from..].starts_with('"') {
                break from;
            }
            value += "\"";
            from += 1;
        };
        let bytes = &rest.as_bytes()[behind..];
        let length = memchr3(self.delimiter, b'\n', b'\r', bytes).unwrap_or(bytes.len());
        if length > 0 && value.contains(['\n', '\r']) {
            return Err(self.open_quote());
        }
        value += &rest[behind..behind + length];
        self.at += behind + length;
        Ok((value, self.pass_end()))
    }

    fn open_quote(&mut self) -> Fault {
        self.ended = true;
        let line = line_after(&self.text.as_bytes()[..self.at]);
        Fault::OpenQuote { line }
    }

    fn pass_end(&mut self) -> End {
        let rest = &self.text.as_bytes()[self.at..];
        if rest.first() == Some(&self.delimiter) {
            self.at += 1;
            return End::Field;
        }
        self.at += if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
        self.ended = self.at == self.text.len();
        End::Record
    }
}

/// A first line as in `sep=;` names the delimiter and is no record. Gives where the records begin.
fn declaration(text: &[u8]) -> (usize, Option<u8>) {
    let end =
        memchr2(b'\n', b'\r', text).map_or(text.len(), |at| at + if text[at..].starts_with(b"\r\n") { 2 } else { 1 });
    let line = text[..end].trim_ascii_start();
    let stripped = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"\"sep="));
    match stripped {
        Some(
            [delimiter @ (b',' | b';' | b'\t' | b'|'), b'\r' | b'\n' | b'"', ..]
            | [delimiter @ (b',' | b';' | b'\t' | b'|')],
        ) => (end, Some(*delimiter)),
        _ => (0, None),
    }
}

/// The delimiter that stands on the most of the first lines; among equals the tab, which nobody types into a cell.
fn guess(text: &[u8]) -> u8 {
    let sample = &text[..text.len().min(SAMPLE)];
    let candidates = [b';', b',', b'\t'];
    let mut lines = [0_usize; 3];
    let mut seen = [false; 3];
    let mut quoted = false;
    for &byte in sample.iter().chain(b"\n") {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                for (count, seen) in lines.iter_mut().zip(&mut seen) {
                    *count += usize::from(std::mem::take(seen));
                }
            }
            _ if quoted => {}
            _ => {
                for (seen, candidate) in seen.iter_mut().zip(candidates) {
                    *seen |= byte == candidate;
                }
            }
        }
    }
    let most = candidates.into_iter().zip(lines).max_by_key(|&(_, count)| count);
    most.filter(|&(_, count)| count > 0).map_or(b',', |(candidate, _)| candidate)
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
        CsvText::new(text.to_owned())?.rows("", Parsing::Here, &mut visit)?;
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
