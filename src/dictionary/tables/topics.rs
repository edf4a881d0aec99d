//! What topics say of what their rows are, as the dictionary file writes it.

use crate::dictionary::form::Form;
use crate::dictionary::row_words::ToldKind;
use crate::dictionary::table::Table;
use crate::dictionary::table::words_of;
use crate::dictionary::words::WordList;

/// `None`, with a defect, if it names no field of the table or no word of it.
pub(in crate::dictionary) fn topic(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<ToldKind> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let word = words_of(lists, table.field(field))?.spelt(&form.text("word")?.value)?;
        Some((field, word))
    };
    let found = found();
    if found.is_none() {
        form.defect("topics 写法不对", "field 是本表的一列，word 是它的词");
    }
    let says = form.strings("says");
    form.finish();
    found.map(|(field, word)| ToldKind { field, word, says })
}
