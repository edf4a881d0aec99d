//! What conditions look up from a row: what it names, and the rows that belong to it.

use jiff::civil::Date;

use super::facts::{Facts, View};
use crate::dictionary::{Dictionary, FieldId, FieldKind, Table, TableId};
use crate::intake::{Entity, Maybe, Record, RecordDoubt, SchoolLink};
use crate::model::{Cell, Truth, Value};
use crate::rules::condition::RowView;
use crate::rules::fold::{Doubt, Kin};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Condition, Path, Via};

/// A row, and everything the records say.
pub(super) struct Seen<'f> {
    pub facts: &'f Facts<'f>,
    pub row: View<'f>,
}

impl RowView for Seen<'_> {
    fn dictionary(&self) -> &Dictionary {
        self.facts.dictionary()
    }

    fn table(&self) -> TableId {
        self.row.table
    }

    fn cell(&self, path: Path) -> Option<&Cell> {
        self.facts.cell(path, self.row)
    }

    fn is_unique(&self, field: FieldId, text: &str) -> Truth {
        self.facts.is_unique(self.row.table, field, text)
    }

    fn has(&self, table: TableId, filter: &Condition) -> Truth {
        let facts = self.facts;
        if !facts.has_rows(table) {
            return Truth::Unknown;
        }
        let from = self.row.during.map(|window| window.start);
        let has = |record: &Record| self.unless_earlier(record, from, self.has_record(record, filter));
        let found = facts.held(table).iter().map(has).fold(Truth::False, Truth::or);
        if self.is_earlier(table, from) { found.or(Truth::Unknown) } else { facts.unless_open(table, found) }
    }

    fn is_contact_school(&self) -> Truth {
        let contacts = self.facts.dictionary().schema.contacts;
        if self.row.person.is_none()
            || !self.facts.has_rows(contacts)
            || !matches!(self.row.school, SchoolLink::Known(_))
        {
            return Truth::Unknown;
        }
        let from = self.asked_from();
        let is_contact = |record: &Record| self.unless_earlier(record, from, self.is_contact(record));
        let found = self.facts.held(contacts).iter().map(is_contact).fold(Truth::False, Truth::or);
        if self.is_earlier(contacts, from) { found.or(Truth::Unknown) } else { self.facts.unless_open(contacts, found) }
    }

    fn may_be_said_unread(&self, path: Path) -> bool {
        let (facts, dictionary) = (self.facts, self.facts.dictionary());
        let field = path.field(dictionary, self.row.table);
        // What a roster does not say of people is looked up in the sheet of their institutions.
        let is_of_offices = [facts.staff, facts.institutions].contains(&path.via.table(dictionary, self.row.table));
        is_of_offices
            && facts.open.contains_key(&facts.institutions)
            && dictionary.table(facts.institutions).field_named(&field.id).is_some()
    }

    fn as_of(&self) -> Date {
        self.facts.when.as_of
    }
}

