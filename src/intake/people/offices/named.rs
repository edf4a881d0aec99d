//! The institutions that a roster names where no sheet lists them: each office once. A department of an office and the school of a
//! part-timer are none, and what may be short for another name may be the same.

use std::sync::Arc;

use crate::dictionary::Dictionary;
use crate::intake::people::naming::place_key;
use crate::intake::row::ParsedRow;
use crate::model::{Cell, Value, WordId};

/// What the column 单位 of a roster names.
#[derive(Debug, Default)]
pub(in crate::intake::people) struct NamedOffices {
    pub offices: Vec<Arc<str>>,
    /// Departments, and schools from which part-timers come: where there is one office, they are of that.
    pub within: Vec<Arc<str>>,
    /// Names that may be short for offices, with the places of those.
    pub perhaps: Vec<(Arc<str>, Vec<u32>)>,
}

/// A name, and what the rows with it say.
struct Named<'r> {
    name: &'r Arc<str>,
    levels: Vec<WordId>,
    /// Whether somebody of it is surely no part-timer.
    has_full_time: bool,
}

impl NamedOffices {
    pub(in crate::intake::people) fn of<'r>(
        rows: impl Iterator<Item = &'r ParsedRow>,
        dictionary: &Dictionary,
    ) -> NamedOffices {
        let all = named(rows, dictionary);
        let words = &dictionary.people;
        let (within, rest): (Vec<Named<'_>>, Vec<Named<'_>>) =
            all.into_iter().partition(|named| words.offices.is_department(named.name));
        let is_like_school =
            |named: &Named<'_>| words.schools.is_school(named.name) && !words.offices.is_office(named.name);
        let of_offices: Vec<WordId> =
            rest.iter().filter(|named| !is_like_school(named)).flat_map(|named| named.levels.clone()).collect();
        // A school that is an office itself has people of its own, or a level of its own: 镇街（中心学校）.
        let is_school = |named: &Named<'_>| {
            let is_own = named.levels.iter().any(|level| !of_offices.contains(level));
            is_like_school(named) && !named.has_full_time && !is_own
        };
        let (schools, rest): (Vec<Named<'_>>, Vec<Named<'_>>) = rest.into_iter().partition(is_school);
        let whole = |named: &Named<'_>| !rest.iter().any(|other| named.may_be_short_for(other, dictionary));
        let offices: Vec<&Named<'_>> = rest.iter().filter(|named| whole(named)).collect();
        let perhaps = rest.iter().filter(|named| !whole(named)).map(|named| {
            let longer = (0..).zip(&offices).filter(|(_, office)| named.may_be_short_for(office, dictionary));
            (named.name.clone(), longer.map(|(place, _)| place).collect())
        });
        NamedOffices {
            perhaps: perhaps.collect(),
            offices: offices.iter().map(|office| office.name.clone()).collect(),
            within: within.iter().chain(&schools).map(|named| named.name.clone()).collect(),
        }
    }
}

impl Named<'_> {
    /// Whether it may be another name of an office whose name says more.
    fn may_be_short_for(&self, other: &Named<'_>, dictionary: &Dictionary) -> bool {
        let length = |named: &Named<'_>| named.name.chars().count();
        let is_other_level = !self.levels.is_empty()
            && !other.levels.is_empty()
            && !self.levels.iter().any(|level| other.levels.contains(level));
        length(self) < length(other) && !is_other_level && dictionary.people.offices.may_be_short(self.name, other.name)
    }
}

/// Each name once, in the order of their first rows.
fn named<'r>(rows: impl Iterator<Item = &'r ParsedRow>, dictionary: &Dictionary) -> Vec<Named<'r>> {
    let fields = dictionary.schema.staff;
    let mut all: Vec<Named<'r>> = Vec::new();
    for row in rows {
        let Some(name) = row.cell(fields.institution).text() else { continue };
        let key = place_key(name);
        let place = all.iter().position(|named| place_key(named.name) == key).unwrap_or_else(|| {
            all.push(Named { name, levels: Vec::new(), has_full_time: false });
            all.len() - 1
        });
        all[place].levels.extend(row.cell(fields.level).words().unwrap_or_default());
        all[place].has_full_time |= *row.cell(fields.employment) == Cell::Is(Value::Word(fields.full_time));
    }
    all
}
