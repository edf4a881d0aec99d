//! Words with a gap between their parts: 由…代.

/// The last part of the first words that stand in a text with something between their parts.
pub(super) fn gapped<'w>(words: &'w [(String, String)], text: &str) -> Option<&'w str> {
    let stands = |(front, back): &&(String, String)| {
        text.split_once(front.as_str())
            .is_some_and(|(_, rest)| !rest.starts_with(back.as_str()) && rest.contains(back.as_str()))
    };
    words.iter().find(stands).map(|(_, back)| back.as_str())
}

pub(super) fn parted(words: &str) -> Option<(String, String)> {
    words.split_once("...").map(|(front, back)| (front.to_string(), back.to_string()))
}
