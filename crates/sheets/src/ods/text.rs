//! The text of a cell of an ods file: paragraphs, with white space as the format has it.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};

use super::attributes::count;
use crate::error::Fault;

/// The longest text of a cell, in bytes; spreadsheet programs end at some 32,767 characters.
const MOST: usize = 1 << 20;

/// Gathers the text of one cell from the elements in it.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    any: bool,
    /// How many elements with text of the cell are open: paragraphs, and what is in them.
    open: u32,
    /// How many elements are open within one whose text is not the cell's: a note, a shape.
    foreign: u32,
    /// White space was met behind text, and is put if more text follows.
    gap: bool,
    /// Where the paragraph begins.
    start: usize,
}

impl Paragraphs {
    /// An element within the cell begins.
    pub(crate) fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let name = tag.name().0;
        if self.foreign > 0 || is_foreign(name) {
            self.foreign += 1;
            return Ok(());
        }
        match name {
            "text:p" | "text:h" => {
                if self.any {
                    self.put("\n")?;
                }
                self.any = true;
                self.start = self.text.len();
                self.gap = false;
                self.open += 1;
            }
            _ if self.open == 0 => {}
            "text:s" => {
                self.close_gap()?;
                let spaces = count(tag, "text:c")? as usize;
                self.put(&" ".repeat(spaces.min(MOST)))?;
                self.open += 1;
            }
            "text:tab" => self.start_mark("\t")?,
            "text:line-break" => self.start_mark("\n")?,
            _ => self.open += 1,
        }
        Ok(())
    }

    /// An element within the cell, or the cell itself, ends.
    pub(crate) fn end(&mut self) {
        if self.foreign > 0 {
            self.foreign -= 1;
        } else {
            self.open = self.open.saturating_sub(1);
        }
    }

    /// Text as it stands in the file: white space shrinks to one space, and to nothing at both ends of a paragraph.
    pub(crate) fn push(&mut self, piece: &str) -> Result<(), Fault> {
        if self.foreign > 0 || self.open == 0 {
            return Ok(());
        }
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            if is_space(first) {
                self.gap = self.text.len() > self.start;
                rest = rest.trim_start_matches(is_space);
                continue;
            }
            self.close_gap()?;
            let (word, behind) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
            self.put(word)?;
            rest = behind;
        }
        Ok(())
    }

    /// `&lt;` and its kind.
    pub(crate) fn push_entity(&mut self, entity: &BytesRef<'_>) -> Result<(), Fault> {
        let character = entity.resolve_char_ref().map_err(|_| Fault::Damaged)?;
        let name = entity.xml10_content();
        match (character, resolve_predefined_entity(&name)) {
            (Some(character), _) => self.push(character.encode_utf8(&mut [0; 4])),
            (None, Some(text)) => self.push(text),
            (None, None) => Err(Fault::Damaged),
        }
    }

    /// The whole text; `None` if there was no paragraph at all.
    pub(crate) fn into_text(self) -> Option<String> {
        self.any.then_some(self.text)
    }

    fn start_mark(&mut self, mark: &str) -> Result<(), Fault> {
        self.close_gap()?;
        self.open += 1;
        self.put(mark)
    }

    fn close_gap(&mut self) -> Result<(), Fault> {
        if std::mem::take(&mut self.gap) { self.put(" ") } else { Ok(()) }
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        if self.text.len() + text.len() > MOST {
            return Err(Fault::TooLarge);
        }
        self.text.push_str(text);
        Ok(())
    }
}

/// Whether an element's text is not that of the cell it stands in.
fn is_foreign(name: &str) -> bool {
    name.starts_with("draw:")
        || name.starts_with("dr3d:")
        || matches!(name, "office:annotation" | "text:note" | "text:ruby-text" | "office:event-listeners")
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}
