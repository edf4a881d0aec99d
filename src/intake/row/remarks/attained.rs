//! What is said beside the roster by which somebody may have come to more than it says: 2022年12月评为高级教师.

use crate::dictionary::{Dictionary, Field, normalise};
use crate::model::{Cell, Value, WordId};

/// Whether a text speaks of such things as a field holds.
pub(in crate::intake) fn speaks_of(field: &Field, text: &str) -> bool {
    let normal = normalise(text);
    field.attained.iter().any(|word| normal.contains(word.as_str()))
}

/// Leaves open whether somebody has more than a cell says, where a text that speaks of it does not only repeat the cell. What the
/// cell says stays sure. False where nothing changes.
pub(in crate::intake) fn widen(cell: &mut Cell, text: &str, field: &Field, dictionary: &Dictionary) -> bool {
    let Some(list) = dictionary.words_of(field) else { return false };
    let (own, is_one): (Vec<WordId>, bool) = match cell {
        Cell::Is(Value::Word(word)) => (vec![*word], true),
        Cell::Is(Value::Words(words)) => (words.to_vec(), false),
        Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => return false,
    };
    let said = list.said_in(text);
    let is_had = |word: &WordId| own.contains(word) || (is_one && own.iter().any(|own| word < own));
    // Of honours that are on no list nothing is known.
    let is_listed = || {
        let normal = normalise(text);
        field.attained.iter().map(|word| normal.matches(word.as_str()).count()).sum::<usize>() <= said.len()
    };
    if !said.is_empty() && said.iter().all(is_had) && (is_one || is_listed()) {
        return false;
    }
    *cell = Cell::Is(Value::SomeWords(own.into()));
    true
}
