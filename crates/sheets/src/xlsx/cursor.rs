//! Takes tags and cells that are written in the plain shape from the beginning of a piece of a sheet.

use calamine::DataRef;
use memchr::{memchr, memmem};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::lookup::CellLookup;
use super::strings::plain_text;

/// A cell's row and column, from 0, and its value as calamine gives it.
pub(crate) type PlainCell<'m> = ((u32, u32), DataRef<'m>);

/// What is left of a piece. What is taken from it must stand at its beginning; else nothing comes back.
pub(crate) struct Cursor<'p> {
    pub bytes: &'p [u8],
}

impl<'p> Cursor<'p> {
    /// The word's length is known to the compiler, so that no function is called to compare it.
    pub(crate) fn take<const N: usize>(&mut self, word: &[u8; N]) -> bool {
        let is_there = self.bytes.first_chunk::<N>() == Some(word);
        if is_there {
            self.bytes = &self.bytes[N..];
        }
        is_there
    }

    fn expect<const N: usize>(&mut self, word: &[u8; N]) -> Option<()> {
        self.take(word).then_some(())
    }

    pub(crate) fn skip_space(&mut self) {
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
    pub(crate) fn head(&mut self) -> Option<()> {
        const DATA: &[u8] = b"<sheetData>";
        let at = memmem::find(self.bytes, DATA)?;
        let (head, data) = self.bytes.split_at(at);
        self.bytes = &data[DATA.len()..];
        is_plain_head(head).then_some(())
    }

    /// The start of a row; tells whether there is more of it.
    pub(crate) fn row(&mut self) -> Option<bool> {
        self.expect(b"<row")?;
        let mut tag = Cursor { bytes: self.until(b'>')? };
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
    pub(crate) fn cell<'m>(&mut self, lookup: &'m CellLookup) -> Option<PlainCell<'m>> {
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
            Some(b"s") => lookup.text(number(value)?)?,
            None | Some(b"n") => lookup.number(style, decimal(value)?)?,
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
        // At most three letters and seven digits, so that neither number can grow too large.
        for _ in 0..3 {
            let [letter @ b'A'..=b'Z', rest @ ..] = self.bytes else { break };
            column = column * 26 + u32::from(letter - b'A') + 1;
            self.bytes = rest;
        }
        for _ in 0..7 {
            let [digit @ b'0'..=b'9', rest @ ..] = self.bytes else { break };
            row = row * 10 + u32::from(digit - b'0');
            self.bytes = rest;
        }
        Some((row.checked_sub(1)?, column.checked_sub(1)?))
    }
}

/// The row, from 1, and the column, from 0, of an address as in `B3`.
pub(crate) fn place_of_cell(text: &str) -> Option<(u32, u32)> {
    let mut text = Cursor { bytes: text.as_bytes() };
    let (row, column) = text.address()?;
    text.bytes.is_empty().then_some((row + 1, column))
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
    let mut text = Cursor { bytes: text.as_bytes() };
    let first = text.address();
    let last = if text.take(b":") { text.address() } else { first };
    text.bytes.is_empty() && first.zip(last).is_some_and(|(first, last)| first.0 <= last.0 && first.1 <= last.1)
}

/// A whole number of up to nine digits.
fn number(text: &[u8]) -> Option<usize> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + usize::from(digit - b'0')))
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
