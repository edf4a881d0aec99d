//! Who is who: the people, the institution and the school that a row names.

use jiff::civil::Date;

use super::entities::Entity;
use super::named::named_people;
use super::naming::{by_key, place_key};
use super::nearest;
use super::registry::Registry;
use crate::dictionary::{FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::row::{Maybe, NamedBeside, ParsedRow, Record, RecordDoubt, RowNotes, SchoolLink};
use crate::model::{CellRef, IssueKind, RowRef, Unlisted, Window};

impl Registry<'_> {
    /// Finds whom a row names; names that cannot be placed are noted. False when any could not be.
    pub fn resolve(&self, row: ParsedRow, log: &mut IssueLog) -> (Record, bool) {
        let table = self.dictionary.table(row.table);
        let mut whole = true;
        let named = table.field_of_kind(FieldKind::Institution);
        let written = named.and_then(|field| row.cell(field).text());
        let institution = written.and_then(|text| by_key(text, &self.by_institution).copied());
        let (mut people, mut maybe_people) = (Vec::new(), Maybe::Nobody);
        let (mut strangers, mut nearly, mut unlisted) = (0, Vec::new(), Unlisted::default());
        if let Some(names) = table.field_of_kind(FieldKind::People) {
            let others = row.notes.beside.as_ref().and_then(|beside| beside.others.as_deref());
            let found = named_people(self, &row, names, institution, log).beside(self, others);
            whole &= found.whole;
            (strangers, nearly, unlisted) = (found.strangers, found.nearly, found.unlisted);
            (people, maybe_people) = (found.sure, found.maybe);
        }
        if let Some(beside) = row.notes.beside.as_deref() {
            let before = people.len();
            self.settle_beside(beside, &mut people, &mut maybe_people);
            let doubtful = u16::try_from(before.saturating_sub(people.len())).unwrap_or(u16::MAX);
            unlisted.more = unlisted.more.saturating_add(doubtful);
        }
        self.add_perhaps_one(&people, &mut maybe_people);
        let names_someone = strangers == 0 || !people.is_empty() || maybe_people != Maybe::Nobody;
        if let (Some(text), Some(field), None) = (written, named, institution) {
            // Strangers are of somewhere else, and told in one line.
            if names_someone {
                whole = false;
                self.report_unknown_institution(log, self.place_in(&row, field), text);
            }
        }
        let school = match table.field_of_kind(FieldKind::School) {
            Some(field) => self.school(&row, field, log, &mut whole),
            None => SchoolLink::Blank,
        };
        let says_none = named.is_none_or(|field| row.cell(field).is_blank());
        let (institutions, maybe_institutions) = match institution {
            Some(place) => (vec![place], Maybe::Nobody),
            None if says_none => self.institutions_of(&row, &people, &maybe_people, strangers > 0),
            // A 单位 that cannot be placed may be any of them, also where its people are known.
            None => (Vec::new(), Maybe::Anybody),
        };
        let doubt = if table.held { self.doubt(table, &row) } else { None };
        let links = (people, maybe_people, (strangers, nearly), school);
        (Record::new(row, links, unlisted, (institutions, maybe_institutions), doubt), whole)
    }

    /// Who did what a row tells of may be meant by it, where others are on the row; who spoke there, or was absent, need not be.
    fn settle_beside(&self, beside: &NamedBeside, people: &mut Vec<u32>, maybe: &mut Maybe) {
        let spoke = beside.speakers.iter().chain(&beside.absent);
        let doubtful: Vec<u32> = spoke.flat_map(|names| self.listed(names)).collect();
        maybe.add(people.extract_if(.., |place| doubtful.contains(place)));
        let givers = beside.givers.iter().flat_map(|names| self.listed(names));
        maybe.add(givers.filter(|place| !people.contains(place)));
    }

    /// What somebody did may be of whoever of that name may be the same person.
    fn add_perhaps_one(&self, people: &[u32], maybe: &mut Maybe) {
        if !self.perhaps_one.is_empty() {
            let same = people.iter().filter_map(|place| self.perhaps_one.get(place)).flatten();
            maybe.add(same.filter(|place| !people.contains(place)).copied());
        }
    }

    /// Why a row of a kept table may be none of its own.
    fn doubt(&self, table: &Table, row: &ParsedRow) -> Option<RecordDoubt> {
        let is_nameless = table.subject_name().is_some_and(|name| !self.has_name(row, name));
        match is_nameless {
            true => Some(RecordDoubt::Nameless),
            false => self.perhaps_twice.contains(&row.at).then_some(RecordDoubt::PerhapsTwice),
        }
    }

    /// What a record that names strangers beside others shows of its names, and in which column.
    pub fn shown_names(&self, record: &Record) -> Option<(u32, String)> {
        if record.strangers == 0 || record.names_only_strangers() {
            return None;
        }
        let field = self.dictionary.table(record.row.table).field_of_kind(FieldKind::People)?;
        let column = self.layouts.get(record.row.at.sheet as usize)?.as_ref()?.column(field)?;
        let names: Vec<&str> = record.people.iter().map(|place| &*self.staff[*place as usize].name).collect();
        Some((column, format!("{}（另有{}人不在花名册）", names.join("、"), record.strangers)))
    }

    /// Where it is said of a person that they left for good: 2024年4月退休.
    fn left(&self, person: &Entity) -> Option<CellRef> {
        let staff = self.dictionary.schema.staff;
        let words = &self.dictionary.table(staff.table).field(staff.on_payroll).remarked;
        let said = person.away.as_ref().filter(|(_, text)| words.iter().any(|word| text.contains(word.as_str())));
        said.map(|(at, _)| *at)
    }

    /// The records of the roster itself: one for each person. Who may have left counts as possible.
    pub fn staff_records(&self) -> Vec<Record> {
        (0..).zip(&self.staff).map(|(place, person)| self.staff_record(place, person)).collect()
    }

    /// As what those stand in the roster on a day of whom it says something else at other times, by person.
    pub fn staff_records_on(&self, day: Date) -> impl Iterator<Item = (u32, Record)> {
        let on_day = move |(place, person): (u32, &Entity)| {
            let tenure = person.tenure_in(&Window::as_of(day), day)?;
            let (institutions, row_cells) = (Vec::new(), Vec::new());
            let (institution, cells) = (tenure.institution, tenure.cells.clone());
            let then = Entity { institution, institutions, cells, row_cells, ..person.clone() };
            Some((place, self.staff_record(place, &then)))
        };
        (0..).zip(&self.staff).filter_map(on_day)
    }

    fn staff_record(&self, place: u32, person: &Entity) -> Record {
        Record {
            row: ParsedRow {
                table: self.dictionary.schema.staff.table,
                at: person.rows.first().copied().unwrap_or(RowRef { sheet: 0, row: 0 }),
                cells: person.cells.clone(),
                dates: Some(1),
                length: None,
                repeated: false,
                notes: RowNotes {
                    denied: person.denied.or_else(|| self.left(person)).map(|at| at.column),
                    beside: (!person.besides.is_empty())
                        .then(|| Box::new(NamedBeside { besides: person.besides.clone(), ..NamedBeside::default() })),
                    ..RowNotes::default()
                },
            },
            people: vec![place],
            maybe_people: Maybe::Nobody,
            strangers: 0,
            unlisted: None,
            nearly: Vec::new(),
            institutions: person.institution.filter(|_| person.institutions.is_empty()).into_iter().collect(),
            maybe_institutions: match (person.institution, person.institutions.as_slice()) {
                (Some(_), []) => Maybe::Nobody,
                (None, []) => Maybe::Anybody,
                (Some(_) | None, several) => Maybe::These(several.to_vec()),
            },
            school: SchoolLink::Blank,
            doubt: person.doubt,
            again: None,
            rows: person.row_cells.clone(),
        }
    }

    /// The institutions of the people that a row names; of a row that names no one, the only one there is, or any.
    fn institutions_of(&self, row: &ParsedRow, people: &[u32], maybe: &Maybe, strangers: bool) -> (Vec<u32>, Maybe) {
        if self.institutions.len() == 1 {
            return (vec![0], Maybe::Nobody);
        }
        let roles = self.dictionary.table(row.table).roles;
        let time = roles.date.or(roles.start).and_then(|field| row.cell(field).date());
        let of = |places: &[u32]| -> Option<Vec<u32>> {
            places
                .iter()
                .map(|place| self.staff[*place as usize].institution_then(time))
                .collect::<Option<_>>()
                .map(merged)
        };
        let Some(sure) = of(people) else { return (Vec::new(), Maybe::Anybody) };
        let maybe = match maybe {
            Maybe::Nobody if strangers => Maybe::Anybody,
            Maybe::Nobody if people.is_empty() => Maybe::Anybody,
            Maybe::Nobody => Maybe::Nobody,
            Maybe::These(places) => match of(places) {
                // Namesakes of one institution: whoever it was, the row is the institution's.
                Some(found) if found.len() == 1 => return (merged([sure, found].concat()), Maybe::Nobody),
                Some(found) => Maybe::These(found),
                None => Maybe::Anybody,
            },
            Maybe::Anybody => Maybe::Anybody,
        };
        (sure, maybe)
    }

    fn school(&self, row: &ParsedRow, field: FieldId, log: &mut IssueLog, whole: &mut bool) -> SchoolLink {
        let Some(named) = row.cell(field).text() else { return SchoolLink::Blank };
        match by_key(named, &self.by_school).map(Vec::as_slice) {
            Some([place]) => return self.unless_another(*place, row, (log, whole)),
            // Without a school list there is nothing to be missing from.
            None if self.schools.is_empty() => return SchoolLink::Unknown,
            Some(_) | None => {}
        }
        let is_full = |places: &[u32]| {
            places.iter().all(|place| place_key(&self.schools[*place as usize].name) == place_key(named))
        };
        let message = || {
            match by_key(named, &self.by_school) {
            None if self.dictionary.people.schools.several(named).is_some() => {
                "这一格写了几所学校，与学校情况有关的结论只能待核；请一所学校写一行".to_string()
            }
            Some(places) if is_full(places) => {
                "学校名单里有几行都是这个名称，各行不一样，与学校情况有关的结论只能待核；是同一所的请合为一行，不是的请写全称".to_string()
            }
            Some(_) => "这个简称对应学校名单里的几所学校，与学校情况有关的结论只能待核；请写全称".to_string(),
            None => {
                let near = nearest::places(named, self.schools.iter().map(|school| &*school.name));
                format!("这所学校不在学校名单里{near}，与学校情况有关的结论只能待核；请写全称，或在学校名单补上简称")
            }
        }
        };
        log.report_with(self.place_in(row, field), IssueKind::UnknownSchool, named, message);
        *whole = false;
        SchoolLink::Unknown
    }
}

impl Registry<'_> {
    /// The school of the list by the name on a row, unless a column of the row says of it what the list denies: then one of them is wrong,
    /// or another school is meant.
    fn unless_another(&self, place: u32, row: &ParsedRow, (log, whole): (&mut IssueLog, &mut bool)) -> SchoolLink {
        let school = &self.schools[place as usize];
        let said = row.notes.beside.iter().flat_map(|beside| &beside.school);
        let against = said.filter_map(|said| Some((said, said.says.against(&school.cells)?))).next();
        let Some((said, field)) = against else { return SchoolLink::Known(place) };
        let header = &self.dictionary.table(self.dictionary.schema.schools.table).field(field).header;
        let message = format!(
            "这一格说的与学校名单里这所学校的“{header}”不一样，哪个对不能确定，与学校情况有关的结论只能待核；请改成一样"
        );
        log.report(row.at.cell(said.column), IssueKind::DisagreeingCells, &said.text, message);
        *whole = false;
        SchoolLink::Unknown
    }
}

fn merged(mut places: Vec<u32>) -> Vec<u32> {
    places.sort_unstable();
    places.dedup();
    places
}
