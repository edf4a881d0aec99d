//! Reads the rows of a sheet that are written in the plain shape in which all common programs write them:
//!
//! ```xml
//! <row r="2" spans="1:4"><c r="A2" s="1"><v>45207</v></c><c r="B2" t="s"><v>12</v></c>
//!     <c r="C2" t="inlineStr"><is><t>张三</t></is></c><c r="D2"/></row>
//! ```
//!
//! That takes a fifth of the time of a whole XML parser. What is anything else, however little, is left to calamine, from
//! that cell on; so nothing is understood here that calamine would understand otherwise.

use std::io::Read;

use calamine::DataRef;
use memchr::{memchr, memmem};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::meaning::Meaning;
use super::pieces::Pieces;
use super::strings::plain_text;

/// A cell's row and column, from 0, and its value as calamine gives it.
pub(super) type PlainCell<'m> = ((u32, u32), DataRef<'m>);

/// The plain rows of a sheet, cell by cell.
pub(super) struct Plain<'m, R> {
    pieces: Pieces<R>,
    /// The place in the current piece.
    at: usize,
    place: Place,
    meaning: &'m Meaning,
    /// How many cells were given.
    given: u64,
}

/// What the reading stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Data,
    Row,
    /// Behind the end of the data.
    End,
    /// Before something that is not plain.
    Other,
}

impl<'m, R: Read> Plain<'m, R> {
    pub(super) fn new(part: R, meaning: &'m Meaning) -> Plain<'m, R> {
        Plain { pieces: Pieces::new(part), at: 0, place: Place::Head, meaning, given: 0 }
    }

    /// The next cell. None behind the last one, and before one that is not plain.
    pub(super) fn next(&mut self) -> Option<PlainCell<'m>> {
        loop {
            match self.step() {
                Some(Step::Cell(cell)) => {
                    self.given += 1;
                    return Some(cell);
                }
                Some(Step::Place(place)) => {
                    self.place = place;
                    if matches!(place, Place::End | Place::Other) {
                        return None;
                    }
                }
                None => {
                    self.place = Place::Other;
                    return None;
                }
            }
        }
    }

    /// How many cells were given before something that is not plain; none if all of the sheet is plain.
    pub(super) fn left_at(&self) -> Option<u64> {
        (self.place != Place::End).then_some(self.given)
    }

    /// Takes the next tag; nothing if it is not plain.
    fn step(&mut self) -> Option<Step<'m>> {
        if matches!(self.place, Place::End | Place::Other) {
            return Some(Step::Place(self.place));
        }
        let piece = self.pieces.piece();
        let mut text = Text { bytes: piece.get(self.at..)? };
        if self.place != Place::Head {
            text.skip_space();
        }
        if text.bytes.is_empty() {
            self.at = 0;
            return self.pieces.advance().ok()?.then_some(Step::Place(self.place));
        }
        let step = match self.place {
            Place::Head => text.head().map(|()| Step::Place(Place::Data)),
            Place::Row if text.take(b"</row>") => Some(Step::Place(Place::Data)),
            Place::Row => text.cell(self.meaning).map(Step::Cell),
            Place::Data if text.take(b"</sheetData>") => Some(Step::Place(Place::End)),
            Place::Data => text.row().map(|open| Step::Place(if open { Place::Row } else { Place::Data })),
            Place::End | Place::Other => None,
        };
        self.at = piece.len() - text.bytes.len();
        step
    }
}

enum Step<'m> {
    Cell(PlainCell<'m>),
    Place(Place),
}

/// What is left of a piece. What is taken from it must stand at its beginning; else nothing comes back.
struct Text<'p> {
    bytes: &'p [u8],
}

impl<'p> Text<'p> {
    /// The word's length is known to the compiler, so that no function is called to compare it.
    fn take<const N: usize>(&mut self, word: &[u8; N]) -> bool {
        let is_there = self.bytes.first_chunk::<N>() == Some(word);
        if is_there {
            self.bytes = &self.bytes[N..];
        }
        is_there
    }

    fn expect<const N: usize>(&mut self, word: &[u8; N]) -> Option<()> {
        self.take(word).then_some(())
    }

    fn skip_space(&mut self) {
        while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = self.bytes {
            self.bytes = rest;
        }
    }

