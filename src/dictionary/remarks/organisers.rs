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
    helping: Vec<String>,
    taking_part: Vec<String>,
    above: Vec<String>,
}

impl OrganiserWords {
    pub(super) fn read(form: &Form<'_, '_>) -> OrganiserWords {
        let Some(form) = form.form("organisers") else { return OrganiserWords::default() };
        let header = |key| form.strings(key).into_iter().map(|text| normalise(&text));
        let words = |key| form.strings(key).into_iter().map(|text| with_hints(&text)).collect();
        let (people, units, roles) = (header("people").collect(), header("units").collect(), header("roles").collect());
        let (helping, taking_part, above) = (words("helping"), words("taking-part"), words("above"));
        let read = OrganiserWords { people, units, roles, helping, taking_part, above };
        form.finish();
        read
    }

    /// What a column under this header says of who organised.
    pub fn of_header(&self, header: &str) -> Option<OrganiserColumn> {
        let normal = normalise(header);
        match () {
            () if self.people.contains(&normal) => Some(OrganiserColumn::Person),
            () if self.units.contains(&normal) => Some(OrganiserColumn::Unit),
            () => self.is_role(&normal).then_some(OrganiserColumn::Role),
        }
    }

    /// Whether a header, in its normal form, asks for the part of those on the row.
    pub fn is_role(&self, normal: &str) -> bool {
        self.roles.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a role is that of somebody who only took part.
    pub fn took_part(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.taking_part.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a role is that of somebody who only helped others at it: 陪同.
    pub fn only_helped(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.helping.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a unit is of a level above that of any office: 省教育厅.
    pub fn is_above(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.above.iter().any(|word| normal.contains(word.as_str()))
    }
}
