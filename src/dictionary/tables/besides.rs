//! Columns in which a row says what its subject holds besides, as the dictionary file writes them.

use crate::dictionary::form::Form;
use crate::dictionary::row_words::HeldBesides;
use crate::dictionary::table::Table;
use crate::dictionary::words::normalise;

pub(in crate::dictionary) fn besides(form: Form<'_, '_>, table: &Table) -> Option<HeldBesides> {
    let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
    let (plain, within, except) = (normal("plain"), normal("within"), normal("except"));
    let field = |key| table.field_named(&form.text(key)?.value);
    let found = field("stage").zip(field("subject"));
    if found.is_none() {
        form.defect("besides 写法不对", "stage 和 subject 是本表的两列");
    }
    form.finish();
    let (stage, subject) = found?;
    Some(HeldBesides { stage, subject, plain, within, except })
}
