//! What an office must keep so that packs can be checked: which tables, and which of their columns.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Pack, Rule};
use crate::dictionary::{Blank, Dictionary, FieldId, FieldKind, TableId};
use crate::model::WordId;
use crate::rules::{Kind, Needs};

/// A rule of a pack that needs something.
#[derive(Clone, Copy, Debug)]
pub struct Use<'p> {
    pub pack: &'p Pack,
    pub rule: &'p Rule,
}

/// A table that packs need.
#[derive(Debug)]
pub struct TableNeeds<'p> {
    pub table: TableId,
    /// The rules that need the table.
    pub uses: Vec<Use<'p>>,
    /// Its columns that are needed, each with the rules that need it.
    pub columns: BTreeMap<FieldId, Vec<Use<'p>>>,
}

/// What an office must keep so that packs can be checked: the tables in the order of the dictionary, with all columns
/// that it takes to tell their rows apart and to place them.
pub fn records<'p>(packs: &'p [Pack], dictionary: &Dictionary) -> Vec<TableNeeds<'p>> {
    let mut found: BTreeMap<TableId, TableNeeds<'p>> = BTreeMap::new();
    for own in packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| Use { pack, rule })) {
        for (table, fields) in own.rule.records(dictionary) {
            let empty = TableNeeds { table, uses: Vec::new(), columns: BTreeMap::new() };
            let needs = found.entry(table).or_insert(empty);
            needs.uses.push(own);
            fields.into_iter().for_each(|field| needs.columns.entry(field).or_default().push(own));
        }
    }
    found.into_values().collect()
}

/// The items of 年度数据 that packs ask for, in the order of their list.
pub fn figure_items(packs: &[Pack], dictionary: &Dictionary) -> Vec<WordId> {
    let rules = packs.iter().flat_map(|pack| &pack.rules);
    let items: BTreeSet<WordId> = rules.flat_map(|rule| rule.needed(dictionary).items).collect();
    items.into_iter().collect()
}

impl Rule {
    /// The tables that the rule reads, the subject's own first, each with the columns that the rule looks at. The
    /// columns without which a sheet is not that table are among them.
    pub fn needs(&self, dictionary: &Dictionary) -> Vec<(TableId, Vec<FieldId>)> {
        let mut needs = self.needed(dictionary);
        let own = needs.found.remove_entry(&self.each);
        let listed = own.into_iter().chain(needs.found);
        listed.map(|(table, fields)| (table, fields.into_iter().collect())).collect()
    }

    /// What [`Rule::needs`] gives, with what it takes besides to tell the rows apart, to place them in time, and to
    /// find whom and what they name.
    fn records(&self, dictionary: &Dictionary) -> BTreeMap<TableId, BTreeSet<FieldId>> {
        let mut needs = self.needed(dictionary);
        name_rows(&mut needs);
        place_rows(&mut needs);
        list_named(&mut needs);
        tell_rows_apart(&mut needs);
        needs.found
    }

    fn needed<'d>(&self, dictionary: &'d Dictionary) -> Needs<'d> {
        let mut needs = Needs::of(self.each, dictionary);
        needs.conditions(self.when.as_ref(), self.each);
        match &self.check {
            Check::Measured { measure, or_measure, bound } => {
                measure.needs(&mut needs);
                or_measure.iter().for_each(|measure| measure.needs(&mut needs));
                bound.by().into_iter().for_each(|field| needs.own(field));
            }
            Check::Required { require, or_require, relax } => {
                needs.condition(require, self.each);
                needs.conditions(or_require.as_ref(), self.each);
                needs.conditions(relax.as_ref(), self.each);
            }
        }
        needs
    }
}

/// What rows are known by: whom they name, and what subjects are called. Rows that need no name are told apart by their
/// texts.
fn name_rows(needs: &mut Needs<'_>) {
    let own = needs.dictionary.table(needs.each);
    let has_name = own.roles.name.is_some_and(|name| own.field(name).required);
    let texts = (0..).map(FieldId).zip(&own.fields).filter(|(_, field)| !has_name && field.kind == FieldKind::Text);
    texts.map(|(id, _)| id).chain(own.roles.name).for_each(|field| needs.field(needs.each, field));
    needs.of_kind(needs.each, FieldKind::School);
    for table in needs.found.keys().copied().collect::<Vec<_>>() {
        [FieldKind::Code, FieldKind::People, FieldKind::Institution]
            .into_iter()
            .for_each(|kind| needs.of_kind(table, kind));
    }
}

/// When rows hold, and what a blank amount counts as. A person is asked only while in post.
fn place_rows(needs: &mut Needs<'_>) {
    for (table, fields) in needs.found.clone() {
        let own = needs.dictionary.table(table);
        let is_staff = table == needs.dictionary.schema.staff.table;
        let start = own.roles.start.filter(|_| is_staff);
        let asked = |field: Option<FieldId>| field.is_some_and(|field| fields.contains(&field));
        let is_dated = asked(own.roles.date) || asked(own.roles.start) || is_staff;
        let end = own.roles.end.filter(|_| is_dated);
        start.into_iter().chain(end).for_each(|field| needs.field(table, field));
        for field in fields.iter().map(|field| own.field(*field)) {
            if let Blank::ByWord { field, .. } = field.blank {
                needs.field(table, field);
            }
        }
    }
}

/// Two events of a person on one day are two rows only if something tells them apart: equal rows may be copies.
fn tell_rows_apart(needs: &mut Needs<'_>) {
    for table in needs.found.keys().copied().collect::<Vec<_>>() {
        if needs.dictionary.table(table).roles.date.is_some() {
            needs.of_kind(table, FieldKind::School);
            needs.of_kind(table, FieldKind::Text);
        }
    }
}

/// The lists of the people, institutions and schools that rows name. They make out a name however it is written.
fn list_named(needs: &mut Needs<'_>) {
    let schema = &needs.dictionary.schema;
    let (staff, institutions, schools) = (schema.staff.table, schema.institutions.table, schema.schools.table);
    if !tables_with(needs, FieldKind::People).is_empty() {
        needs.table(staff);
        needs.of_kind(staff, FieldKind::Code);
        needs.of_kind(staff, FieldKind::Institution);
    }
    if !needs.found.contains_key(&staff) && !tables_with(needs, FieldKind::Institution).is_empty() {
        needs.table(institutions);
    }
    if !tables_with(needs, FieldKind::School).is_empty() {
        needs.field(schools, needs.dictionary.schema.schools.short_name);
    }
}

/// The tables that need their column of this kind.
fn tables_with(needs: &Needs<'_>, kind: FieldKind) -> Vec<TableId> {
    let is_needed = |(table, fields): (&TableId, &BTreeSet<FieldId>)| {
        let column = needs.dictionary.table(*table).field_of_kind(kind);
        column.is_some_and(|column| fields.contains(&column)).then_some(*table)
    };
    needs.found.iter().filter_map(is_needed).collect()
}
