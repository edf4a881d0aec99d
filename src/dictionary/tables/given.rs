//! A word that all rows of some sheets have, as the dictionary file writes it.

use crate::dictionary::form::{Form, Node};
use crate::dictionary::row_words::{Given, SeenWords};
use crate::dictionary::table::Table;
use crate::dictionary::table::words_of;
use crate::dictionary::words::{WordList, normalise};
use crate::model::WordId;

/// `None`, with a defect, if it names no field of the table or no word of it.
pub(in crate::dictionary) fn given(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Option<Given> {
    let found = || {
        let field = table.field_named(&form.text("field")?.value)?;
        let list = words_of(lists, table.field(field))?;
        let word = list.spelt(&form.text("word")?.value)?;
        let words = |key| form.strings(key).iter().map(|word| list.spelt(word)).collect::<Option<Vec<WordId>>>();
        let otherwise = list.spelt(&form.text("otherwise")?.value)?;
        Some((field, (word, otherwise), (words("lessons")?, words("organised")?), (words("spoken")?, words("joined")?)))
    };
    let found = found();
    if found.is_none() {
        form.defect(
            "given 写法不对",
            "field 是本表的一列，word、otherwise、lessons、organised、spoken 和 joined 是它的词",
        );
    }
    let normal = |texts: Vec<String>| -> Vec<String> { texts.iter().map(|text| normalise(text)).collect() };
    let (sheets, besides) = (normal(form.strings("sheets")), normal(form.strings("besides")));
    let (speakers, attendants) = (normal(form.strings("speakers")), normal(form.strings("attendants")));
    let seen = |key| normal(form.strings(key));
    let (alone, within) = (seen("seen-alone"), seen("seen-within"));
    let seen = SeenWords { alone, within, ends: seen("seen-ends"), unless: seen("unseen") };
    let texts = |row: Node<'_>| row.texts(form.source(), "columns").into_iter().map(|text| text.value).collect();
    let columns = form.items("columns").into_iter().map(|row| normal(texts(row))).collect();
    form.finish();
    found.map(|(field, (word, otherwise), (lessons, organised), (spoken, joined))| Given {
        field,
        word,
        otherwise,
        lessons,
        organised,
        spoken,
        joined,
        besides,
        sheets,
        columns,
        speakers,
        attendants,
        seen,
    })
}
