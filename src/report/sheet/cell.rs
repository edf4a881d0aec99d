//! What is written in a cell of a page, and how it looks.

use std::borrow::Cow;

use super::formats::Look;
use super::text::clean;

/// A cell of a row, over one column or more.
pub(crate) struct Cell<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) look: Look,
    pub(crate) span: u16,
    pub(crate) link: Option<String>,
}

pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    /// A text that the program made itself, in which long digits are not personal.
    Digest(&'a str),
    Number(f64),
}

impl<'a> Cell<'a> {
    pub(crate) fn new(text: impl Into<Cow<'a, str>>, look: Look) -> Cell<'a> {
        Cell { value: Value::Text(text.into()), look, span: 1, link: None }
    }

    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::new(text, Look::Text)
    }

    pub(crate) fn centre(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::new(text, Look::Centre)
    }

    /// A cell for a pen.
    pub(crate) fn blank() -> Cell<'a> {
        Cell::text("")
    }

    pub(crate) fn count(count: impl Into<u64>) -> Cell<'a> {
        let count: u64 = count.into();
        Cell { value: Value::Number(count as f64), look: Look::Centre, span: 1, link: None }
    }

    /// A part of 1, shown as a percentage.
    pub(crate) fn share(share: f64) -> Cell<'a> {
        Cell { value: Value::Number(share), look: Look::Share, span: 1, link: None }
    }

    /// A SHA-256.
    pub(crate) fn digest(digest: &'a str) -> Cell<'a> {
        Cell { value: Value::Digest(digest), look: Look::Text, span: 1, link: None }
    }

    pub(crate) fn look(self, look: Look) -> Cell<'a> {
        Cell { look, ..self }
    }

    /// The same, leading to another cell of the report where there is one. It must be a text.
    pub(crate) fn to(self, link: Option<String>) -> Cell<'a> {
        Cell { link, ..self }
    }

    pub(crate) fn over(self, span: u16) -> Cell<'a> {
        Cell { span, ..self }
    }

    /// The text as it may stand in a workbook; nothing for a number.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Text(text) => clean(text),
            Value::Digest(text) => Cow::Borrowed(text),
            Value::Number(_) => Cow::Borrowed(""),
        }
    }
}
