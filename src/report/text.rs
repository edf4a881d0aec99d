//! Texts as they may stand in a workbook.

use std::borrow::Cow;

use crate::model::mask;

/// Characters that a cell may hold.
const CHARACTERS: usize = 32_767;
const CUT: &str = "…（内容过长，已截断）";

/// A text as it may stand in a workbook: masked, without characters that XML forbids, cut to what a cell holds.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
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