impl Seen<'_> {
    /// The first day that is asked about: of the window that is judged, or of an event.
    pub(super) fn asked_from(&self) -> Option<Date> {
        let timing = timing::of(self.facts.dictionary().table(self.row.table));
        let event = || timing.reach(self.row.cells).filter(|_| matches!(timing, Timing::Event { .. }));
        self.row.during.map(|window| window.start).or_else(|| event().map(|(start, _)| start.first))
    }

    /// Whether another list than those that are read holds on a day.
    fn is_earlier(&self, table: TableId, day: Option<Date>) -> bool {
        day.is_some_and(|day| self.facts.before.reach(table, day))
    }

    /// What a record says of a day on which another list holds is only sure where it says itself since when it does.
    fn unless_earlier(&self, record: &Record, day: Option<Date>, truth: Truth) -> Truth {
        if truth != Truth::True || !self.is_earlier(record.row.table, day) {
            return truth;
        }
        let beginning = self.facts.dictionary().table(record.row.table).roles.beginning();
        let is_dated = beginning.is_some_and(|field| record.row.cell(field).date().is_some());
        if is_dated { truth } else { Truth::Unknown }
    }

    /// Whether a record is one that the row has, and satisfies a condition.
    pub(super) fn has_record(&self, record: &Record, filter: &Condition) -> Truth {
        let (facts, as_of) = (self.facts, self.facts.when.as_of);
        let link = if record.doubt.is_some() { self.link(record).and(Truth::Unknown) } else { self.link(record) };
        if link == Truth::False {
            return link;
        }
        let timing = timing::of(facts.dictionary().table(record.row.table));
        let active = match self.row.during {
            Some(window) => timing.within(&record.row.cells, window, as_of),
            None => timing.as_of(&record.row.cells, as_of),
        };
        link.and(active).and(record.stands()).and(facts.holds(filter, View::record(record, self.row.person)))
    }

    /// Whether a record says that the row's school is a contact school of its person. One that is none any more on the
    /// day of the row is none.
    pub(super) fn is_contact(&self, record: &Record) -> Truth {
        let Some(person) = self.row.person else { return Truth::Unknown };
        let theirs = named(&record.people, record.maybe_people.holds(person), person);
        let link = theirs.and(record.stands()).and(same_school(record.school, self.row.school));
        if link == Truth::False {
            return link;
        }
        let dictionary = self.facts.dictionary();
        let event = timing::of(dictionary.table(self.row.table)).reach(self.row.cells);
        link.and(timing::of(dictionary.table(record.row.table)).holds_on(&record.row.cells, event))
    }

    /// Whether a record belongs to the row: to its person, its school or its institution, as the row's table has it.
    pub(super) fn link(&self, record: &Record) -> Truth {
        let of = |place: Option<u32>, sure: &[u32], maybe: &Maybe| {
            place.map_or(Truth::Unknown, |place| named(sure, maybe.holds(place), place))
        };
        if self.row.table == self.facts.staff {
            of(self.row.person, &record.people, &record.maybe_people)
        } else if self.row.table == self.facts.schools {
            same_school(record.school, self.row.school)
        } else {
            of(self.row.institution, &record.institutions, &record.maybe_institutions)
        }
    }
}

fn same_school(one: SchoolLink, other: SchoolLink) -> Truth {
    match (one, other) {
        (SchoolLink::Known(one), SchoolLink::Known(other)) => Truth::from(one == other),
        (SchoolLink::Unknown | SchoolLink::Blank, _) | (_, SchoolLink::Unknown | SchoolLink::Blank) => Truth::Unknown,
    }
}

impl Facts<'_> {
    pub(super) fn holds(&self, condition: &Condition, row: View<'_>) -> Truth {
        condition.holds(&Seen { facts: self, row })
    }

    /// The cell that a path leads to. `None` if it leads through something unknown.
    pub(super) fn cell<'r>(&'r self, path: Path, row: View<'r>) -> Option<&'r Cell> {
        let registry = self.registry;
        match path.via {
            Via::Own => Some(row.cell(path.field)),
            Via::School => match row.school {
                // A list of another time says of a school only which one it is.
                SchoolLink::Known(place)
                    if Some(path.field) != self.dictionary().table(self.schools).roles.name
                        && self.of_another_time(self.schools, place as usize).is_some() =>
                {
                    None
                }
                SchoolLink::Known(place) => cell_of(&registry.schools, place, path.field),
                SchoolLink::Unknown | SchoolLink::Blank => None,
            },
            Via::Person => registry.staff.get(row.person? as usize).map(|p| p.cell(path.field)),
            Via::Institution => cell_of(&registry.institutions, row.institution?, path.field),
        }
    }
}

