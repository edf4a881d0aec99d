//! What a rule needs of the office's records: the tables and columns that it looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Condition, Single};
use super::path::Path;
use super::rows::Link;
use super::rows::LinkedRows;
use crate::dictionary::{Dictionary, FieldId, FieldKind, TableId};
use crate::model::WordId;

/// The tables and columns that a rule looks at, as they are collected.
pub(crate) struct Needs<'d> {
    pub dictionary: &'d Dictionary,
    pub each: TableId,
    pub found: BTreeMap<TableId, BTreeSet<FieldId>>,
    /// The items of 年度数据.
    pub items: BTreeSet<WordId>,
}

impl<'d> Needs<'d> {
    pub(crate) fn of(each: TableId, dictionary: &'d Dictionary) -> Needs<'d> {
        let mut needs = Needs { dictionary, each, found: BTreeMap::new(), items: BTreeSet::new() };
        needs.table(each);
        needs
    }

    pub(crate) fn table(&mut self, table: TableId) {
        let fields = (0..).map(FieldId).zip(&self.dictionary.table(table).fields);
        let required: Vec<FieldId> = fields.filter(|(_, field)| field.required).map(|(id, _)| id).collect();
        self.found.entry(table).or_default().extend(required);
    }

    pub(crate) fn field(&mut self, table: TableId, field: FieldId) {
        self.table(table);
        self.found.entry(table).or_default().insert(field);
    }

    pub(crate) fn of_kind(&mut self, table: TableId, kind: FieldKind) {
        if let Some(field) = self.dictionary.table(table).field_of_kind(kind) {
            self.field(table, field);
        }
    }

    /// Rows need the columns that say whom they belong to, when they were, and whether they count.
    pub(crate) fn rows(&mut self, rows: &LinkedRows) {
        self.table(rows.table);
        match rows.link {
            Link::Own | Link::Everyone => {}
            Link::Person => self.of_kind(rows.table, FieldKind::People),
            Link::Institution => self.of_kind(rows.table, FieldKind::Institution),
            Link::School => self.of_kind(rows.table, FieldKind::School),
        }
        if rows.link != Link::Own && rows.table != self.dictionary.schema.staff.table {
            let roles = self.dictionary.table(rows.table).roles;
            roles.date.or(roles.start).into_iter().for_each(|field| self.field(rows.table, field));
        }
        self.condition(&rows.filter, rows.table);
    }

    pub(crate) fn figure(&mut self, item: WordId) {
        let figures = self.dictionary.schema.figures;
        let institution = self.dictionary.table(figures.table).roles.institution;
        let fields = institution.into_iter().chain([figures.year, figures.item, figures.value]);
        fields.for_each(|field| self.field(figures.table, field));
        self.items.insert(item);
    }

    /// What tells whether other rows of the subject's table go on with its own: whom and where they name, and their words.
    pub(crate) fn kin(&mut self) {
        [FieldKind::People, FieldKind::School].into_iter().for_each(|kind| self.of_kind(self.each, kind));
        let fields = (0..).map(FieldId).zip(&self.dictionary.table(self.each).fields);
        let words = fields.filter(|(_, field)| matches!(field.kind, FieldKind::Word(_) | FieldKind::Words(_)));
        let words: Vec<FieldId> = words.map(|(id, _)| id).collect();
        words.into_iter().for_each(|field| self.own(field));
    }

    /// A field of the subject's own row.
    pub(crate) fn own(&mut self, field: FieldId) {
        self.field(self.each, field);
    }

    pub(crate) fn conditions(&mut self, condition: Option<&Condition>, table: TableId) {
        condition.into_iter().for_each(|condition| self.condition(condition, table));
    }

    pub(crate) fn condition(&mut self, condition: &Condition, table: TableId) {
        condition.singles().into_iter().for_each(|single| self.single(single, table));
    }

    fn single(&mut self, single: &Single, table: TableId) {
        match single {
            Single::Test { path, test } => {
                self.path(*path, table);
                test.other().into_iter().for_each(|other| self.path(other, table));
            }
            Single::Has { table: other, filter } => {
                let link = Link::between(self.dictionary, table, *other).unwrap_or(Link::Everyone);
                self.rows(&LinkedRows::new(*other, link, (**filter).clone()));
            }
            Single::ContactSchool(_) => {
                let schema = self.dictionary.schema;
                self.of_kind(table, FieldKind::School);
                self.table(schema.schools.table);
                self.of_kind(schema.contacts, FieldKind::School);
                self.of_kind(schema.contacts, FieldKind::People);
            }
        }
    }

    /// A field of the row, or of what the row names, and then also the column that names it.
    pub(crate) fn path(&mut self, path: Path, table: TableId) {
        path.via.kind().into_iter().for_each(|kind| self.of_kind(table, kind));
        self.field(path.via.table(self.dictionary, table), path.field);
    }
}
