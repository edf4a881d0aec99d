//! What an empty cell of a field counts as, as the dictionary file writes it.

use super::ids::FieldId;
use crate::dictionary::form::Form;
use crate::dictionary::table::words_of;
use crate::dictionary::table::{Blank, Table};
use crate::dictionary::words::WordList;

pub(in crate::dictionary) fn blank(form: &Form<'_, '_>, table: &Table, lists: &[WordList]) -> Blank {
    let Some(node) = form.node("blank") else { return Blank::Unknown };
    if let Some(number) = node.as_number() {
        return Blank::Number(number);
    }
    if node.value.as_str() == Some("open") {
        return Blank::Open;
    }
    let Some(by_word) = node.form(form.source(), "blank") else { return Blank::Unknown };
    let blank = blank_by_word(&by_word, table, lists);
    if blank.is_none() {
        form.defect("blank 写法不对", "例如 blank = { kind = \"听评课\", then = 1, otherwise = 0 }");
    }
    by_word.finish();
    blank.unwrap_or(Blank::Unknown)
}

fn blank_by_word(form: &Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<Blank> {
    let written = form.text("kind")?;
    let field: FieldId = table.field_named("kind")?;
    let word = words_of(lists, table.field(field))?.one(&written.value)?;
    Some(Blank::ByWord { field, word, then: form.number("then")?, otherwise: form.number("otherwise")? })
}
