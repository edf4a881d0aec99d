//! 填写选项: the words of drop-down lists that are too long for a cell's own list.

use rust_xlsxwriter::XlsxError;

use super::Book;
use crate::intake::OPTIONS;
use crate::report::formats::Look;
use crate::report::page::{Cell, Page, Paper};

/// Rows above the words, from 1: the title and the names of the lists.
const ABOVE: usize = 2;
const WIDTH: f64 = 34.0;

/// The lists that the page holds, each with its name.
#[derive(Default)]
pub(super) struct Options {
    lists: Vec<(String, Vec<String>)>,
}

impl Options {
    /// Takes up a list, unless it is there already; gives the formula that refers to its words.
    pub(super) fn refer(&mut self, name: &str, words: &[&str]) -> String {
        let place = self.lists.iter().position(|(_, own)| own == words).unwrap_or_else(|| {
            self.lists.push((name.to_string(), words.iter().map(ToString::to_string).collect()));
            self.lists.len() - 1
        });
        let column = crate::model::column_letters(u32::try_from(place).unwrap_or(u32::MAX));
        let (first, last) = (ABOVE + 1, ABOVE + words.len());
        format!("='{}'!${column}${first}:${column}${last}", OPTIONS.sheet)
    }

    /// The page, where any list needs it.
    pub(super) fn write(&self, book: &mut Book) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let mut page = Page::new(book, OPTIONS.sheet, Paper::Portrait, vec![WIDTH; self.lists.len()])?;
        page.line(OPTIONS.title, Look::Heading)?;
        let heads: Vec<&str> = self.lists.iter().map(|(name, _)| name.as_str()).collect();
        page.list_head(&heads, 0)?;
        let longest = self.lists.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
        for at in 0..longest {
            let word = |(_, words): &'_ (String, Vec<String>)| words.get(at).cloned().unwrap_or_default();
            let cells: Vec<Cell> = self.lists.iter().map(|list| Cell::text(word(list))).collect();
            page.row(&cells)?;
        }
        page.finish()
    }
}
