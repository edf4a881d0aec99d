//! The parts of a table that sheets are named for, as the dictionary file writes them.

use crate::dictionary::form::Form;
use crate::dictionary::row_words::{NamedPart, Papers};
use crate::dictionary::table::Table;
use crate::dictionary::table::words_of;
use crate::dictionary::words::{WordList, normalise};
use crate::model::WordId;

pub(in crate::dictionary) fn part(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<NamedPart> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let list = words_of(lists, table.field(field))?;
        let words = |key| form.strings(key).iter().map(|word| list.spelt(word)).collect::<Option<Vec<WordId>>>();
        Some((field, words("words")?, words("never")?))
    };
    let found = found();
    if found.is_none() {
        form.defect("parts 写法不对", "field 是本表的一列，words、never 是它的词");
    }
    let names = form.strings("names").iter().map(|name| normalise(name)).collect();
    let (says, apart) = (form.flag("says").unwrap_or(false), form.flag("apart").unwrap_or(false));
    form.finish();
    found.map(|(field, words, never)| NamedPart { names, field, words, says, apart, never })
}

/// A field and its words for papers that are for a time.
pub(in crate::dictionary) fn papers(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<Papers> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let list = words_of(lists, table.field(field))?;
        let words = |key| form.strings(key).iter().map(|word| list.spelt(word)).collect::<Option<Vec<WordId>>>();
        Some(Papers { field, words: words("words")?, of_terms: words("of-terms")? })
    };
    let found = found();
    if found.is_none() {
        form.defect("papers 写法不对", "field 是本表的一列，words 和 of-terms 是它的词");
    }
    form.finish();
    found
}
