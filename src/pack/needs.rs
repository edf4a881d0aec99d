//! What a rule needs of the office's records: which tables, and which of their columns.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Pack, Rule};
use crate::dictionary::{Blank, Dictionary, FieldId, FieldKind, TableId};
use crate::model::WordId;
use crate::rules::{Bound, Condition, Link, Measure, Members, Path, Rows, Start, Threshold, Via};

/// A rule of a pack, as that which needs something.
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
    /// Its columns that are needed, in the order of the table, each with the rules that need it.
    pub columns: Vec<(FieldId, Vec<Use<'p>>)>,
}

/// What an office must keep so that some packs can be checked: the tables in the order of the dictionary, with all that
/// it takes to place their rows.
pub fn records<'p>(packs: &'p [Pack], dictionary: &Dictionary) -> Vec<TableNeeds<'p>> {
    let mut found: BTreeMap<TableId, BTreeMap<FieldId, Vec<Use<'p>>>> = BTreeMap::new();
    let mut by_table: BTreeMap<TableId, Vec<Use<'p>>> = BTreeMap::new();
    for (pack, rule) in packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule))) {
        let own = Use { pack, rule };
        for (table, fields) in rule.records(dictionary) {
            by_table.entry(table).or_default().push(own);
            let columns = found.entry(table).or_default();
            fields.into_iter().for_each(|field| columns.entry(field).or_default().push(own));
        }
    }
    let needs = |(table, uses)| TableNeeds {
        table,
        uses,
        columns: found.remove(&table).unwrap_or_default().into_iter().collect(),
    };
    by_table.into_iter().map(needs).collect()
}

/// The items of 年度数据 that packs ask for, in the order of their list.
pub fn figure_items(packs: &[Pack]) -> Vec<WordId> {
    let measures = packs.iter().flat_map(|pack| &pack.rules).flat_map(Rule::measures);
    let items: BTreeSet<WordId> = measures.flat_map(Measure::items).collect();
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
        needs.name_rows();
        needs.place_rows();
        needs.list_named();
        needs.tell_rows_apart();
        needs.found
    }

    fn needed<'d>(&self, dictionary: &'d Dictionary) -> Needs<'d> {
        let mut needs = Needs { dictionary, each: self.each, found: BTreeMap::new() };
        needs.table(self.each);
        needs.conditions(self.when.as_ref(), self.each);
        match &self.check {
            Check::Measured { measure, or_measure, bound } => {
                needs.measure(measure);
                or_measure.iter().for_each(|measure| needs.measure(measure));
                needs.bound(bound);
            }
            Check::Required { require, relax } => {
                needs.condition(require, self.each);
                needs.conditions(relax.as_ref(), self.each);
            }
        }
        needs
    }
}

impl Measure {
    /// The items of 年度数据 that the measure reads.
    fn items(&self) -> Vec<WordId> {
        match self {
            Measure::Figure { item } => vec![*item],
            Measure::Ratio { over, under, .. } => over.items().into_iter().chain(under.items()).collect(),
            Measure::Days(_)
            | Measure::Count(_)
            | Measure::Sum { .. }
            | Measure::Distinct { .. }
            | Measure::Field(_)
            | Measure::Share { .. }
            | Measure::Missing { .. }
            | Measure::Since { .. }
            | Measure::Service { .. }
            | Measure::Span { .. } => Vec::new(),
        }
    }
}

struct Needs<'d> {
    dictionary: &'d Dictionary,
    each: TableId,
    found: BTreeMap<TableId, BTreeSet<FieldId>>,
}