impl Facts<'_> {
    /// The other rows of a kept table that are of the person and the school of one of its rows, or may be, with two dates of each.
    /// `None` for a table whose rows do not name both.
    pub(super) fn kin(&self, table: TableId, place: usize, (from, to): (FieldId, FieldId)) -> Option<Vec<Kin<'_>>> {
        let of = self.dictionary().table(table);
        let (people, school) = (of.field_of_kind(FieldKind::People)?, of.field_of_kind(FieldKind::School)?);
        let records = self.held(table);
        let own = records.get(place)?;
        let kin = (0..).zip(records).filter(|(other, _)| *other != place).filter_map(|(_, record)| {
            let doubt = match self.at_same_school(own, record, school).and(same_people(own, record, people)) {
                Truth::False => return None,
                Truth::Unknown => Some(Doubt::Name),
                Truth::True => record
                    .row
                    .notes
                    .denied
                    .map(Doubt::Denied)
                    .or_else(|| match record.doubt? {
                        RecordDoubt::OldList => Some(Doubt::OldList),
                        RecordDoubt::OtherBook => Some(Doubt::OtherBook),
                        RecordDoubt::Nameless | RecordDoubt::PerhapsTwice => None,
                    })
                    .or_else(|| differing(of, own, record).map(Doubt::Reading)),
            };
            let at = |field| self.registry.place_in(&record.row, field);
            let (start, end) = (record.row.cell(from), record.row.cell(to));
            Some(Kin { start, end, at: (at(from), at(to)), doubt })
        });
        Some(kin.collect())
    }

    /// Whether two rows name one school; a name that is not on the list may be another spelling.
    fn at_same_school(&self, own: &Record, other: &Record, field: FieldId) -> Truth {
        let (cell, theirs) = (own.row.cell(field), other.row.cell(field));
        let schools = &self.dictionary().people.schools;
        match (own.school, other.school, theirs.text()) {
            (SchoolLink::Unknown, SchoolLink::Unknown, Some(_)) if cell == theirs => Truth::True,
            (SchoolLink::Known(place), SchoolLink::Unknown, Some(text)) => {
                let name = self.registry.schools.get(place as usize).map(|school| schools.form(&school.name));
                let names = schools.several(text).unwrap_or_else(|| vec![text]);
                let may_be =
                    names.into_iter().any(|one| name.as_ref().is_none_or(|name| name.may_be(&schools.form(one))));
                if may_be { Truth::Unknown } else { Truth::False }
            }
            (one, other, _) => same_school(one, other),
        }
    }
}

/// Whether two rows name the same people: those of the roster, or strangers by their names.
fn same_people(one: &Record, other: &Record, field: FieldId) -> Truth {
    let (own, theirs) = (one.row.cell(field), other.row.cell(field));
    let is_told = one.maybe_people == Maybe::Nobody && other.maybe_people == Maybe::Nobody;
    let is_alike = own == theirs && own.value().is_some();
    let is_listed = !one.people.is_empty() && one.people == other.people && one.strangers + other.strangers == 0;
    if is_told && (is_alike || is_listed) {
        return Truth::True;
    }
    let may_name = |by: &Record, of: &Record| {
        let names =
            |person: &u32| by.people.contains(person) || by.maybe_people.holds(*person) || by.nearly.contains(person);
        by.maybe_people == Maybe::Anybody || of.people.iter().any(names)
    };
    let names = |cell: &Cell| match cell.value() {
        Some(Value::Texts(names)) => names.to_vec(),
        Some(_) | None => cell.text().cloned().into_iter().collect(),
    };
    let shares = || names(own).iter().any(|name| names(theirs).contains(name));
    let may_be = may_name(one, other) || may_name(other, one) || shares();
    if may_be { Truth::Unknown } else { Truth::False }
}

/// The first field of words in which two rows say different things: 主 beside 协同.
fn differing(table: &Table, one: &Record, other: &Record) -> Option<FieldId> {
    let is_word = |field: &FieldId| matches!(table.field(*field).kind, FieldKind::Word(_) | FieldKind::Words(_));
    let differs = |field: &FieldId| {
        let (own, theirs) = (one.row.cell(*field), other.row.cell(*field));
        own.value().is_some() && theirs.value().is_some() && own != theirs
    };
    (0..table.fields.len()).filter_map(|place| u8::try_from(place).ok()).map(FieldId).filter(is_word).find(differs)
}

/// What a list says of one of its own; of one that may not stand as written nothing is known.
fn cell_of(listed: &[Entity], place: u32, field: FieldId) -> Option<&Cell> {
    listed.get(place as usize).filter(|entity| entity.denied.is_none()).map(|entity| entity.cell(field))
}

pub(super) fn named(sure: &[u32], maybe: bool, place: u32) -> Truth {
    if sure.contains(&place) {
        Truth::True
    } else if maybe {
        Truth::Unknown
    } else {
        Truth::False
    }
}
