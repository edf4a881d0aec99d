//! The words for what did not take place, or not then.

use crate::dictionary::form::Form;
use crate::dictionary::words::with_hints;

/// The words of `[remarks]` for what was called off, in their normal form.
#[derive(Debug, Default)]
pub(super) struct OffWords {
    pub called_off: Vec<String>,
    pub fronts: Vec<String>,
    pub tails: Vec<String>,
    /// What says so before a date: 改期至5月16日.
    pub put_off: Vec<String>,
    /// Words for a time to come: 下学期.
    pub put_off_to: Vec<String>,
    /// What begins a topic of what is to come: 拟开公开课.
    pub to_come: Vec<String>,
}

impl OffWords {
    pub(super) fn read(words: &Form<'_, '_>) -> OffWords {
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        OffWords {
            called_off: normal("called-off"),
            fronts: normal("called-off-fronts"),
            tails: normal("called-off-tails"),
            put_off: normal("put-off"),
            put_off_to: normal("put-off-to"),
            to_come: normal("to-come"),
        }
    }
}
