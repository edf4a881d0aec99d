//! Splits text into fields, so that an unclosed quote is seen and no text is copied.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::encoding::line_after;
use crate::error::Fault;

/// What comes behind a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FieldEnd {
    Field,
    Record,
}

/// Splits text into fields. A quote means something only at the beginning of a field; within a quoted field two quotes stand
/// for one.
pub(crate) struct Splitter<'t> {
    pub text: &'t str,
    pub at: usize,
    pub delimiter: u8,
    /// The last record has been given out.
    pub ended: bool,
}

impl<'t> Splitter<'t> {
    pub(crate) fn next_field(&mut self) -> Option<Result<(Cow<'t, str>, FieldEnd), Fault>> {
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
    fn quoted(&mut self, rest: &'t str) -> Result<(Cow<'t, str>, FieldEnd), Fault> {
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

    fn pass_end(&mut self) -> FieldEnd {
        let rest = &self.text.as_bytes()[self.at..];
        if rest.first() == Some(&self.delimiter) {
            self.at += 1;
            return FieldEnd::Field;
        }
        self.at += if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
        self.ended = self.at == self.text.len();
        FieldEnd::Record
    }
}
