//! The words for columns that say who organised what a row tells of.

use std::collections::HashSet;

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// What a column says of who organised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganiserColumn {
    Person,
    Unit,
    /// The part of those on the row.
    Role,
}

/// The words of `[remarks.organisers]`, in their normal form.
#[derive(Debug, Default)]
pub struct OrganiserWords {
    people: HashSet<String>,
    units: HashSet<String>,
    roles: Vec<String>,
    taking_part: Vec<String>,
    above: Vec<String>,
}

impl OrganiserWords {
    pub(super) fn read(form: &Form<'_, '_>) -> OrganiserWords {
        let Some(form) = form.form("organisers") else { return OrganiserWords::default() };
        let header = |key| form.strings(key).into_iter().map(|text| normalise(&text));
        let words = |key| form.strings(key).into_iter().map(|text| with_hints(&text)).collect();
        let (people, units, roles) = (header("people").collect(), header("units").collect(), header("roles").collect());
        let read = OrganiserWords { people, units, roles, taking_part: words("taking-part"), above: words("above") };
        form.finish();
        read
    }

    /// What a column under this header says of who organised.
    pub fn of_header(&self, header: &str) -> Option<OrganiserColumn> {
        let normal = normalise(header);
        match () {
            () if self.people.contains(&normal) => Some(OrganiserColumn::Person),
            () if self.units.contains(&normal) => Some(OrganiserColumn::Unit),
            () => {
                let is_role = self.roles.iter().any(|word| normal.contains(word.as_str()));
                is_role.then_some(OrganiserColumn::Role)
            }
        }
    }

    /// Whether a role is that of somebody who only took part.
    pub fn took_part(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.taking_part.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a unit is of a level above that of any office: 省教育厅.
    pub fn is_above(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.above.iter().any(|word| normal.contains(word.as_str()))
    }
}
