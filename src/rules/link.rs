//! How rows belong to those who are judged.

use crate::dictionary::{Dictionary, FieldKind, TableId};

/// How the rows of a table belong to a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The subject's own row.
    Own,
    /// Rows that name the person.
    Person,
    /// Rows of the institution, or of its people.
    Institution,
    /// Rows of a table without 单位, which belong to every institution.
    Everyone,
    /// Rows that name the school.
    School,
}

impl Link {
    /// How rows of `of` belong to a subject of `each`; `None` when they do not.
    pub fn between(dictionary: &Dictionary, each: TableId, of: TableId) -> Option<Link> {
        let table = dictionary.table(of);
        let names = |kind: FieldKind| table.field_of_kind(kind).is_some();
        let schema = &dictionary.schema;
        if each == of {
            Some(Link::Own)
        } else if each == schema.institutions.table {
            Some(if names(FieldKind::Institution) { Link::Institution } else { Link::Everyone })
        } else if each == schema.staff.table {
            names(FieldKind::People).then_some(Link::Person)
        } else if each == schema.schools.table {
            names(FieldKind::School).then_some(Link::School)
        } else {
            None
        }
    }
}
