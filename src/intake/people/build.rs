//! Builds the registry from the rows of the roster, the institutions and the schools.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::entity::Entity;
use super::naming::place_key;
use super::registry::{Registry, count};
use super::roster;
use crate::dictionary::{Dictionary, FieldId, Schema, TableId};
use crate::intake::issues::IssueLog;
use crate::intake::row::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::{Cell, Value, WordId};

/// What stands in where the records do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// 层级 of people and institutions.
    pub level: Option<WordId>,
    /// The institution of a roster that names none.
    pub institution: Option<String>,
}

impl<'d> Registry<'d> {
    /// Builds the registry from the rows of the roster, the institutions and the schools.
    pub fn new(
        dictionary: &'d Dictionary,
        layouts: Vec<Option<Layout>>,
        rows: &[ParsedRow],
        defaults: &Defaults,
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
            by_name: HashMap::new(),
            by_institution: HashMap::new(),
            by_school: HashMap::new(),
        };
        let of = |table: TableId| rows.iter().filter(move |row| row.table == table);
        registry.add_institutions(of(institutions.table), of(staff.table), defaults);
        registry.add_schools(of(schools.table));
        roster::add(&mut registry, of(staff.table), log);
        registry.fill_levels(defaults);
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
        if self.institutions.is_empty() {
            for named in staff.filter_map(|row| row.cell(schema.staff.institution).text()) {
                self.add_institution(Entity::named_only(named.clone(), fields));
            }
        }
        if self.institutions.is_empty() {
            let name = defaults.institution.as_deref().unwrap_or("本单位");
            self.add_institution(Entity::named_only(Arc::from(name), fields));
        }
    }

    /// Adds an institution unless one of its name is there; rows of one name are one institution.
    fn add_institution(&mut self, entity: Entity) {
        let key = place_key(&entity.name);
        match self.by_institution.get(&key) {
            Some(place) => {
                self.institutions[*place as usize].merge(&entity);
            }
            None => {
                self.by_institution.insert(key, count(&self.institutions));
                self.institutions.push(entity);
            }
        }
    }

    fn add_schools<'r>(&mut self, rows: impl Iterator<Item = &'r ParsedRow>) {
        let fields = self.dictionary.schema.schools;
        for row in rows {
            let entity = self.entity(row, fields.name);
            let place = count(&self.schools);
            let mut names: Vec<String> = vec![place_key(&entity.name)];
            if let Some(Value::Texts(texts)) = row.cell(fields.short_name).value() {
                names.extend(texts.iter().map(|text| place_key(text)));
            }
            for name in names {
                let places = self.by_school.entry(name).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            self.schools.push(entity);
        }
    }

    /// 层级 comes from the person's row, else the institution, else `--level`; an institution that only the roster
    /// names has the level that all its people share.
    fn fill_levels(&mut self, defaults: &Defaults) {
        let (own, theirs) = (self.dictionary.schema.staff.level, self.dictionary.schema.institutions.level);
        for place in 0..self.institutions.len() {
            let named_only = self.institutions[place].rows.is_empty();
            let shared = if named_only { self.shared_level(place, own) } else { None };
            fill(&mut self.institutions[place], theirs, shared.or(defaults.level));
        }
        for person in &mut self.staff {
            let institution = person.institution.and_then(|place| self.institutions.get(place as usize));
            match institution.map(|institution| institution.cell(theirs)) {
                Some(Cell::Is(Value::Word(word))) => fill(person, own, Some(*word)),
                Some(_) | None => fill(person, own, defaults.level),
            }
        }
    }

    fn shared_level(&self, place: usize, own: FieldId) -> Option<WordId> {
        let people = self.staff.iter().filter(|person| person.institution.is_some_and(|at| at as usize == place));
        let mut levels = people.map(|person| person.cell(own).words().and_then(|words| words.first().copied()));
        let first = levels.next()??;
        levels.all(|level| level == Some(first)).then_some(first)
    }
}

fn fill(entity: &mut Entity, field: FieldId, word: Option<WordId>) {
    if let (true, Some(word)) = (entity.cell(field).is_blank(), word) {
        entity.cells[field.index()] = Cell::Is(Value::Word(word));
    }
}
