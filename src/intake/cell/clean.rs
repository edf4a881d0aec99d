//! Texts in one form: full-width characters narrow, no white space at the ends, nothing that cannot be seen.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::dictionary::is_format;

/// NFKC without format characters, without white space at the ends and without the `'` that makes a number text.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let edge = |c: char| c.is_whitespace() || c.is_control() || c == '\'';
    match normal(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(edge)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(edge).to_string()),
    }
}

/// The NFKC of a text, without format characters. Nearly all characters of a ledger can be mapped one by one, without the tables of Unicode.
fn normal(text: &str) -> Cow<'_, str> {
    let (mut told, mut rest) = (String::new(), text);
    loop {
        let (run, behind) = rest.split_at(plain_run(rest));
        let Some(c) = behind.chars().next() else {
            return if told.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(told + run) };
        };
        let Some(narrow) = narrow(c) else { return Cow::Owned(without_format(text)) };
        told.reserve(rest.len());
        told.push_str(run);
        told.push(narrow);
        rest = &behind[c.len_utf8()..];
    }
}

/// The length of the plain characters that a text begins with. Bytes E5 to E8 begin Han (U+5000 to U+8FFF): most characters.
fn plain_run(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        // Bytes within a character count as of the run, so it ends before a character or, at the end, behind one.
        length += rest.bytes().take_while(|byte| matches!(byte, 0..=0x7f | 0xe5..=0xe8 | 0x80..=0xbf)).count();
        match text[length..].chars().next().filter(|c| is_plain(*c)) {
            Some(c) => length += c.len_utf8(),
            None => return length,
        }
    }
}

/// Whether NFKC leaves a character as it is, whatever stands beside it that is plain or wide.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '《'..='】' | '“' | '”' | '‘' | '’' | '·' | '—')
}

/// The ASCII character that NFKC makes of a full-width one.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

/// A format character may part two that NFKC joins.
fn without_format(text: &str) -> String {
    text.chars().filter(|c| !is_format(*c)).nfkc().filter(|c| !is_format(*c)).collect()
}

pub(crate) fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_normalised_as_unicode_has_it_whether_it_is_plain_or_not() {
        let told = |c: &char| is_plain(*c) || narrow(*c).is_some();
        let all: Vec<char> = ('\0'..=char::MAX).filter(told).collect();
        assert_eq!(all.len(), 128 + 0x5200 + 2 + 8 + 6 + 1 + 94);
        // Before and behind a letter, so that nothing joins with what stands beside it.
        for c in all {
            let text = format!("e{c}ｅ{c}教");
            assert_eq!(normal(&text), without_format(&text), "{text:?}");
        }
        // Every character that a text of Han may hold.
        for c in '\u{80}'..='\u{ffff}' {
            let text = format!("教{c}研");
            let nfkc: String = if is_format(c) { "教研".to_string() } else { text.nfkc().collect() };
            assert_eq!(normal(&text), nfkc, "{text:?}");
        }
        for text in ["", "第①课", "e\u{301}", "①é", "㎡", "한", "ﬁ", "\u{fa0e}\u{f900}", "…（上）"] {
            assert_eq!(normal(text), text.nfkc().collect::<String>(), "{text:?}");
        }
    }
}
