//! The words for columns that say of which part of the whole a row tells.

use std::collections::HashSet;

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// The headers and the words of `[remarks]` for parts, in their normal form.
#[derive(Debug, Default)]
pub struct PartWords {
    headers: HashSet<String>,
    whole: HashSet<String>,
}

impl PartWords {
    pub(super) fn read(words: &Form<'_, '_>) -> PartWords {
        let normal = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        PartWords { headers: normal("of-part"), whole: normal("of-whole") }
    }

    /// Whether a column under this header, in its normal form, says of which part a row tells: 季度.
    pub fn is_header(&self, normal: &str) -> bool {
        self.headers.contains(normal)
    }

    /// Whether what stands under such a header says that a row tells of the whole: 全年.
    pub fn is_whole(&self, text: &str) -> bool {
        self.whole.contains(&normalise(text))
    }
}
