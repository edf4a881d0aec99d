//! The people of the roster: rows of one person become one, and what they disagree in becomes unknown.

use std::sync::Arc;

use super::issues::IssueLog;
use super::naming;
use super::record::{Entity, ParsedRow};
use super::registry::{Ids, Registry, by_key, count};
use crate::dictionary::FieldId;
use crate::model::{Cell, IssueKind, Value};

/// The fields that tell who a row of the roster is.
struct Fields {
    id: FieldId,
    name: FieldId,
    institution: FieldId,
    identity: FieldId,
}

/// Adds the people of the roster, in the order of their first rows.
pub(super) fn add<'r>(
    registry: &mut Registry<'_>,
    rows: impl Iterator<Item = &'r ParsedRow>,
    ids: Ids,
    log: &mut IssueLog,
) {
    let table = registry.dictionary.table(ids.staff);
    let field = |name| table.field_named(name);
    let (Some(id), Some(name), Some(institution), Some(identity)) =
        (field("staff-id"), field("name"), field("institution"), field("id-number"))
    else {
        return;
    };
    let fields = Fields { id, name, institution, identity };
    for row in rows {
        let person = person(registry, row, &fields, log);
        match same_person(registry, &person, &fields) {
            Some(place) => join(registry, place, person, log),
            None => add_person(registry, person, &fields, log),
        }
    }
}

fn person(registry: &Registry<'_>, row: &ParsedRow, fields: &Fields, log: &mut IssueLog) -> Entity {
    let mut person = registry.entity(row, fields.name);
    person.id = row.cell(fields.id).text().cloned();
    person.institution = match row.cell(fields.institution).text() {
        Some(named) => {
            let found = by_key(named, &registry.by_institution).copied();
            if found.is_none() {
                registry.report_unknown_institution(log, registry.place(row.at, fields.institution), named);
            }
            found
        }
        // The only institution there is needs no naming.
        None if row.cell(fields.institution).is_blank() && registry.institutions.len() == 1 => Some(0),
        None => None,
    };
    person
}

/// A row is of a person who is there when it has their 工号 and name, or their name and 身份证号.
fn same_person(registry: &Registry<'_>, person: &Entity, fields: &Fields) -> Option<u32> {
    let identity = |entity: &Entity| entity.cell(fields.identity).text().cloned();
    let same = |place: &&u32| {
        let other = &registry.staff[**place as usize];
        let same_id = person.id.is_some() && person.id == other.id;
        same_id || (identity(person).is_some() && identity(person) == identity(other))
    };
    namesakes(registry, person).iter().find(same).copied()
}

/// The people whose name is the same, however it is written.
fn namesakes(registry: &Registry<'_>, person: &Entity) -> Vec<u32> {
    let called = registry.called(&person.name).unwrap_or_default();
    let is_same = |place: &&u32| naming::is_same(&registry.staff[**place as usize].name, &person.name);
    called.iter().filter(is_same).copied().collect()
}

fn add_person(registry: &mut Registry<'_>, person: Entity, fields: &Fields, log: &mut IssueLog) {
    let place = count(&registry.staff);
    report_namesake(registry, &person, fields, log);
    if let Some(id) = &person.id {
        registry.by_id.entry(id.clone()).or_default().push(place);
    }
    let key = naming::key(&person.name);
    let stem = naming::stem(&key);
    if stem != key {
        registry.by_name.entry(stem.to_string()).or_default().push(place);
    }
    registry.by_name.entry(key).or_default().push(place);
    registry.staff.push(person);
}

/// Two people of one name in one institution can only be told apart by 工号; two of one 工号 not even by that.
fn report_namesake(registry: &Registry<'_>, person: &Entity, fields: &Fields, log: &mut IssueLog) {
    let Some(at) = person.rows.first() else { return };
    if let Some(id) = person.id.as_ref().filter(|id| registry.by_id.contains_key(*id)) {
        let message = "这个工号已经属于花名册中另一个姓名，用这个工号登记的记录不能确定是谁的；请改正工号";
        log.report(registry.place(*at, fields.id), IssueKind::ConflictingPerson, id, message);
    }
    let namesakes = namesakes(registry, person);
    let indistinct = |place: &&u32| {
        let other = &registry.staff[**place as usize];
        other.institution == person.institution && (other.id.is_none() || person.id.is_none())
    };
    if namesakes.iter().any(|place| indistinct(&place)) {
        let message = "同一单位花名册中有同名的人，缺少工号，只写姓名的记录不能确定是谁的；请给同名的人都补上工号";
        log.report(registry.place(*at, fields.name), IssueKind::AmbiguousPerson, &person.name, message);
    }
}

/// Joins another row of a person who is there.
fn join(registry: &mut Registry<'_>, place: u32, person: Entity, log: &mut IssueLog) {
    let Some(at) = person.rows.first().copied() else { return };
    let first = at.cell(0);
    // Another 工号 of the same person leads to them too; that the two rows disagree in it is said below.
    if let Some(id) = &person.id {
        let places = registry.by_id.entry(id.clone()).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
        registry.staff[place as usize].id.get_or_insert_with(|| id.clone());
    }
    let disagreeing = merge(&mut registry.staff[place as usize], &person);
    let message = "这个人在花名册中已有一行，两行按同一个人合并";
    log.report(first, IssueKind::RepeatedRosterRow, &person.name, message);
    let table = registry.dictionary.table_named("staff").map(|id| registry.dictionary.table(id));
    for field in disagreeing {
        let header = table.map(|table| table.field(field).header.as_str()).unwrap_or_default();
        let message = format!("同一个人的两行“{header}”不一致，按“不能确定”处理；请改成一致");
        log.report(registry.place(at, field), IssueKind::DisagreeingRosterRows, &person.name, message);
    }
}

/// Merges another row into an entity: lists are joined, blanks filled, and what disagrees becomes unreadable.
/// Returns the fields that disagree.
pub(super) fn merge(entity: &mut Entity, other: &Entity) -> Vec<FieldId> {
    let mut disagreeing = Vec::new();
    for (place, cell) in other.cells.iter().enumerate() {
        let own = &mut entity.cells[place];
        match joined(own, cell) {
            Some(joined) => {
                if own.is_blank() {
                    entity.places[place] = other.places[place];
                }
                *own = joined;
            }
            None => {
                *own = Cell::Unreadable;
                disagreeing.extend(u8::try_from(place).ok().map(FieldId));
            }
        }
    }
    entity.rows.extend(&other.rows);
    disagreeing
}

/// Two cells of one field as one; none when they disagree.
fn joined(one: &Cell, other: &Cell) -> Option<Cell> {
    match (one, other) {
        (Cell::Blank, cell) | (cell, Cell::Blank) => Some(cell.clone()),
        (
            Cell::Is(Value::Words(words) | Value::SomeWords(words)),
            Cell::Is(Value::Words(more) | Value::SomeWords(more)),
        ) => {
            let mut all = [words.as_slice(), more].concat();
            all.sort();
            all.dedup();
            let whole = [one, other].iter().all(|cell| matches!(cell, Cell::Is(Value::Words(_))));
            Some(Cell::Is(if whole { Value::Words(all) } else { Value::SomeWords(all) }))
        }
        (Cell::Is(Value::Texts(texts)), Cell::Is(Value::Texts(more))) => {
            let mut texts: Vec<Arc<str>> = texts.clone();
            texts.extend(more.iter().filter(|text| !texts.contains(text)).cloned().collect::<Vec<_>>());
            Some(Cell::Is(Value::Texts(texts)))
        }
        (one, other) if one == other => Some(one.clone()),
        (_, _) => None,
    }
}
