//! What conditions look up from a row: what it names, and the rows that belong to it.

use jiff::civil::Date;

use super::facts::{Facts, View};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::{Entity, Maybe, Record, SchoolLink};
use crate::model::{Cell, Truth};
use crate::rules::condition::RowView;
use crate::rules::window as timing;
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
        let found = facts.held(table).iter().map(|record| self.has_record(record, filter));
        facts.unless_open(table, found.fold(Truth::False, Truth::or))
    }

    fn is_contact_school(&self) -> Truth {
        let contacts = self.facts.dictionary().schema.contacts;
        if self.row.person.is_none()
            || !self.facts.has_rows(contacts)
            || !matches!(self.row.school, SchoolLink::Known(_))
        {
            return Truth::Unknown;
        }
        let found = self.facts.held(contacts).iter().map(|record| self.is_contact(record));
        self.facts.unless_open(contacts, found.fold(Truth::False, Truth::or))
    }

    fn as_of(&self) -> Date {
        self.facts.when.as_of
    }
}

impl Seen<'_> {
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
                SchoolLink::Known(place) => cell_of(&registry.schools, place, path.field),
                SchoolLink::Unknown | SchoolLink::Blank => None,
            },
            Via::Person => registry.staff.get(row.person? as usize).map(|p| p.cell(path.field)),
            Via::Institution => cell_of(&registry.institutions, row.institution?, path.field),
        }
    }
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
