//! Paths: a field of a row, or of what the row names; and where in a pack they stand.

use crate::dictionary::{At, Dictionary, Field, FieldId, FieldKind, Form, MemberList, TableId, nearest};

/// What a condition or a measure can refer to.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'d> {
    pub dictionary: &'d Dictionary,
    pub table: TableId,
    /// The pack's own lists of members.
    pub members: &'d [MemberList],
}

/// A field of the row itself or of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    pub via: Via,
    pub field: FieldId,
}

/// Whose field a path speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    Own,
    School,
    /// The person who is judged, or the person that the row names.
    Person,
    Institution,
}

/// Resolves `field`, `school.field`, `person.field` or `institution.field`. An unknown one is a defect.
pub(crate) fn read(form: &Form<'_, '_>, written: &At<String>, scope: &Scope<'_>) -> Option<Path> {
    let (via, name) = match written.value.split_once('.') {
        Some(("school", name)) => (Via::School, name),
        Some(("person", name)) => (Via::Person, name),
        Some(("institution", name)) => (Via::Institution, name),
        Some(_) | None => (Via::Own, written.value.as_str()),
    };
    let table = scope.dictionary.table(via.table(scope.dictionary, scope.table));
    let found = table.field_named(name);
    if found.is_none() {
        let names: Vec<&str> = table.fields.iter().map(|field| field.id.as_str()).collect();
        let near = nearest(name, names.iter().copied());
        let help = format!("{near}表 {} 的列：{}", table.id, names.join("、"));
        form.source().defect(written.span.clone(), format!("表 {} 没有列 {name}", table.id), help);
    }
    found.map(|field| Path { via, field })
}

impl Via {
    /// The table whose field a path speaks of, from a row of `own`.
    pub fn table(self, dictionary: &Dictionary, own: TableId) -> TableId {
        match self {
            Via::Own => own,
            Via::School => dictionary.schema.schools.table,
            Via::Person => dictionary.schema.staff.table,
            Via::Institution => dictionary.schema.institutions.table,
        }
    }

    /// The kind of the field that leads there. `None` for the row itself.
    pub fn kind(self) -> Option<FieldKind> {
        match self {
            Via::Own => None,
            Via::School => Some(FieldKind::School),
            Via::Person => Some(FieldKind::People),
            Via::Institution => Some(FieldKind::Institution),
        }
    }
}

impl Path {
    /// The field that the path ends at, from a row of `own`.
    pub fn field(self, dictionary: &Dictionary, own: TableId) -> &Field {
        dictionary.table(self.via.table(dictionary, own)).field(self.field)
    }

    /// The field of `own` that the path begins with: its only one, or the one that names the relation.
    pub fn first_field(self, dictionary: &Dictionary, own: TableId) -> Option<FieldId> {
        match self.via.kind() {
            None => Some(self.field),
            Some(kind) => dictionary.table(own).field_of_kind(kind),
        }
    }
}

/// The paths of a list. Those that cannot be read are noted and left out.
pub(crate) fn read_all(form: &Form<'_, '_>, key: &'static str, scope: &Scope<'_>) -> Vec<Path> {
    form.texts(key).iter().filter_map(|written| read(form, written, scope)).collect()
}

/// Kinds of fields, and what a message calls them.
type Kinds = (&'static [FieldKind], &'static str);
pub(crate) const NUMBERS: Kinds = (&[FieldKind::Number, FieldKind::Figure], "数");
pub(crate) const DATES: Kinds = (&[FieldKind::Date], "日期");

/// A field of the table itself that must be of one of these kinds.
pub(crate) fn own_field(
    form: &Form<'_, '_>,
    written: &At<String>,
    scope: &Scope<'_>,
    (kinds, wanted): Kinds,
) -> Option<FieldId> {
    let path = read(form, written, scope)?;
    if path.via != Via::Own || !kinds.contains(&path.field(scope.dictionary, scope.table).kind) {
        let message = format!("列 {} 不是本表的{wanted}列", written.value);
        form.source().defect(written.span.clone(), message, format!("请写取值为{wanted}的列"));
        return None;
    }
    Some(path.field)
}