    /// What comes before a byte, which is taken, too.
    fn until(&mut self, end: u8) -> Option<&'p [u8]> {
        let at = memchr(end, self.bytes)?;
        let before = &self.bytes[..at];
        self.bytes = &self.bytes[at + 1..];
        Some(before)
    }

    /// All that stands before the data.
    fn head(&mut self) -> Option<()> {
        const DATA: &[u8] = b"<sheetData>";
        let at = memmem::find(self.bytes, DATA)?;
        let (head, data) = self.bytes.split_at(at);
        self.bytes = &data[DATA.len()..];
        is_plain_head(head).then_some(())
    }

    /// The start of a row; tells whether there is more of it.
    fn row(&mut self) -> Option<bool> {
        self.expect(b"<row")?;
        let mut tag = Text { bytes: self.until(b'>')? };
        let (mut numbered, mut open) = (false, true);
        while !tag.bytes.is_empty() {
            if tag.bytes == b"/" {
                open = false;
                break;
            }
            tag.expect(b" ")?;
            let name = tag.until(b'=')?;
            tag.expect(b"\"")?;
            let value = tag.until(b'"')?;
            if name == b"r" {
                number(value).filter(|number| !numbered && *number > 0)?;
                numbered = true;
            }
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b':';
            let is_value = |byte: &u8| !matches!(byte, b'<' | b'&' | b'\'');
            (!name.is_empty() && name.iter().all(is_name) && value.iter().all(is_value)).then_some(())?;
        }
        numbered.then_some(open)
    }

    /// A whole cell.
    fn cell<'m>(&mut self, meaning: &'m Meaning) -> Option<PlainCell<'m>> {
        self.expect(b"<c r=\"")?;
        let place = self.address()?;
        self.expect(b"\"")?;
        let (mut style, mut kind) = (None, None);
        loop {
            if style.is_none() && self.take(b" s=\"") {
                style = Some(number(self.until(b'"')?)?);
            } else if kind.is_none() && self.take(b" t=\"") {
                kind = Some(self.until(b'"')?);
            } else {
                break;
            }
        }
        if self.take(b"/>") || self.take(b"></c>") {
            return Some((place, DataRef::Empty));
        }
        if kind == Some(b"inlineStr") {
            return Some((place, DataRef::String(self.inline_text()?.to_owned())));
        }
        self.expect(b"><v>")?;
        let value = self.until(b'<')?;
        self.expect(b"/v></c>")?;
        let value = match kind {
            Some(b"s") => meaning.text(number(value)?)?,
            None | Some(b"n") => meaning.number(style, decimal(value)?)?,
            Some(b"b") if matches!(value, b"0" | b"1") => DataRef::Bool(value == b"1"),
            Some(_) => return None,
        };
        Some((place, value))
    }

    /// A text that stands in its cell, up to the cell's end.
    fn inline_text(&mut self) -> Option<&'p str> {
        self.expect(b"><is><t")?;
        let keeps_space = self.take(b" xml:space=\"preserve\"");
        self.expect(b">")?;
        let text = std::str::from_utf8(self.until(b'<')?).ok()?;
        self.expect(b"/t></is></c>")?;
        plain_text(text, keeps_space)
    }

    /// The address of a cell, as in `B3`.
    fn address(&mut self) -> Option<(u32, u32)> {
        let (mut column, mut row) = (0_u32, 0_u32);
        let bytes = self.bytes;
        let letters = bytes.iter().take(3).take_while(|byte| byte.is_ascii_uppercase()).count();
        for letter in &bytes[..letters] {
            column = column * 26 + u32::from(letter - b'A') + 1;
        }
        let digits = bytes[letters..].iter().take(7).take_while(|byte| byte.is_ascii_digit()).count();
        for digit in &bytes[letters..letters + digits] {
            row = row * 10 + u32::from(digit - b'0');
        }
        self.bytes = &bytes[letters + digits..];
        Some((row.checked_sub(1)?, column.checked_sub(1)?))
    }
}

/// Whether what stands before the data is whole, and has nothing but elements in it; calamine looks at its dimension.
fn is_plain_head(head: &[u8]) -> bool {
    let mut xml = Reader::from_reader(head);
    xml.config_mut().check_end_names = false;
    loop {
        match xml.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "dimension" => {
                let area = tag.attributes().next().and_then(Result::ok).filter(|area| area.key.as_ref() == "ref");
                if !area.is_some_and(|area| is_area(&area.value)) {
                    return false;
                }
            }
            Ok(Event::Decl(_) | Event::Start(_) | Event::Empty(_) | Event::End(_)) => {}
            Ok(Event::Text(text)) if text.trim_ascii().is_empty() => {}
            Ok(Event::Eof) => return true,
            Ok(_) | Err(_) => return false,
        }
    }
}

/// Whether this is written as in `A1` or `A1:C9`.
fn is_area(text: &str) -> bool {
    let mut text = Text { bytes: text.as_bytes() };
    let first = text.address();
    let last = if text.take(b":") { text.address() } else { first };
    text.bytes.is_empty() && first.zip(last).is_some_and(|(first, last)| first.0 <= last.0 && first.1 <= last.1)
}

