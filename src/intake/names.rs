//! Who is who: the people, the institution and the school that a row names.

use std::sync::Arc;

use super::notes::Notes;
use super::record::{Draft, Maybe, Record, SchoolLink};
use super::registry::{Registry, by_key, note_unknown_institution};
use crate::dictionary::{FieldId, FieldKind};
use crate::model::{Cell, IssueKind, Value};

impl Registry<'_> {
    /// Finds whom a row names; names that cannot be placed are noted. False when any could not be.
    pub fn resolve(&self, draft: Draft, notes: &mut Notes) -> (Record, bool) {
        let table = self.dictionary.table(draft.table);
        let mut whole = true;
        let named = table.field_of_kind(FieldKind::Institution);
        let institution = named.and_then(|field| self.named_institution(&draft, field, notes, &mut whole));
        let (mut people, mut maybe_people) = (Vec::new(), Maybe::Nobody);
        let mut strangers = false;
        if let Some(names) = table.field_of_kind(FieldKind::People) {
            let found = self.people(&draft, names, institution, notes);
            whole &= found.whole;
            strangers = found.strangers;
            (people, maybe_people) = (found.sure, found.maybe);
        }
        let school = match table.field_of_kind(FieldKind::School) {
            Some(field) => self.school(&draft, field, notes, &mut whole),
            None => SchoolLink::Blank,
        };
        let says_none = named.is_none_or(|field| draft.cell(field).is_blank());
        let (institutions, maybe_institutions) = match institution {
            Some(place) => (vec![place], Maybe::Nobody),
            None if says_none => self.institutions_of(&people, &maybe_people, strangers),
            // A 单位 that cannot be placed may be any of them, also where its people are known.
            None => (Vec::new(), Maybe::Anybody),
        };
        (Record { draft, people, maybe_people, institutions, maybe_institutions, school }, whole)
    }

    /// The records of the roster itself: one for each person.
    pub fn staff_records(&self) -> Vec<Record> {
        let Some(table) = self.dictionary.table_named("staff") else { return Vec::new() };
        let record = |(place, person): (u32, &super::Entity)| Record {
            draft: Draft {
                table,
                at: person.rows.first().copied().unwrap_or(crate::model::RowRef { sheet: 0, row: 0 }),
                cells: person.cells.clone(),
                dates: Some(1),
            },
            people: vec![place],
            maybe_people: Maybe::Nobody,
            institutions: person.institution.into_iter().collect(),
            maybe_institutions: if person.institution.is_none() { Maybe::Anybody } else { Maybe::Nobody },
            school: SchoolLink::Blank,
        };
        (0..).zip(&self.staff).map(record).collect()
    }

    fn named_institution(&self, draft: &Draft, field: FieldId, notes: &mut Notes, whole: &mut bool) -> Option<u32> {
        let named = draft.cell(field).text()?;
        let found = by_key(named, &self.by_institution).copied();
        if found.is_none() {
            note_unknown_institution(notes, self.place(draft.at, field), named);
            *whole = false;
        }
        found
    }

    /// The institutions of the people that a row names; of a row that names no one, the only one there is, or any.
    fn institutions_of(&self, people: &[u32], maybe: &Maybe, strangers: bool) -> (Vec<u32>, Maybe) {
        if self.institutions.len() == 1 {
            return (vec![0], Maybe::Nobody);
        }
        let of = |places: &[u32]| -> Option<Vec<u32>> {
            let mut found: Vec<u32> =
                places.iter().map(|place| self.staff[*place as usize].institution).collect::<Option<_>>()?;
            found.sort_unstable();
            found.dedup();
            Some(found)
        };
        let Some(sure) = of(people) else { return (Vec::new(), Maybe::Anybody) };
        let maybe = match maybe {
            Maybe::Nobody if strangers => Maybe::Anybody,
            Maybe::Nobody if people.is_empty() => Maybe::Anybody,
            Maybe::Nobody => Maybe::Nobody,
            Maybe::These(places) => match of(places) {
                // Namesakes of one institution: whoever it was, the row is the institution's.
                Some(found) if found.len() == 1 => return (merged(sure, &found), Maybe::Nobody),
                Some(found) => Maybe::These(found),
                None => Maybe::Anybody,
            },
            Maybe::Anybody => Maybe::Anybody,
        };
        (sure, maybe)
    }

    fn school(&self, draft: &Draft, field: FieldId, notes: &mut Notes, whole: &mut bool) -> SchoolLink {
        let Some(named) = draft.cell(field).text() else { return SchoolLink::Blank };
        match by_key(named, &self.by_school).map(Vec::as_slice) {
            Some([place]) => return SchoolLink::Known(*place),
            // Without a school list there is nothing to be missing from.
            None if self.schools.is_empty() => return SchoolLink::Unknown,
            Some(_) | None => {}
        }
        let message = "这所学校不在学校名单里（或简称对应几所学校），与学校情况有关的结论只能待核；请写全称，或在学校名单补上简称";
        notes.add(self.place(draft.at, field), IssueKind::UnknownSchool, named, message);
        *whole = false;
        SchoolLink::Unknown
    }

    /// The people that a row names: by 工号, else by 姓名 within 单位, else by 姓名.
    fn people(&self, draft: &Draft, names: FieldId, institution: Option<u32>, notes: &mut Notes) -> Found {
        let mut found = Found { whole: true, ..Found::default() };
        let id_field = self.dictionary.table(draft.table).field_named("staff-id");
        // A roster without any 工号 cannot lack one.
        let id = id_field.and_then(|field| draft.cell(field).text()).filter(|_| !self.by_id.is_empty());
        if let Some((id, field)) = id.zip(id_field) {
            match self.by_id.get(id).map(Vec::as_slice) {
                Some([place]) => self.by_staff_id(draft, *place, names, institution, notes, &mut found),
                Some(several) => {
                    let message =
                        "花名册中有几个人用这个工号，不能确定是谁，对他们都按“可能”处理；请改正花名册中的工号";
                    notes.add(self.place(draft.at, field), IssueKind::AmbiguousPerson, id, message);
                    found.whole = false;
                    found.may_be(several);
                }
                None => self.by_unknown_id(draft, field, names, institution, notes, &mut found),
            }
            if found.named_any() {
                return found;
            }
        }
        match draft.cell(names) {
            Cell::Is(Value::Texts(texts)) => {
                for name in texts {
                    self.by_name_of(draft, names, name, institution, notes, &mut found);
                }
            }
            Cell::Is(_) | Cell::Blank | Cell::Unreadable if !found.strangers => {
                found.maybe = self.anybody_of(institution);
            }
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => {}
        }
        found
    }

    /// A row that names no one may be anybody's, or anybody's of its institution.
    fn anybody_of(&self, institution: Option<u32>) -> Maybe {
        match institution {
            None => Maybe::Anybody,
            Some(_) => {
                let of = (0..).zip(&self.staff).filter(|(_, person)| person.institution == institution);
                Maybe::These(of.map(|(place, _)| place).collect())
            }
        }
    }

    fn by_staff_id(
        &self,
        draft: &Draft,
        place: u32,
        names: FieldId,
        institution: Option<u32>,
        notes: &mut Notes,
        found: &mut Found,
    ) {
        let person = &self.staff[place as usize];
        let written = match draft.cell(names) {
            Cell::Is(Value::Texts(texts)) => texts.as_slice(),
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => &[],
        };
        if written.is_empty() {
            found.sure.push(place);
        } else if written.iter().any(|name| same_name(name, &person.name)) {
            found.sure.push(place);
            for other in written.iter().filter(|name| !same_name(name, &person.name)) {
                self.by_name_of(draft, names, other, institution, notes, found);
            }
        } else {
            let message =
                format!("工号对应花名册中的“{}”，与这里的姓名不一致，不能确定是谁；请改正其中一个", person.name);
            notes.add(self.place(draft.at, names), IssueKind::ConflictingPerson, &written.join("、"), message);
            found.whole = false;
            found.may_be(&[place]);
            for place in written.iter().flat_map(|name| self.named(name, institution)) {
                found.may_be(&[place]);
            }
        }
    }

    /// A 工号 that is not in the roster, beside a name that is: whoever has another 工号 there is only possible.
    fn by_unknown_id(
        &self,
        draft: &Draft,
        field: FieldId,
        names: FieldId,
        institution: Option<u32>,
        notes: &mut Notes,
        found: &mut Found,
    ) {
        let id = draft.cell(field).text().map(AsRef::as_ref).unwrap_or_default();
        let written = match draft.cell(names) {
            Cell::Is(Value::Texts(texts)) => texts.as_slice(),
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => &[],
        };
        let called: Vec<u32> = written.iter().flat_map(|name| self.named(name, institution)).collect();
        if called.is_empty() {
            self.note_stranger(draft, field, id, "工号", notes, found);
        } else if called.iter().any(|place| self.staff[*place as usize].id.is_some()) {
            let message = "花名册中没有这个工号，有叫这个姓名的人但工号不同，不能确定是谁，按“可能”处理；请改正工号";
            notes.add(self.place(draft.at, field), IssueKind::ConflictingPerson, id, message);
            found.whole = false;
            found.may_be(&called);
        }
    }

    fn by_name_of(
        &self,
        draft: &Draft,
        field: FieldId,
        name: &Arc<str>,
        institution: Option<u32>,
        notes: &mut Notes,
        found: &mut Found,
    ) {
        match self.named(name, institution).as_slice() {
            [] => match self.names_within(name, institution) {
                Some(people) => people.into_iter().for_each(|place| found.add(place)),
                None => match self.named_inside(name, institution) {
                    Maybe::Nobody => self.note_stranger(draft, field, name, "姓名", notes, found),
                    maybe => {
                        let message =
                            "这里不是单独一个姓名，不能确定有哪些人，对可能的人都按“可能”处理；请逐个写全，用、隔开";
                        notes.add(self.place(draft.at, field), IssueKind::AmbiguousPerson, name, message);
                        found.whole = false;
                        found.may_be_any(maybe);
                    }
                },
            },
            [place] => found.add(*place),
            several => {
                let message = "花名册中有几个人叫这个名字，不能确定是谁，对他们都按“可能”处理；请补填工号";
                notes.add(self.place(draft.at, field), IssueKind::AmbiguousPerson, name, message);
                found.whole = false;
                found.may_be(several);
            }
        }
    }

    /// People of a name: those of the institution when there are any, else all.
    fn named(&self, name: &str, institution: Option<u32>) -> Vec<u32> {
        let all = match self.by_name.get(name) {
            Some(all) => all.clone(),
            None => self.by_name.get(super::cells::without_space(name).as_str()).cloned().unwrap_or_default(),
        };
        if institution.is_none() || all.len() < 2 {
            return all;
        }
        let within: Vec<u32> =
            all.iter().copied().filter(|place| self.staff[*place as usize].institution == institution).collect();
        if within.is_empty() { all } else { within }
    }

    /// 张三 李四, 张三和李四: read so only when each part is one person of the roster.
    fn names_within(&self, name: &str, institution: Option<u32>) -> Option<Vec<u32>> {
        let one = |part: &str| match self.named(part, institution).as_slice() {
            [place] => Some(*place),
            _ => None,
        };
        let parts: Vec<&str> = name.split([' ', '\u{3000}', '和']).filter(|part| !part.is_empty()).collect();
        (parts.len() > 1).then(|| parts.into_iter().map(one).collect()).flatten()
    }

    /// Whom a text that is no name may mean: 张三等, 张三(组长), 张三李四, 全体.
    fn named_inside(&self, text: &str, institution: Option<u32>) -> Maybe {
        if text.ends_with('等') || ["全体", "全员", "所有"].iter().any(|all| text.starts_with(all)) {
            return self.anybody_of(institution);
        }
        let bare = super::cells::without_space(text);
        let inside = (0..).zip(&self.staff).filter(|(_, person)| {
            // A name of one character stands in too many texts.
            person.name.chars().count() > 1 && bare.contains(&*person.name)
        });
        let places: Vec<u32> = inside.map(|(place, _)| place).collect();
        if places.is_empty() { Maybe::Nobody } else { Maybe::These(places) }
    }

    fn note_stranger(
        &self,
        draft: &Draft,
        field: FieldId,
        written: &str,
        what: &str,
        notes: &mut Notes,
        found: &mut Found,
    ) {
        let near = self.nearest(written, what).map(|near| format!("；最接近的是“{near}”")).unwrap_or_default();
        let message = format!("花名册中没有这个{what}{near}，没有计入任何人；请核对{what}，或在花名册补上");
        notes.add(self.place(draft.at, field), IssueKind::UnknownPerson, written, message);
        found.whole = false;
        found.strangers = true;
    }

    fn nearest(&self, written: &str, what: &str) -> Option<&str> {
        let keys = if what == "姓名" { self.by_name.keys() } else { self.by_id.keys() };
        let away = |key: &&Arc<str>| (strsim::damerau_levenshtein(written, key), (*key).clone());
        keys.min_by_key(away).filter(|key| strsim::damerau_levenshtein(written, key) == 1).map(AsRef::as_ref)
    }
}

