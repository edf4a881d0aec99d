//! A column for partners, as the dictionary file writes it.

use crate::dictionary::form::Form;
use crate::dictionary::row_words::Partners;
use crate::dictionary::table::Table;
use crate::dictionary::table::words_of;
use crate::dictionary::words::{WordList, normalise};

pub(in crate::dictionary) fn partners(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<Partners> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let role = table.field_named(&form.text("role")?.value)?;
        let word = |key| words_of(lists, table.field(role))?.spelt(&form.text(key)?.value);
        let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
        let (words, elsewhere) = (normal("words"), normal("elsewhere"));
        Some(Partners { field, role, own: word("own")?, theirs: word("theirs")?, words, elsewhere })
    };
    let found = found();
    if found.is_none() {
        form.defect("partners 写法不对", "field 和 role 是本表的两列，own 和 theirs 是 role 的词");
    }
    form.finish();
    found
}
