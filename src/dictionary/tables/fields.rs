//! The fields of a table, as the dictionary file writes them.

use super::blank::blank;
use crate::dictionary::form::Form;
use crate::dictionary::table::{AtMost, Field, FieldKind, Table, Tells};
use crate::dictionary::words::{ListId, WordList, normalise};

pub(in crate::dictionary) fn field(form: Form<'_, '_>, table: &Table, lists: &[WordList]) -> Field {
    let header = form.required_text("header").value;
    let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
    let field = Field {
        id: form.required_text("id").value,
        hint: form.text("hint").map_or_else(|| header.clone(), |hint| hint.value),
        example: form.text("example").map(|example| example.value).unwrap_or_default(),
        header,
        also: form.strings("also"),
        except: normal("except"),
        kind: kind(&form, lists),
        required: form.flag("required").unwrap_or(false),
        unit: form.text("unit").map(|unit| unit.value).unwrap_or_default(),
        blank: blank(&form, table, lists),
        tells: tells(&form),
        absent: form.text("absent").map(|absent| absent.value),
        at_most: at_most(&form, table),
        yes: normal("yes"),
        no: normal("no"),
        unsure: normal("unsure"),
        denied_by: normal("denied-by"),
        remarked: form.strings("remarked"),
        attained: normal("attained"),
        remarked_of: form.text("remarked-of").map(|text| text.value),
        told_units: normal("told-units"),
        told_about: normal("told-about"),
        counted: form.strings("counted"),
        told_years: normal("told-years"),
        since: form.strings("since"),
        lowered: normal("lowered"),
        no_cells: form.strings("no-cells"),
        excuses: form.flag("excuses").unwrap_or(false),
        unlike: form.flag("unlike").unwrap_or(false),
        perhaps: normal("perhaps"),
        another_behind: normal("another-behind"),
        additions: normal("additions"),
        beside: form.strings("beside"),
        near: form.rows("near"),
    };
    form.finish();
    field
}

/// `true`, "words", or the headers that tell.
fn tells(form: &Form<'_, '_>) -> Tells {
    match form.node("tells").map(|node| (node, node.value.as_bool(), node.value.as_str())) {
        None | Some((_, Some(false), _)) => Tells::Nothing,
        Some((_, Some(true), _)) => Tells::Column,
        Some((_, None, Some("words"))) => Tells::Words,
        Some((node, None, _)) => {
            Tells::Headers(node.texts(form.source(), "tells").iter().map(|text| normalise(&text.value)).collect())
        }
    }
}

/// The kinds of columns; those with words get their list when a field is read.
const KINDS: [(&str, FieldKind); 15] = [
    ("text", FieldKind::Text),
    ("texts", FieldKind::Texts),
    ("code", FieldKind::Code),
    ("person", FieldKind::Person),
    ("people", FieldKind::People),
    ("number", FieldKind::Number),
    ("date", FieldKind::Date),
    ("year", FieldKind::Year),
    ("flag", FieldKind::Flag),
    ("word", FieldKind::Word(ListId(0))),
    ("words", FieldKind::Words(ListId(0))),
    ("school", FieldKind::School),
    ("institution", FieldKind::Institution),
    ("figure", FieldKind::Figure),
    ("identity", FieldKind::Identity),
];

fn kind(form: &Form<'_, '_>, lists: &[WordList]) -> FieldKind {
    let written = form.required_text("kind");
    let Some((_, mut kind)) = KINDS.into_iter().find(|(id, _)| *id == written.value) else {
        let help = format!("可以写：{}", KINDS.map(|(id, _)| id).join("、"));
        form.source().defect(written.span, format!("没有 {} 这种列", written.value), help);
        return FieldKind::Text;
    };
    if let FieldKind::Word(list) | FieldKind::Words(list) = &mut kind {
        let name = form.required_text("list");
        match lists.iter().position(|list| list.id == name.value).and_then(|at| u8::try_from(at).ok()) {
            Some(at) => *list = ListId(at),
            None => form.source().defect(name.span, format!("没有词表 {}", name.value), "先写 [[list]]"),
        }
    }
    kind
}

/// A number, or a field that stands above this one.
fn at_most(form: &Form<'_, '_>, table: &Table) -> Option<AtMost> {
    let node = form.node("at-most")?;
    let by_field = || table.field_named(node.value.as_str()?).map(AtMost::Field);
    let most = node.as_number().map(AtMost::Number).or_else(by_field);
    if most.is_none() {
        form.defect("at-most 写法不对".to_string(), "写一个数，或本表中写在前面的一列的 id");
    }
    most
}
