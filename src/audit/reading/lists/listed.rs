//! What lists of how things stand name, so that two of them can be compared.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sheets::{Raw, Row};

use crate::audit::reading::book::InputBook;
use crate::audit::reading::run_sheets::Sheets;
use crate::audit::settings::AuditScope;
use crate::dictionary::normalise;
use crate::intake::may_be_short;

/// A longer text names no institution.
const LONGEST: usize = 30;

/// What some lists hold: how many rows, and whom they name.
#[derive(Default)]
pub(super) struct ListHolds {
    pub rows: u32,
    /// The institutions, and the people, that they name; none if any of them has no column for it.
    institutions: BTreeSet<String>,
    pub people: BTreeSet<String>,
}

impl ListHolds {
    /// Whether these surely name everybody whom another list names.
    pub(super) fn has_all(&self, other: &ListHolds) -> bool {
        !other.people.is_empty() && other.people.is_subset(&self.people)
    }

    /// How much of another list these speak of. `None` if it cannot be told.
    pub(super) fn share(&self, other: &ListHolds) -> Option<ListShare> {
        let are_known = !self.people.is_empty() && !other.people.is_empty();
        let are_others = are_known && self.people.is_disjoint(&other.people);
        if self.institutions.is_empty() || other.institutions.is_empty() {
            return are_others.then_some(ListShare::None);
        }
        let is_held = |one: &&String| self.institutions.iter().any(|held| may_be_short(one, held));
        let held = other.institutions.iter().filter(is_held).count();
        Some(match held {
            0 => ListShare::None,
            // Of one institution it may be another part.
            _ if held < other.institutions.len() || are_others => ListShare::Some,
            _ => ListShare::All,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListShare {
    None,
    Some,
    All,
}

/// What some sheets list, by their numbers in the run.
pub(super) fn listed(
    sheets: &Sheets,
    books: &[InputBook],
    of: impl IntoIterator<Item = usize>,
    scope: &AuditScope<'_>,
) -> ListHolds {
    let (mut listed, mut say_all) = (ListHolds::default(), [true; 2]);
    for sheet in of.into_iter().map(|at| &sheets.0[at]) {
        let Some(layout) = sheet.layout() else { continue };
        let roles = &scope.dictionary.table(layout.table).roles;
        let places = [roles.institution, roles.name].map(|field| field.and_then(|field| layout.column(field)));
        let mut take = |row: Row<'_>| {
            if row.number > layout.header_row && row.cells.iter().any(|cell| !cell.merged) {
                listed.rows = listed.rows.saturating_add(1);
                for (place, named) in places.iter().zip([&mut listed.institutions, &mut listed.people]) {
                    if let Some(Raw::Text(text)) = place.and_then(|place| row.value(place)) {
                        named.insert(normalise(text));
                    }
                }
            }
            ControlFlow::Continue(())
        };
        let is_whole = books[sheet.book].rows(sheet.sheet, &mut take).is_ok();
        say_all = [0, 1].map(|at| say_all[at] && is_whole && places[at].is_some());
    }
    for (named, says_all) in [&mut listed.institutions, &mut listed.people].into_iter().zip(say_all) {
        let is_name = |name: &String| !name.is_empty() && name.chars().count() <= LONGEST && !name.contains(':');
        named.retain(|name| says_all && is_name(name));
    }
    listed
}
