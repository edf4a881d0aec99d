//! The word list of a field.

use crate::dictionary::table::{Field, FieldKind};
use crate::dictionary::words::WordList;

/// The words of a field's list; `None` if its cells hold no words.
pub(in crate::dictionary) fn words_of<'l>(lists: &'l [WordList], field: &Field) -> Option<&'l WordList> {
    let (FieldKind::Word(list) | FieldKind::Words(list)) = field.kind else { return None };
    lists.get(usize::from(list.0))
}
