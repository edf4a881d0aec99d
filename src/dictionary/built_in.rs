//! The dictionary that is part of the program.

use std::sync::LazyLock;

use super::lookup::Dictionary;

pub(super) const SOURCE: &str = include_str!("../../rules/dictionary.toml");

static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| match Dictionary::parse("dictionary.toml", SOURCE) {
    Ok(dictionary) => dictionary,
    // The file is part of the program, and a test loads it: this cannot be reached by any input.
    Err(defects) => unreachable!("rules/dictionary.toml: {defects:?}"),
});

impl Dictionary {
    /// The dictionary that is part of the program.
    pub fn built_in() -> &'static Dictionary {
        &BUILT_IN
    }
}
