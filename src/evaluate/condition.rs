//! What conditions look up from a row: what it names, and the rows that belong to it.

use jiff::civil::Date;

use super::facts::{Facts, View};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::intake::{Record, SchoolLink};
use crate::model::{Cell, Truth};
use crate::rules::condition::RowView;
use crate::rules::window as timing;
use crate::rules::{Condition, Path, Via};

/// A row among all that the records say.
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

    fn has_column(&self, path: Path) -> bool {
        self.facts.has_column(path, self.row)
    }

    fn is_unique(&self, field: FieldId, text: &str) -> Truth {
        self.facts.is_unique(self.row.table, field, text)
    }

    fn has(&self, table: TableId, filter: &Condition) -> Truth {
        self.facts.has(table, filter, self.row)
    }

    fn is_contact_school(&self) -> Truth {
        self.facts.is_contact_school(self.row)
    }

    fn as_of(&self) -> Date {
        self.facts.when.as_of
    }
}

impl Facts<'_> {
    /// Whether a condition holds of a row.
    pub(super) fn holds(&self, condition: &Condition, row: View<'_>) -> Truth {
        condition.holds(&Seen { facts: self, row })
    }

    /// The cell that a path leads to; none when what it leads through is not known.
    pub(super) fn cell<'r>(&'r self, path: Path, row: View<'r>) -> Option<&'r Cell> {
        let registry = self.registry;
        match path.via {
            Via::Own => Some(row.cell(path.field)),
            Via::School => match row.school {
                SchoolLink::Known(place) => registry.schools.get(place as usize).map(|s| s.cell(path.field)),
                SchoolLink::Unknown | SchoolLink::Blank => None,
            },
            Via::Person => row.person.and_then(|place| registry.staff.get(place as usize)).map(|p| p.cell(path.field)),
            Via::Institution => {
                row.institution.and_then(|place| registry.institutions.get(place as usize)).map(|i| i.cell(path.field))
            }
        }
    }

    /// Whether the sheet of a row has a column for a field: without one nobody was asked to fill it in.
    fn has_column(&self, path: Path, row: View<'_>) -> bool {
        let layout = row.at.and_then(|at| self.registry.layouts.get(at.sheet as usize)?.as_ref());
        path.via != Via::Own || layout.is_none_or(|layout| layout.column(path.field).is_some())
    }

    /// Whether rows of a table that belong to this row, and hold in the window, satisfy a condition.
    fn has(&self, table: TableId, filter: &Condition, row: View<'_>) -> Truth {
        if !self.has_rows(table) {
            return Truth::Unknown;
        }
        let timing = timing::of(self.dictionary().table(table));
        let found = self.held(table).iter().map(|record| {
            let link = self.link(record, row);
            if link == Truth::False {
                return link;
            }
            let as_of = self.when.as_of;
            let active = match row.during {
                Some(window) => timing.within(&record.row.cells, window, as_of),
                None => timing.as_of(&record.row.cells, as_of),
            };
            link.and(active).and(self.holds(filter, View::record(record, row.person)))
        });
        found.fold(Truth::False, Truth::or)
    }

    /// Whether a record belongs to a row: to its person, else its school, else its institution.
    fn link(&self, record: &Record, row: View<'_>) -> Truth {
        if row.table == self.staff {
            let Some(person) = row.person else { return Truth::Unknown };
            named(&record.people, record.maybe_people.holds(person), person)
        } else if row.table == self.schools {
            match (record.school, row.school) {
                (SchoolLink::Known(one), SchoolLink::Known(other)) => Truth::from(one == other),
                (_, _) => Truth::Unknown,
            }
        } else {
            let Some(institution) = row.institution else { return Truth::Unknown };
            named(&record.institutions, record.maybe_institutions.holds(institution), institution)
        }
    }

    /// Whether the row's school is a contact school of its person on the as-of day.
    fn is_contact_school(&self, row: View<'_>) -> Truth {
        let contacts = self.dictionary().schema.contacts;
        let Some(person) = row.person else { return Truth::Unknown };
        if !self.has_rows(contacts) {
            return Truth::Unknown;
        }
        let SchoolLink::Known(school) = row.school else { return Truth::Unknown };
        let found = self.held(contacts).iter().map(|record| {
            let theirs = named(&record.people, record.maybe_people.holds(person), person);
            let same = match record.school {
                SchoolLink::Known(place) => Truth::from(place == school),
                SchoolLink::Unknown | SchoolLink::Blank => Truth::Unknown,
            };
            theirs.and(same)
        });
        found.fold(Truth::False, Truth::or)
    }
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
