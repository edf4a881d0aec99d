//! Texts as they may stand in a workbook.

use std::borrow::Cow;

use rust_xlsxwriter::Note;

use super::width;
use crate::model::mask;

/// Characters that a cell may hold.
const CHARACTERS: usize = 32_767;
const CUT: &str = "…（内容过长，已截断）";

/// A text as it may stand in a workbook: masked, whatever its type, without characters that XML forbids, cut to what a cell holds.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = mask(text);
    let text = if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, " ")) } else { text };
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return text;
    }
    let mut used = CUT.encode_utf16().count();
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.len_utf16();
            used <= CHARACTERS
        })
        .collect();
    Cow::Owned(kept + CUT)
}

/// A note of a width in pixels, which holds so many columns of 宋体 9. `edges` is added to the height of its lines.
pub(crate) fn note(text: &str, pixels: u32, columns: usize, edges: u32) -> Note {
    let lines = u32::try_from(width::lines(text, columns)).unwrap_or(u32::MAX).min(40);
    Note::new(text)
        .set_author("jiaoyan")
        .add_author_prefix(false)
        .set_font_name("宋体")
        .set_font_size(9)
        .set_width(pixels)
        .set_height(lines * 16 + edges)
}