/// A whole number of up to nine digits.
fn number(text: &[u8]) -> Option<usize> {
    let digits = (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    digits.then(|| text.iter().fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0')))
}

/// A number as spreadsheets write it: `12`, `-0.5`, `1.5E-7`.
fn decimal(text: &[u8]) -> Option<f64> {
    if let Some(whole) = number(text) {
        return u32::try_from(whole).ok().map(f64::from);
    }
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let mantissa_end = text.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = text.split_at(mantissa_end.unwrap_or(text.len()));
    let mantissa = mantissa.strip_prefix(b"-").unwrap_or(mantissa);
    let point = mantissa.iter().position(|byte| *byte == b'.');
    let is_mantissa =
        point.map_or_else(|| digits(mantissa), |at| digits(&mantissa[..at]) && digits(&mantissa[at + 1..]));
    let exponent = exponent
        .get(1..)
        .map(|exponent| exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+")).unwrap_or(exponent));
    if !is_mantissa || exponent.is_some_and(|exponent| !digits(exponent)) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes before the rows, as Excel writes it.
    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet xmlns="main" xmlns:x14ac="ac" mc:Ignorable="x14ac xr" xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr/>
        <dimension ref="A1:C9"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><cols><col min="1" max="3"/></cols>"#;

    /// The places and values of the plain cells, and how many there are before something that is not plain.
    fn read(rows: &str) -> (Vec<String>, Option<u64>) {
        let meaning = Meaning::with_strings(&["张三", "李四"]);
        let part = format!("{HEAD}<sheetData>{rows}</sheetData><pageMargins/></worksheet>");
        let mut plain = Plain::new(part.as_bytes(), &meaning);
        let mut cells = Vec::new();
        while let Some(((row, column), value)) = plain.next() {
            cells.push(format!("{row} {column} {}", calamine::Data::from(value)));
        }
        assert!(plain.next().is_none(), "a cell behind the end");
        (cells, plain.left_at())
    }

    #[test]
    fn what_common_programs_write_is_plain_to_its_end() {
        let excel = r#"<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="0"><v>-1.5</v></c></row>"#;
        let wps = r#"<row r="2" ht="20" customHeight="1" spans="1:3"><c r="A2" s="1"><v>45207</v></c></row>"#;
        let libreoffice = r#"<row r="3" customFormat="false" ht="15" hidden="false" outlineLevel="0" collapsed="false"><c r="A3" s="0" t="n"><v>1E-3</v></c></row>"#;
        let openpyxl = r#"<row r="4"><c r="A4" t="inlineStr"><is><t>王五</t></is></c></row>"#;
        let poi = "<row r=\"5\">\n  <c r=\"AA5\" t=\"s\" s=\"1\"><v>1</v></c><c r=\"AB5\" t=\"b\"><v>1</v></c>\n</row><row r=\"6\"/>";
        let expected = ["0 0 张三", "0 1 ", "0 2 -1.5", "1 0 45207", "2 0 0.001", "3 0 王五", "4 26 李四", "4 27 true"];
        let rows = [excel, wps, libreoffice, openpyxl, poi].concat();
        assert_eq!(read(&rows), (expected.map(str::to_owned).to_vec(), None));
        assert_eq!(read(""), (Vec::new(), None));
    }

    #[test]
    fn it_stops_before_what_is_not_plain() {
        let odd = [
            r#"<c r="B1" t="str"><v>a</v></c>"#,
            r#"<c r="B1"><f>A1</f><v>1</v></c>"#,
            r#"<c r="B1" t="s"><v>2</v></c>"#,
            r#"<c r="B1" s="2"><v>1</v></c>"#,
            r#"<c r="B1"><v>一</v></c>"#,
            r#"<c r="b1"><v>1</v></c>"#,
            r#"<c s="1" r="B1"><v>1</v></c>"#,
            r#"<c r="B1" t="inlineStr"><is><t>a&amp;b</t></is></c>"#,
            "<!-- --><c r=\"B1\"><v>1</v></c>",
            "</sheetData>",
        ];
        for cell in odd {
            let rows = format!(r#"<row r="1"><c r="A1"><v>7</v></c>{cell}</row>"#);
            assert_eq!(read(&rows), (vec!["0 0 7".to_owned()], Some(1)), "{cell}");
        }
        for row in ["<row>", "<row r=\"0\">", "<row r=\"1\" r=\"2\">", "<x:row r=\"1\">", "a<row r=\"1\">"] {
            assert_eq!(read(&format!("{row}<c r=\"A1\"><v>7</v></c></row>")), (Vec::new(), Some(0)), "{row}");
        }
    }
}
