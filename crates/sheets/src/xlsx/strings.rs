//! Takes the shared strings that are written in the plain shape, in which nearly all are; the others are for calamine.
//!
//! ```xml
//! <sst count="9" uniqueCount="2"><si><t>Ann</t></si><si><t xml:space="preserve">Ben </t></si></sst>
//! ```

use memchr::{memchr, memchr2, memchr3};

/// The shared strings of a workbook.
#[derive(Debug, PartialEq)]
pub(crate) struct SharedStrings {
    /// One for each string; none where it is among the others.
    pub plain: Vec<Option<Box<str>>>,
    /// A part with the other strings only, in their order.
    pub others: String,
}

impl SharedStrings {
    /// Takes the part of the shared strings. Nothing comes back if it is not plain what is a string in it.
    pub(crate) fn of(part: &[u8]) -> Option<SharedStrings> {
        let part = std::str::from_utf8(part).ok()?;
        let (head, rest) = part.split_once("<sst")?;
        let (tag, mut rest) = rest.split_once('>')?;
        if head.contains("<!") || head.matches('<').count() > 1 || tag.ends_with('/') {
            return None;
        }
        let (mut plain, mut others) = (Vec::new(), format!("{head}<sst>"));
        loop {
            rest = rest.trim_start_matches(SPACE);
            if rest.starts_with("</sst>") {
                return Some(SharedStrings { plain, others: others + "</sst>" });
            }
            let inside = rest.strip_prefix("<si>")?;
            let (text, behind) = match plain_string(inside) {
                Some((text, behind)) => (Some(Box::from(text)), behind),
                None => {
                    let (string, behind) = inside.split_once("</si>")?;
                    // What looks like the end may stand within something else.
                    if string.contains("<!") || string.contains("<si") {
                        return None;
                    }
                    others.extend(["<si>", string, "</si>"]);
                    (None, behind)
                }
            };
            plain.push(text);
            rest = behind;
        }
    }
}

/// White space as XML has it.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The text of a string with one run and no escapes, and what comes behind its end.
fn plain_string(inside: &str) -> Option<(&str, &str)> {
    let tag = inside.strip_prefix("<t")?;
    let kept = tag.strip_prefix(" xml:space=\"preserve\"");
    let rest = kept.unwrap_or(tag).strip_prefix('>')?;
    let (text, behind) = rest.split_at_checked(memchr(b'<', rest.as_bytes())?)?;
    let behind = behind.strip_prefix("</t>")?;
    let behind = behind.strip_prefix("</si>").or_else(|| behind_hint(behind)?.strip_prefix("</si>"))?;
    Some((plain_text(text, kept.is_some())?, behind))
}

/// What a text says that stands in a tag, its space kept or not; nothing if it has escapes.
pub(crate) fn plain_text(text: &str, keeps_space: bool) -> Option<&str> {
    // Most texts have none of these, and neither begin nor end with space.
    let is_escaped = memchr3(b'&', b'\r', b'_', text.as_bytes())
        .is_some_and(|at| memchr2(b'&', b'\r', &text.as_bytes()[at..]).is_some() || text.contains("_x"));
    let is_space = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ');
    let has_space = || is_space(text.as_bytes().first()) || is_space(text.as_bytes().last());
    (!is_escaped).then(|| if keeps_space || !has_space() { text } else { text.trim_matches(SPACE) })
}

/// What comes behind the hint for phonetic text that Chinese programs put into each string.
fn behind_hint(rest: &str) -> Option<&str> {
    let (attributes, behind) = rest.strip_prefix("<phoneticPr ")?.split_once("/>")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'=' | b'"');
    let is_hint = attributes.bytes().all(is_plain) && attributes.matches('"').count() % 2 == 0;
    is_hint.then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(part: &str) -> Option<(Vec<Option<String>>, String)> {
        let strings = SharedStrings::of(part.as_bytes())?;
        Some((strings.plain.into_iter().map(|text| text.map(String::from)).collect(), strings.others))
    }

    #[test]
    fn plain_strings_are_taken_and_others_are_left() {
        let rich = "<si><r><t>王</t></r></si>";
        let part = format!(
            "<?xml version=\"1.0\"?>\n<sst uniqueCount=\"6\"><si><t> 张三\n</t></si><si><t xml:space=\"preserve\"> 李 </t></si>{rich}\
             <si><t>a&amp;b</t></si>\n<si><t>_x000D_</t></si><si><t></t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si></sst>"
        );
        let text = |text: &str| Some(text.to_owned());
        let plain = vec![text("张三"), text(" 李 "), None, None, None, text("")];
        let others =
            format!("<?xml version=\"1.0\"?>\n<sst>{rich}<si><t>a&amp;b</t></si><si><t>_x000D_</t></si></sst>");
        assert_eq!(sorted(&part), Some((plain, others)));
    }

    #[test]
    fn a_part_in_which_strings_cannot_be_told_apart_is_not_sorted() {
        let parts = [
            "",
            "<sst/>",
            "<x:sst><x:si/></x:sst>",
            "<sst><si/></sst>",
            "<sst><si><t>a</t></si>",
            "<sst><!-- <si> --><si><t>a</t></si></sst>",
            "<sst><si><t><![CDATA[</si>]]></t></si></sst>",
            "<sst><si><si><t>a</t></si></si></sst>",
            "<!-- <sst> --><sst></sst>",
        ];
        assert_eq!(parts.map(sorted), parts.map(|_| None));
    }
}
