//! Builds the registry from the rows of the institutions, the schools and the roster. Rows of one person become one, and what
//! they disagree in becomes unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use jiff::civil::Date;

use super::entities::Entity;
use super::identity;
use super::naming::{self, by_key, place_key};
use super::offices::NamedOffices;
use super::registry::Registry;
use super::typos::NearNames;
use crate::dictionary::{Dictionary, Schema, StaffFields, TableId};
use crate::intake::issues::IssueLog;
use crate::intake::row::{ParsedRow, RecordDoubt};
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value, WordId};

/// What stands in where the records do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// 层级 of people and institutions.
    pub level: Option<WordId>,
    /// The institution of a roster that names none.
    pub institution: Option<String>,
}

impl<'d> Registry<'d> {
    /// `time` is the first day of the audit year and the day it looks back from.
    pub fn new(
        dictionary: &'d Dictionary,
        layouts: Vec<Option<Layout>>,
        rows: &[ParsedRow],
        defaults: &Defaults,
        time: (Date, Date),
        log: &mut IssueLog,
    ) -> Registry<'d> {
        let Schema { staff, institutions, schools, .. } = &dictionary.schema;
        let mut registry = Registry {
            dictionary,
            staff: Vec::new(),
            institutions: Vec::new(),
            schools: Vec::new(),
            layouts,
            sheets: log.sheets().clone(),
            by_id: HashMap::new(),
            by_loose_id: HashMap::new(),
            by_identity: HashMap::new(),
            perhaps_twice: HashSet::new(),
            perhaps_one: HashMap::new(),
            institution_is_assumed: false,
            by_name: HashMap::new(),
            unread: Vec::new(),
            doubted: HashMap::new(),
            miscounted: Vec::new(),
            near_names: NearNames::default(),
            by_institution: HashMap::new(),
            perhaps_of: HashMap::new(),
            by_school: HashMap::new(),
        };
        let of = |table: TableId| rows.iter().filter(move |row| row.table == table);
        registry.add_institutions(of(institutions.table), of(staff.table), defaults);
        registry.find_doubted(log);
        registry.add_schools(of(schools.table), log);
        registry.add_staff(of(staff.table), time, log);
        let is_unread = |(_, person): &(u32, &Entity)| *person.cell(staff.name) == Cell::Unreadable;
        registry.unread = (0..).zip(&registry.staff).filter(is_unread).map(|(place, _)| place).collect();
        let named = (0..).zip(&registry.staff).filter(|(_, person)| person.doubt.is_none());
        registry.near_names = NearNames::of(named.map(|(place, person)| (place, &*person.name)));
        registry.find_perhaps_one();
        registry.settle_namesakes();
        registry.fill_levels(defaults, log);
        registry
    }

    fn add_institutions<'r>(
        &mut self,
        own: impl Iterator<Item = &'r ParsedRow>,
        staff: impl Iterator<Item = &'r ParsedRow>,
        defaults: &Defaults,
    ) {
        let schema = &self.dictionary.schema;
        let fields = self.dictionary.table(schema.institutions.table).fields.len();
        for row in own {
            let entity = self.entity(row, schema.institutions.name);
            self.add_institution(entity);
        }
        if !self.institutions.is_empty() {
            return;
        }
        let named = NamedOffices::of(staff, self.dictionary);
        for office in named.offices {
            self.add_institution(Entity::named_only(office, fields));
        }
        if self.institutions.is_empty() {
            let name = defaults.institution.as_deref().unwrap_or("本单位");
            self.institution_is_assumed = defaults.institution.is_none();
            self.add_institution(Entity::named_only(Arc::from(name), fields));
        }
        for name in named.within {
            match self.institutions.len() {
                1 => drop(self.by_institution.insert(place_key(&name), 0)),
                several => drop(self.perhaps_of.insert(place_key(&name), (0..).take(several).collect())),
            }
        }
        self.perhaps_of.extend(named.perhaps.into_iter().map(|(name, offices)| (place_key(&name), offices)));
    }

    /// Adds an institution unless one of its name is there; rows of one name are one institution.
    fn add_institution(&mut self, entity: Entity) {
        if entity.doubt.is_some() {
            self.institutions.push(entity);
            return;
        }
        let key = place_key(&entity.name);
        let table = self.dictionary.table(self.dictionary.schema.institutions.table);
        match self.by_institution.get(&key) {
            Some(place) => {
                self.institutions[*place as usize].merge(&entity, table);
            }
            None => {
                self.by_institution.insert(key, count(&self.institutions));
                self.institutions.push(entity);
            }
        }
    }

    /// Adds the people of the roster, in the order of their first rows.
    fn add_staff<'r>(&mut self, rows: impl Iterator<Item = &'r ParsedRow>, time: (Date, Date), log: &mut IssueLog) {
        let fields = self.dictionary.schema.staff;
        let mut several: BTreeMap<u32, Vec<Entity>> = BTreeMap::new();
        for row in rows {
            let person = self.person(row, &fields, log);
            match self.same_person(&person, &fields) {
                Some(place) => {
                    let first = || vec![self.staff[place as usize].clone()];
                    several.entry(place).or_insert_with(first).push(person.clone());
                    self.join(place, &person);
                }
                None => self.add_person(person, &fields, log),
            }
        }
        for (place, rows) in several {
            let id = self.staff[place as usize].id.clone();
            if let Some(person) = self.settle_rows(rows, time, log) {
                self.staff[place as usize] = Entity { id, ..person };
            }
        }
    }

    fn person(&self, row: &ParsedRow, fields: &StaffFields, log: &mut IssueLog) -> Entity {
        let mut person = self.entity(row, fields.name);
        person.id = row.cell(fields.staff_id).text().cloned();
        person.denied = person.denied.or_else(|| self.doubted_at(row.at.sheet));
        person.institution = match row.cell(fields.institution).text() {
            Some(named) => {
                let found = by_key(named, &self.by_institution).copied().or_else(|| self.of_school(named, row));
                if found.is_none() {
                    person.institutions = by_key(named, &self.perhaps_of).cloned().unwrap_or_default();
                    self.report_unknown_institution(log, self.place(row.at, fields.institution), named);
                }
                found
            }
            // The only institution there is needs no naming.
            None if row.cell(fields.institution).is_blank() && self.institutions.len() == 1 => Some(0),
            None => None,
        };
        person
    }

    /// A part-timer whose unit is a school is of the only institution there is, in whose roster they stand. Somebody else may be of
    /// a school that is an office itself: 镇街（中心学校）.
    fn of_school(&self, named: &str, row: &ParsedRow) -> Option<u32> {
        let (people, fields) = (&self.dictionary.people, self.dictionary.schema.staff);
        let is_school = people.schools.is_school(named) && !people.offices.is_office(named);
        let is_full_time = *row.cell(fields.employment) == Cell::Is(Value::Word(fields.full_time));
        (is_school && !is_full_time && self.institutions.len() == 1).then_some(0)
    }

    /// A row is of a person who is there when it has their 工号 and name, or their name and 身份证号.
    fn same_person(&self, person: &Entity, fields: &StaffFields) -> Option<u32> {
        let identity = |entity: &Entity| entity.cell(fields.id_number).text().cloned();
        let same = |place: &&u32| {
            let other = &self.staff[**place as usize];
            let same_id = person.id.is_some() && person.id == other.id;
            let loose = |entity: &Entity| entity.id.as_deref().map(naming::loose_code).filter(|code| !code.is_empty());
            let same_id = same_id || (loose(person).is_some() && loose(person) == loose(other));
            same_id || (identity(person).is_some() && identity(person) == identity(other))
        };
        self.namesakes(person).iter().find(same).copied()
    }

    /// The people whose name is the same, however it is written.
    pub(super) fn namesakes(&self, person: &Entity) -> Vec<u32> {
        if person.doubt == Some(RecordDoubt::Nameless) {
            return Vec::new();
        }
        let called = self.called(&person.name).unwrap_or_default();
        let is_same = |place: &&u32| naming::is_same(&self.staff[**place as usize].name, &person.name);
        called.iter().filter(is_same).copied().collect()
    }

    fn add_person(&mut self, person: Entity, fields: &StaffFields, log: &mut IssueLog) {
        let place = count(&self.staff);
        self.report_namesake(&person, fields, log);
        self.add_numbers(&person, place, fields);
        if person.doubt.is_some() {
            self.staff.push(person);
            return;
        }
        let key = naming::key(&person.name);
        let stem = naming::stem(&key);
        if stem != key {
            self.by_name.entry(stem.to_string()).or_default().push(place);
        }
        self.by_name.entry(key).or_default().push(place);
        self.staff.push(person);
    }

    /// Adds what leads to a person beside the name: 工号, 身份证号.
    fn add_numbers(&mut self, person: &Entity, place: u32, fields: &StaffFields) {
        let add = |places: &mut Vec<u32>| {
            if !places.contains(&place) {
                places.push(place);
            }
        };
        if let Some(id) = &person.id {
            add(self.by_id.entry(id.clone()).or_default());
            let loose = naming::loose_code(id);
            if !loose.is_empty() {
                add(self.by_loose_id.entry(loose).or_default());
            }
        }
        if let Some(number) = person.cell(fields.id_number).text().and_then(|text| identity::read(text).ok()) {
            add(self.by_identity.entry(number.number).or_default());
        }
    }

    /// Two people of one name in one institution can only be told apart by 工号; two of one 工号 not even by that.
    fn report_namesake(&self, person: &Entity, fields: &StaffFields, log: &mut IssueLog) {
        let Some(at) = person.rows.first() else { return };
        if let Some((id, others)) = person.id.as_ref().and_then(|id| Some((id, self.by_id.get(id)?))) {
            let office = |place: &u32| self.staff[*place as usize].institution;
            let is_elsewhere = |place: &u32| office(place).is_some() && office(place) != person.institution;
            let message = if person.institution.is_some() && others.iter().all(is_elsewhere) {
                "这个工号在另一个单位也有人用，只写工号的记录不能确定是谁的；请在台账里写明姓名或单位"
            } else {
                "这个工号已经属于花名册中另一个姓名，用这个工号登记的记录不能确定是谁的；请改正工号"
            };
            log.report(self.place(*at, fields.staff_id), IssueKind::ConflictingPerson, id, message);
        }
        let namesakes = self.namesakes(person);
        let indistinct = |place: &&u32| {
            let other = &self.staff[**place as usize];
            other.institution == person.institution && (other.id.is_none() || person.id.is_none())
        };
        if namesakes.iter().any(|place| indistinct(&place)) {
            let message = "同一单位花名册中有同名的人，缺少工号，只写姓名的记录不能确定是谁的；请给同名的人都补上工号";
            log.report(self.place(*at, fields.name), IssueKind::AmbiguousPerson, &person.name, message);
        }
    }

    /// Adds another row of a person, so that later rows of theirs are known by what any of their rows says.
    fn join(&mut self, place: u32, person: &Entity) {
        self.add_numbers(person, place, &self.dictionary.schema.staff);
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let own = &mut self.staff[place as usize];
        if let Some(id) = &person.id {
            own.id.get_or_insert_with(|| id.clone());
        }
        own.merge(person, table);
    }
}

/// The number of things so far: the place of the next one.
pub(super) fn count<T>(things: &[T]) -> u32 {
    u32::try_from(things.len()).unwrap_or(u32::MAX)
}
