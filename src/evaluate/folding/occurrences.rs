//! How often each value of a column occurs that is to have no value twice, as that of the numbers of certificates.

use std::collections::{BTreeSet, HashMap};

use crate::dictionary::{FieldId, NumberWords, SeveralNumbers, letters, may_be_one};
use crate::intake::Record;
use crate::model::{Cell, Truth};

/// How many rows surely have a value, and how many may.
#[derive(Default)]
pub(in crate::evaluate) struct Occurrences {
    /// Under `None` those of which it cannot be read.
    of: HashMap<Option<String>, (u32, u32)>,
    /// Cells that say several numbers, and those that may and of which another cell says one.
    several: Vec<SeveralNumbers>,
    /// The numbers as they stand and without labels, by their letters.
    spelt: HashMap<String, BTreeSet<(String, String)>>,
}

impl Occurrences {
    pub(in crate::evaluate) fn of(records: &[Record], field: FieldId, words: &NumberWords) -> Occurrences {
        let mut found = Occurrences::default();
        let mut earlier: HashMap<String, Vec<&Record>> = HashMap::new();
        for record in records {
            let text = match record.row.cell(field) {
                Cell::Blank | Cell::Absent => continue,
                cell @ (Cell::Unreadable | Cell::Is(_)) => cell.text().map(ToString::to_string),
            };
            // The same row twice may be one.
            let is_sure = text.is_some() && !record.row.repeated && record.doubt.is_none();
            let others = earlier.entry(text.clone().unwrap_or_default()).or_default();
            let is_sure = is_sure && !others.iter().any(|other| record.may_be_registered_twice(other));
            others.push(record);
            if let Some(text) = &text {
                let bare = words.bare(text);
                found.several.extend(words.several(&bare));
                found.spelt.entry(letters(&bare)).or_default().insert((text.clone(), bare));
            }
            let (sure, possible) = found.of.entry(text).or_default();
            *(if is_sure && record.stands() == Truth::True { sure } else { possible }) += 1;
        }
        let Occurrences { several, spelt, .. } = &mut found;
        let holds_one = |span: &SeveralNumbers| spelt.values().flatten().any(|(_, bare)| span.may_hold(bare));
        several.retain(|numbers| numbers.is_sure() || holds_one(numbers));
        found
    }

    /// Whether a value occurs more than once, in whatever spelling.
    pub(in crate::evaluate) fn is_twice(&self, value: &str, words: &NumberWords) -> Truth {
        let (sure, possible) = self.of.get(&Some(value.to_string())).copied().unwrap_or_default();
        let unread = self.of.get(&None).map_or(0, |(_, unread)| *unread);
        let bare = words.bare(value);
        let is_several = || words.several(&bare).is_some_and(|numbers| self.several.contains(&numbers));
        let is_among = || self.several.iter().any(|several| several.may_hold(&bare));
        let others = || self.spelt.get(&letters(&bare)).into_iter().flatten().filter(|(text, _)| text != value);
        let is_respelt = || others().any(|(_, other)| may_be_one(other, &bare));
        let is_possible = || is_several() || is_among() || is_respelt();
        Truth::of(sure > 1, sure + possible + unread < 2 && !is_possible())
    }
}
