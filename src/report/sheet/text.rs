//! Texts as they may stand in a workbook.

use std::borrow::Cow;

use rust_xlsxwriter::Note;

use super::width;
use crate::model::mask;

/// Characters that a cell may hold.
const CHARACTERS: usize = 32_767;
const CUT: &str = "…（内容过长，已截断）";

/// A text as it may stand in a workbook: masked, without characters that XML forbids, cut to what a cell holds.
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

/// A number that may be somebody's, as masked text: an identity or phone number stored as a number.
pub(crate) fn personal(number: f64) -> Option<String> {
    if number.abs() < 1e10 {
        return None;
    }
    let written = format!("{number:.0}");
    match mask(&written) {
        Cow::Owned(masked) if masked != written => Some(masked),
        Cow::Owned(_) | Cow::Borrowed(_) => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_the_length_of_a_personal_one_is_written_masked() {
        assert_eq!(personal(13_812_341_234.0).as_deref(), Some("138****1234"));
        assert_eq!(personal(1.1010519491231e17).as_deref(), Some("11*************000"));
        assert_eq!((personal(45170.0), personal(9_876_543_210.0)), (None, None));
    }
}
