//! What is written in a cell of a page, and how it looks.

use std::borrow::Cow;

use super::formats::Look;
use super::text::clean;

pub(crate) struct PageCell<'a> {
    pub(crate) value: Content<'a>,
    pub(crate) look: Look,
    pub(crate) span: u16,
    pub(crate) link: Option<String>,
}

pub(crate) enum Content<'a> {
    Text(Cow<'a, str>),
    /// A text that the program made itself, in which long digits are not personal.
    Digest(&'a str),
    Number(f64),
}

impl<'a> PageCell<'a> {
    pub(crate) fn new(text: impl Into<Cow<'a, str>>, look: Look) -> PageCell<'a> {
        PageCell { value: Content::Text(text.into()), look, span: 1, link: None }
    }

    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> PageCell<'a> {
        PageCell::new(text, Look::Text)
    }

    pub(crate) fn centre(text: impl Into<Cow<'a, str>>) -> PageCell<'a> {
        PageCell::new(text, Look::Centre)
    }

    pub(crate) fn head(text: impl Into<Cow<'a, str>>) -> PageCell<'a> {
        PageCell::new(text, Look::Head)
    }

    pub(crate) fn blank() -> PageCell<'a> {
        PageCell::text("")
    }

    pub(crate) fn count(count: impl Into<u64>) -> PageCell<'a> {
        let count: u64 = count.into();
        PageCell { value: Content::Number(count as f64), look: Look::Centre, span: 1, link: None }
    }

    /// A part of 1, shown as a percentage.
    pub(crate) fn share(share: f64) -> PageCell<'a> {
        PageCell { value: Content::Number(share), look: Look::Share, span: 1, link: None }
    }

    pub(crate) fn digest(digest: &'a str) -> PageCell<'a> {
        PageCell { value: Content::Digest(digest), look: Look::Text, span: 1, link: None }
    }

    pub(crate) fn look(self, look: Look) -> PageCell<'a> {
        PageCell { look, ..self }
    }

    /// The same with a link to another cell of the report, if there is one. Only a text may have one.
    pub(crate) fn to(self, link: Option<String>) -> PageCell<'a> {
        PageCell { link, ..self }
    }

    pub(crate) fn over(self, span: u16) -> PageCell<'a> {
        PageCell { span, ..self }
    }

    /// The text as it may stand in a workbook. Empty for a number.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Content::Text(text) => clean(text),
            Content::Digest(text) => Cow::Borrowed(text),
            Content::Number(_) => Cow::Borrowed(""),
        }
    }
}
