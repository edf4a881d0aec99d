//! Rows of a table that belong to a subject, and how they do.

use super::condition::{self, Condition};
use super::path::Scope;
use crate::dictionary::{At, Dictionary, FieldKind, Form, TableId, nearest};

/// Rows of a table, those that satisfy a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedRows {
    pub table: TableId,
    pub link: Link,
    pub filter: Condition,
    /// Rows that satisfy it instead of the filter are possible, not sure: a reading of the document that a person decides.
    pub or_where: Option<Condition>,
    /// Whether what others gave counts for who organised it.
    pub organised: bool,
    /// Whether a row counts only for who organised it: one that names another organiser may not.
    pub by_organiser: bool,
    /// Whether a row counts only if it took place in a school: one that was seen from afar may not.
    pub at_school: bool,
    /// Whether a row counts only for people of the roster: one that names others may not.
    pub of_roster: bool,
}

impl LinkedRows {
    pub(crate) fn new(table: TableId, link: Link, filter: Condition) -> LinkedRows {
        LinkedRows {
            table,
            link,
            filter,
            or_where: None,
            organised: false,
            by_organiser: false,
            at_school: false,
            of_roster: false,
        }
    }

    /// The rows of `of`, `where` and `or-where`, and the scope that other conditions on them stand in.
    pub(crate) fn read<'d>(form: &Form<'_, '_>, scope: &Scope<'d>) -> Option<(LinkedRows, Scope<'d>)> {
        let of = form.required_text("of");
        let (filter_form, or_form) = (form.form("where"), form.form("or-where"));
        let (mut rows, inner) = LinkedRows::of_table(form, of, scope)?;
        if let Some(filter) = filter_form {
            rows.filter = condition::read(filter, &inner);
        }
        rows.or_where = or_form.map(|filter| condition::read(filter, &inner));
        rows.organised = form.flag("organised").unwrap_or(false);
        rows.by_organiser = form.flag("by-organiser").unwrap_or(false);
        rows.at_school = form.flag("at-school").unwrap_or(false);
        rows.of_roster = form.flag("of-roster").unwrap_or(false);
        Some((rows, inner))
    }

    /// Whether a lesson of another may count for whom they belong to: what an office held, or somebody organised.
    pub fn may_be_of_others(&self) -> bool {
        self.organised || self.link.is_of_office()
    }

    /// All rows of a table that belong to the subject.
    pub(crate) fn of_table<'d>(
        form: &Form<'_, '_>,
        of: At<String>,
        scope: &Scope<'d>,
    ) -> Option<(LinkedRows, Scope<'d>)> {
        let dictionary = scope.dictionary;
        let Some(table) = dictionary.table_named(&of.value) else {
            let names: Vec<&str> = dictionary.tables.iter().map(|table| table.id.as_str()).collect();
            let help = format!("{}可以写：{}", nearest(&of.value, names.iter().copied()), names.join("、"));
            form.source().defect(of.span, format!("没有表 {}", of.value), help);
            return None;
        };
        let Some(link) = Link::between(dictionary, scope.table, table) else {
            let help = "这张表的行不写明属于哪个对象；请换一张表，或换 each";
            let each = &dictionary.table(scope.table).id;
            form.source().defect(of.span, format!("表 {} 的行不属于 {each}", of.value), help);
            return None;
        };
        let inner = Scope { table, ..*scope };
        Some((LinkedRows::new(table, link, Condition::All(Vec::new())), inner))
    }
}

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
    /// Whether rows count for an office or a school, whoever of it they name.
    pub fn is_of_office(self) -> bool {
        match self {
            Link::Institution | Link::School | Link::Everyone => true,
            Link::Own | Link::Person => false,
        }
    }

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
