//! Words that may stand for any activity, as the dictionary file writes them.

use crate::dictionary::form::Form;
use crate::dictionary::row_words::AnyActivity;
use crate::dictionary::table::Table;
use crate::dictionary::table::words_of;
use crate::dictionary::words::WordList;
use crate::model::WordId;

/// `None`, with a defect, if it names no field of the table or no words of it.
pub(in crate::dictionary) fn anything(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<AnyActivity> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let list = words_of(lists, table.field(field))?;
        let words = |key| form.strings(key).iter().map(|word| list.spelt(word)).collect::<Option<Vec<WordId>>>();
        Some(AnyActivity { field, words: words("words")?, may_be: words("may-be")? })
    };
    let found = found();
    if found.is_none() {
        form.defect("anything 写法不对", "field 是本表的一列，words 和 may-be 是它的词");
    }
    form.finish();
    found
}
