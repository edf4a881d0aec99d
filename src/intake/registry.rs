//! What rows can name: the people of the roster, the institutions, the schools; and the layouts of the sheets.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::issues::{IssueLog, SheetNames};
use super::layout::Layout;
use super::naming;
use super::nearest;
use super::record::{Entity, ParsedRow};
use super::rows::place_of;
use super::staff;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::{Cell, CellRef, IssueKind, RowRef, Value, WordId};

/// What stands in where the records do not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// 层级 of people and institutions.
    pub level: Option<WordId>,
    /// The institution of a roster that names none.
    pub institution: Option<String>,
}

/// The tables and fields that people, institutions and schools are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    pub staff: TableId,
    pub institutions: TableId,
    pub schools: TableId,
}

/// What rows can name, and where it stands.
#[derive(Debug)]
pub struct Registry<'d> {
    pub dictionary: &'d Dictionary,
    pub staff: Vec<Entity>,
    pub institutions: Vec<Entity>,
    pub schools: Vec<Entity>,
    /// By sheet, in the order that [`RowRef::sheet`] counts; none for a sheet that is no known table.
    pub layouts: Vec<Option<Layout>>,
    pub sheets: SheetNames,
    pub(super) by_id: HashMap<Arc<str>, Vec<u32>>,
    /// By the key of a name, and by its stem: 张三 leads to 张三2 too.
    pub(super) by_name: HashMap<String, Vec<u32>>,
    pub(super) by_institution: HashMap<String, u32>,
    pub(super) by_school: HashMap<String, Vec<u32>>,
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
        let id = |name| dictionary.table_named(name).unwrap_or(TableId(0));
        let ids = Ids { staff: id("staff"), institutions: id("institutions"), schools: id("schools") };
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
        registry.add_institutions(of(ids.institutions), of(ids.staff), ids, defaults);
        registry.add_schools(of(ids.schools), ids);
        staff::add(&mut registry, of(ids.staff), ids, log);
        registry.fill_levels(ids, defaults);
        registry
    }

    /// The place of a field of a row.
    pub fn place(&self, at: RowRef, field: FieldId) -> CellRef {
        match self.layouts.get(at.sheet as usize).and_then(Option::as_ref) {
            Some(layout) => place_of(layout, at, field),
            None => at.cell(0),
        }
    }

    /// The people of a name, with those whose name has a number that tells namesakes apart; none when no one is called
    /// so. Most names are written like their keys, and are found without making them.
    pub(super) fn called(&self, name: &str) -> Option<&[u32]> {
        self.by_name.get(name).or_else(|| self.by_name.get(&naming::key(name))).map(Vec::as_slice)
    }

    /// The people of a name, as entities.
    pub fn people_called(&self, name: &str) -> impl Iterator<Item = &Entity> {
        let places = self.called(name).unwrap_or_default();
        places.iter().filter_map(|place| self.staff.get(*place as usize))
    }

    /// Reports that a 单位 is on no list of institutions.
    pub(super) fn report_unknown_institution(&self, log: &mut IssueLog, at: CellRef, text: &str) {
        let names = self.institutions.iter().map(|institution| &*institution.name);
        let message = || {
            let near = nearest::places(text, names);
            format!("这个单位不在机构情况表里{near}，不能归到任何单位；请改成机构情况表里的名称，或在机构情况表补上")
        };
        log.report_with(at, IssueKind::UnknownInstitution, text, message);
    }

    /// An entity of a single row, called by one of its fields.
    pub(super) fn entity(&self, row: &ParsedRow, name: FieldId) -> Entity {
        let fields = (0..).map(FieldId).take(row.cells.len());
        Entity {
            name: row.cell(name).text().cloned().unwrap_or_else(|| Arc::from("")),
            id: None,
            institution: None,
            cells: row.cells.clone(),
            rows: vec![row.at],
            places: fields.map(|field| Some(self.place(row.at, field))).collect(),
        }
    }

    fn add_institutions<'r>(
        &mut self,
        own: impl Iterator<Item = &'r ParsedRow>,
        staff: impl Iterator<Item = &'r ParsedRow>,
        ids: Ids,
        defaults: &Defaults,
    ) {
        let table = self.dictionary.table(ids.institutions);
        let Some(name) = table.field_named("name") else { return };
        for row in own {
            let entity = self.entity(row, name);
            self.add_institution(entity);
        }
        if self.institutions.is_empty() {
            let Some(field) = self.dictionary.table(ids.staff).field_named("institution") else { return };
            for named in staff.filter_map(|row| row.cell(field).text()) {
                let entity = named_only(named.clone(), table.fields.len());
                self.add_institution(entity);
            }
        }
        if self.institutions.is_empty() {
            let name = defaults.institution.as_deref().unwrap_or("本单位");
            self.add_institution(named_only(Arc::from(name), table.fields.len()));
        }
    }

    /// Adds an institution unless one of its name is there; rows of one name are one institution.
    fn add_institution(&mut self, entity: Entity) {
        let key = key(&entity.name);
        match self.by_institution.get(&key) {
            Some(place) => {
                staff::merge(&mut self.institutions[*place as usize], &entity);
            }
            None => {
                self.by_institution.insert(key, count(&self.institutions));
                self.institutions.push(entity);
            }
        }
    }

    fn add_schools<'r>(&mut self, rows: impl Iterator<Item = &'r ParsedRow>, ids: Ids) {
        let table = self.dictionary.table(ids.schools);
        let (Some(name), short) = (table.field_named("name"), table.field_named("short-name")) else { return };
        for row in rows {
            let entity = self.entity(row, name);
            let place = count(&self.schools);
            let mut names: Vec<String> = vec![key(&entity.name)];
            if let Some(Value::Texts(texts)) = short.and_then(|short| row.cell(short).value()) {
                names.extend(texts.iter().map(|text| key(text)));
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
    fn fill_levels(&mut self, ids: Ids, defaults: &Defaults) {
        let level = |id: TableId| self.dictionary.table(id).field_named("level");
        let (Some(own), Some(theirs)) = (level(ids.staff), level(ids.institutions)) else { return };
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

/// An entity that other rows only name.
fn named_only(name: Arc<str>, fields: usize) -> Entity {
    Entity {
        name,
        id: None,
        institution: None,
        cells: vec![Cell::Blank; fields],
        rows: Vec::new(),
        places: vec![None; fields],
    }
}

/// The number of things so far: the place of the next one.
pub(super) fn count<T>(things: &[T]) -> u32 {
    u32::try_from(things.len()).unwrap_or(u32::MAX)
}

/// What stands under a name in the form of its [`key`]. Most names are written so, and are found without making it.
pub(super) fn by_key<'m, T>(named: &str, things: &'m HashMap<String, T>) -> Option<&'m T> {
    things.get(named).or_else(|| things.get(&key(named)))
}

/// The form in which names of institutions and schools are compared: without white space, brackets half-width.
pub(super) fn key(name: &str) -> String {
    super::cells::without_space(&super::cells::clean(name))
}
