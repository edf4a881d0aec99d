//! The people of the roster: rows of one person become one, and what they disagree in becomes unknown.

use super::entity::Entity;
use super::naming::{self, by_key};
use super::registry::{Registry, count};
use crate::dictionary::StaffFields;
use crate::intake::issues::IssueLog;
use crate::intake::row::ParsedRow;
use crate::model::IssueKind;

/// Adds the people of the roster, in the order of their first rows.
pub(crate) fn add<'r>(registry: &mut Registry<'_>, rows: impl Iterator<Item = &'r ParsedRow>, log: &mut IssueLog) {
    let fields = registry.dictionary.schema.staff;
    for row in rows {
        let person = person(registry, row, &fields, log);
        match same_person(registry, &person, &fields) {
            Some(place) => join(registry, place, person, log),
            None => add_person(registry, person, &fields, log),
        }
    }
}

fn person(registry: &Registry<'_>, row: &ParsedRow, fields: &StaffFields, log: &mut IssueLog) -> Entity {
    let mut person = registry.entity(row, fields.name);
    person.id = row.cell(fields.staff_id).text().cloned();
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
fn same_person(registry: &Registry<'_>, person: &Entity, fields: &StaffFields) -> Option<u32> {
    let identity = |entity: &Entity| entity.cell(fields.id_number).text().cloned();
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

fn add_person(registry: &mut Registry<'_>, person: Entity, fields: &StaffFields, log: &mut IssueLog) {
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
fn report_namesake(registry: &Registry<'_>, person: &Entity, fields: &StaffFields, log: &mut IssueLog) {
    let Some(at) = person.rows.first() else { return };
    if let Some(id) = person.id.as_ref().filter(|id| registry.by_id.contains_key(*id)) {
        let message = "这个工号已经属于花名册中另一个姓名，用这个工号登记的记录不能确定是谁的；请改正工号";
        log.report(registry.place(*at, fields.staff_id), IssueKind::ConflictingPerson, id, message);
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
    let disagreeing = registry.staff[place as usize].merge(&person);
    let message = "这个人在花名册中已有一行，两行按同一个人合并";
    log.report(first, IssueKind::RepeatedRosterRow, &person.name, message);
    let table = registry.dictionary.table(registry.dictionary.schema.staff.table);
    for field in disagreeing {
        let header = &table.field(field).header;
        let message = format!("同一个人的两行“{header}”不一致，按“不能确定”处理；请改成一致");
        log.report(registry.place(at, field), IssueKind::DisagreeingRosterRows, &person.name, message);
    }
}