impl Needs<'_> {
    fn table(&mut self, table: TableId) {
        let fields = (0..).map(FieldId).zip(&self.dictionary.table(table).fields);
        let required: Vec<FieldId> = fields.filter(|(_, field)| field.required).map(|(id, _)| id).collect();
        self.found.entry(table).or_default().extend(required);
    }

    fn field(&mut self, table: TableId, field: FieldId) {
        self.table(table);
        self.found.entry(table).or_default().insert(field);
    }

    /// A column by its id, where the table has one.
    fn named(&mut self, table: TableId, id: &str) {
        if let Some(field) = self.dictionary.table(table).field_named(id) {
            self.field(table, field);
        }
    }

    fn of_kind(&mut self, table: TableId, kind: FieldKind) {
        if let Some(field) = self.dictionary.table(table).field_of_kind(kind) {
            self.field(table, field);
        }
    }

    fn measure(&mut self, measure: &Measure) {
        measure.rows().into_iter().for_each(|rows| self.rows(rows));
        match measure {
            Measure::Days(rows) => self.named(rows.table, "days"),
            Measure::Count(_) => {}
            Measure::Sum { rows, field } => self.field(rows.table, *field),
            Measure::Distinct { rows, fields } => fields.iter().for_each(|path| self.path(*path, rows.table)),
            Measure::Field(field) => self.field(self.each, *field),
            Measure::Figure { .. } => self.figures(),
            Measure::Share { rows, of_which } => self.condition(of_which, rows.table),
            Measure::Ratio { over, under, .. } => {
                self.measure(over);
                self.measure(under);
            }
            Measure::Missing { members, rows, by } => {
                by.iter().for_each(|path| self.path(*path, rows.table));
                self.members(members);
            }
            Measure::Since { or_since: Some(Start::Field(field)), .. } => self.field(self.each, *field),
            Measure::Since { or_since: Some(Start::Day(_)) | None, .. } => {}
            Measure::Service { from, rows, or_where, .. } => {
                self.field(self.each, *from);
                self.named(rows.table, "end-date");
                self.conditions(or_where.as_ref(), rows.table);
            }
            Measure::Span { from, to } => {
                self.field(self.each, *from);
                self.field(self.each, *to);
            }
        }
    }

    /// Rows are asked whom they belong to, when they were, and whether they count.
    fn rows(&mut self, rows: &Rows) {
        self.table(rows.table);
        match rows.link {
            Link::Own | Link::Everyone => {}
            Link::Person => self.of_kind(rows.table, FieldKind::People),
            Link::Institution => self.of_kind(rows.table, FieldKind::Institution),
            Link::School => self.of_kind(rows.table, FieldKind::School),
        }
        if rows.link != Link::Own && !self.is_named(rows.table, "staff") {
            let table = self.dictionary.table(rows.table);
            let date = ["date", "start-date"].into_iter().find_map(|id| table.field_named(id));
            date.into_iter().for_each(|field| self.field(rows.table, field));
        }
        self.condition(&rows.filter, rows.table);
    }

    fn is_named(&self, table: TableId, id: &str) -> bool {
        self.dictionary.table(table).id == id
    }

    fn figures(&mut self) {
        let Some(table) = self.dictionary.table_named("figures") else { return };
        ["institution", "year", "item", "value"].into_iter().for_each(|id| self.named(table, id));
    }

    fn members(&mut self, members: &Members) {
        match members {
            Members::Column { table, field, filter } => {
                self.field(*table, *field);
                self.condition(filter, *table);
            }
            Members::List { .. } | Members::Texts { .. } | Members::Weekdays(_) => {}
        }
    }

    fn bound(&mut self, bound: &Bound) {
        match bound {
            Bound::AtLeast { floor: threshold, .. }
            | Bound::AtMost { ceiling: threshold, .. }
            | Bound::Equals(threshold) => match threshold {
                Threshold::By { field, .. } => self.field(self.each, *field),
                Threshold::Fixed(_) => {}
            },
            Bound::Is(_) | Bound::About { .. } => {}
        }
    }

    fn conditions(&mut self, condition: Option<&Condition>, table: TableId) {
        condition.into_iter().for_each(|condition| self.condition(condition, table));
    }

    /// What a condition on a row of this table looks at.
    fn condition(&mut self, condition: &Condition, table: TableId) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::Some { of: parts, .. } => {
                parts.iter().for_each(|part| self.condition(part, table));
            }
            Condition::Test { path, test } => {
                self.path(*path, table);
                test.other().into_iter().for_each(|other| self.path(other, table));
            }
            Condition::Has { table: other, filter } => {
                let link = Link::between(self.dictionary, table, *other).unwrap_or(Link::Everyone);
                self.rows(&Rows { table: *other, link, filter: (**filter).clone() });
            }
            Condition::ContactSchool(_) => {
                self.of_kind(table, FieldKind::School);
                self.dictionary.table_named("schools").into_iter().for_each(|schools| self.table(schools));
                let Some(contacts) = self.dictionary.table_named("contacts") else { return };
                self.of_kind(contacts, FieldKind::School);
                self.of_kind(contacts, FieldKind::People);
            }
        }
    }

    /// A field of the row, or of what the row names: then also the column that names it.
    fn path(&mut self, path: Path, table: TableId) {
        let (other, kind) = match path.via {
            Via::Own => return self.field(table, path.field),
            Via::School => ("schools", FieldKind::School),
            Via::Person => ("staff", FieldKind::People),
            Via::Institution => ("institutions", FieldKind::Institution),
        };
        self.of_kind(table, kind);
        if let Some(other) = self.dictionary.table_named(other) {
            self.field(other, path.field);
        }
    }

    /// What rows are known by: whom they name, and what the judged ones are called.
    fn name_rows(&mut self) {
        ["number", "name", "holder"].into_iter().for_each(|id| self.named(self.each, id));
        self.of_kind(self.each, FieldKind::School);
        for table in self.found.keys().copied().collect::<Vec<_>>() {
            [FieldKind::Code, FieldKind::People, FieldKind::Institution]
                .into_iter()
                .for_each(|kind| self.of_kind(table, kind));
        }
    }

    /// When rows hold, and what a blank amount counts as. A person is asked only while in post.
    fn place_rows(&mut self) {
        for (table, fields) in self.found.clone() {
            let own = self.dictionary.table(table);
            let asked = |id| own.field_named(id).is_some_and(|field| fields.contains(&field));
            if self.is_named(table, "staff") {
                self.named(table, "start-date");
            }
            if asked("date") || asked("start-date") || self.is_named(table, "staff") {
                self.named(table, "end-date");
            }
            for field in fields.iter().map(|field| own.field(*field)) {
                if let Blank::ByWord { field, .. } = field.blank {
                    self.field(table, field);
                }
            }
        }
    }

    /// Two events of a person on one day are two rows only if something tells them apart: equal rows may be copies.
    fn tell_rows_apart(&mut self) {
        for table in self.found.keys().copied().collect::<Vec<_>>() {
            if self.dictionary.table(table).field_named("date").is_some() {
                self.of_kind(table, FieldKind::School);
                self.named(table, "topic");
            }
        }
    }

    /// The lists that rows name people, institutions and schools of: by them a name is known, however it is written.
    fn list_named(&mut self) {
        let list = |id| self.dictionary.table_named(id);
        let (Some(staff), Some(institutions), Some(schools)) = (list("staff"), list("institutions"), list("schools"))
        else {
            return;
        };
        if !self.tables_with(FieldKind::People).is_empty() {
            self.table(staff);
            self.of_kind(staff, FieldKind::Code);
            self.of_kind(staff, FieldKind::Institution);
        }
        if !self.found.contains_key(&staff) && !self.tables_with(FieldKind::Institution).is_empty() {
            self.table(institutions);
        }
        if !self.tables_with(FieldKind::School).is_empty() {
            self.table(schools);
            self.named(schools, "short-name");
        }
    }

    /// The tables of which a column of this kind is needed.
    fn tables_with(&self, kind: FieldKind) -> Vec<TableId> {
        let is_needed = |(table, fields): (&TableId, &BTreeSet<FieldId>)| {
            let column = self.dictionary.table(*table).field_of_kind(kind);
            column.is_some_and(|column| fields.contains(&column)).then_some(*table)
        };
        self.found.iter().filter_map(is_needed).collect()
    }
}
