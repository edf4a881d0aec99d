//! What texts of one column were found to say. Ledgers repeat their texts, so that each is looked into once.

use foldhash::{HashMap, HashMapExt};

/// How many different texts are remembered, of those that the column itself does not remember.
const REMEMBERED: usize = 4096;

/// What texts of one column were found to say.
pub(in crate::intake::row) struct TextNotes<T> {
    /// By the places of texts among those of the column.
    by_place: Vec<Option<T>>,
    /// By texts without such a place, their places among the others.
    texts: HashMap<Box<str>, usize>,
    others: Vec<T>,
}

impl<T> TextNotes<T> {
    pub(in crate::intake::row) fn new() -> TextNotes<T> {
        TextNotes { by_place: Vec::new(), texts: HashMap::new(), others: Vec::new() }
    }

    /// What a text says; `place` is its place among those of the column, if it has one.
    pub(in crate::intake::row) fn of(&mut self, text: &str, place: Option<usize>, find: impl FnOnce() -> T) -> &T {
        if let Some(place) = place {
            if self.by_place.len() <= place {
                self.by_place.resize_with(place + 1, || None);
            }
            return self.by_place[place].get_or_insert_with(find);
        }
        let at = match self.texts.get(text) {
            Some(at) => *at,
            None => {
                if self.others.len() >= REMEMBERED {
                    self.texts.clear();
                    self.others.clear();
                }
                self.texts.insert(text.into(), self.others.len());
                self.others.push(find());
                self.others.len() - 1
            }
        };
        &self.others[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_into_once_with_a_place_and_without_one() {
        let mut notes = TextNotes::new();
        for place in [Some(3), None] {
            assert_eq!(*notes.of("听课", place, || 1), 1);
            assert_eq!(*notes.of("听课", place, || 2), 1);
        }
        assert_eq!(*notes.of("评课", Some(0), || 2), 2);
        for number in 0..=REMEMBERED {
            assert_eq!(*notes.of(&number.to_string(), None, || number), number);
        }
        assert!(notes.others.len() <= REMEMBERED);
    }
}
