//! Words with a gap between their parts: 由…代.

/// The last part of the first words that stand in a text with something between their parts.
pub(super) fn gapped<'w>(words: &'w [(String, String)], text: &str) -> Option<&'w str> {
    let stands = |(front, back): &&(String, String)| {
        text.split_once(front.as_str())
            .is_some_and(|(_, rest)| !rest.starts_with(back.as_str()) && rest.contains(back.as_str()))
    };
    words.iter().find(stands).map(|(_, back)| back.as_str())
}

/// Whether a text ends with the last part of such words, and holds the first.
pub(super) fn ends_gapped(words: &[(String, String)], text: &str) -> bool {
    let ends = |(front, back): &(String, String)| {
        text.strip_suffix(back.as_str()).and_then(|rest| rest.split_once(front.as_str())).is_some_and(|(_, name)| {
            // A name stands between them, and no more.
            !name.is_empty() && name.chars().nth(4).is_none()
        })
    };
    words.iter().any(ends)
}

pub(super) fn parted(words: &str) -> Option<(String, String)> {
    words.split_once("...").map(|(front, back)| (front.to_string(), back.to_string()))
}