fn same_name(written: &str, name: &str) -> bool {
    written == name || super::cells::without_space(written) == *name
}

fn merged(mut places: Vec<u32>, more: &[u32]) -> Vec<u32> {
    places.extend(more);
    places.sort_unstable();
    places.dedup();
    places
}

/// The people found for a row.
#[derive(Default)]
struct Found {
    sure: Vec<u32>,
    maybe: Maybe,
    /// Whether the row names someone who is not in the roster.
    strangers: bool,
    whole: bool,
}

impl Found {
    fn add(&mut self, place: u32) {
        if !self.sure.contains(&place) {
            self.sure.push(place);
        }
    }

    fn may_be(&mut self, places: &[u32]) {
        let mut all = match std::mem::take(&mut self.maybe) {
            Maybe::Nobody => Vec::new(),
            Maybe::These(before) => before,
            Maybe::Anybody => {
                self.maybe = Maybe::Anybody;
                return;
            }
        };
        all.extend(places.iter().filter(|place| !all.contains(place)).copied().collect::<Vec<_>>());
        self.maybe = Maybe::These(all);
    }

    fn may_be_any(&mut self, maybe: Maybe) {
        match maybe {
            Maybe::Nobody => {}
            Maybe::These(places) => self.may_be(&places),
            Maybe::Anybody => self.maybe = Maybe::Anybody,
        }
    }

    fn named_any(&self) -> bool {
        !self.sure.is_empty() || self.maybe != Maybe::Nobody
    }
}
