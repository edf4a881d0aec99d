//! People of one name whom nothing tells apart: they are one person or two, and what is judged must hold in both cases.

use super::entity::{Entity, joined};
use crate::dictionary::{Blank, FieldId, Table};
use crate::intake::people::identity;
use crate::intake::people::naming;
use crate::intake::people::registry::Registry;
use crate::intake::row::RecordDoubt;
use crate::model::{Cell, Value};

impl Registry<'_> {
    /// Makes unknown what namesakes disagree in, and those possible who may be somebody else's second row.
    pub(in crate::intake::people) fn settle_namesakes(&mut self) {
        let table = self.dictionary.table(self.dictionary.schema.staff.table);
        let mates: Vec<(usize, Vec<usize>)> = (0..self.staff.len())
            .map(|place| (place, self.mates_of(place)))
            .filter(|(_, mates)| !mates.is_empty())
            .collect();
        let before: Vec<Entity> = mates.iter().map(|(place, _)| self.staff[*place].clone()).collect();
        let as_it_was = |place: usize| mates.iter().position(|(own, _)| *own == place).map(|at| &before[at]);
        for (place, others) in &mates {
            let may_be = |other: &usize| before_or_numbered(as_it_was(*other), *other, *place);
            let own = &mut self.staff[*place];
            if own.id.is_none() && others.iter().any(may_be) {
                own.doubt = Some(RecordDoubt::PerhapsTwice);
            }
            let is_sure = own.doubt.is_none();
            own.row_cells = rows_of(own);
            own.tenures.clear();
            for other in others.iter().filter_map(|other| as_it_was(*other)) {
                doubt_cells(own, other, table);
                // Whoever the other row is of, it says what it covers.
                if is_sure && others.len() == 1 {
                    own.row_cells.extend(rows_of(other));
                }
            }
        }
    }

    /// Finds those of one name who may be one person: nothing tells them apart, and they are of one institution, as in a second list
    /// without 工号, or one came to another institution when the other had left theirs.
    pub(in crate::intake::people) fn find_perhaps_one(&mut self) {
        let roles = self.dictionary.table(self.dictionary.schema.staff.table).roles;
        let day = |person: &Entity, field: Option<FieldId>| field.and_then(|field| person.cell(field).date());
        let follows = |one: &Entity, other: &Entity| {
            let (end, start) = (day(one, roles.end), day(other, roles.start));
            end.zip(start).is_some_and(|(end, start)| end.first <= start.last)
        };
        for place in 0..self.staff.len() {
            let own = &self.staff[place];
            let may_be = |other: &u32| {
                let other = &self.staff[*other as usize];
                let elsewhere = own.institution.zip(other.institution).is_some_and(|(one, other)| one != other);
                elsewhere && !self.is_apart(own, other) && (follows(own, other) || follows(other, own))
            };
            let mates = self.mates_of(place).into_iter().filter_map(|mate| u32::try_from(mate).ok());
            let same: Vec<u32> = self.namesakes(own).into_iter().filter(may_be).chain(mates).collect();
            if let (Ok(place), false) = (u32::try_from(place), same.is_empty()) {
                self.perhaps_one.insert(place, same);
            }
        }
    }

    /// Whether a number says that two of one name are two.
    fn is_apart(&self, own: &Entity, other: &Entity) -> bool {
        let number = self.dictionary.schema.staff.id_number;
        let identity = |person: &Entity| identity::read(person.cell(number).text()?).ok().map(|number| number.number);
        let code = |person: &Entity| person.id.as_deref().map(naming::loose_code);
        identity(own).zip(identity(other)).is_some_and(|(one, other)| one != other)
            || code(own).zip(code(other)).is_some()
    }

    /// The others of the name and institution that may be the same person.
    fn mates_of(&self, place: usize) -> Vec<usize> {
        let own = &self.staff[place];
        let is_mate = |other: &usize| {
            let other = &self.staff[*other];
            let near = own.institution == other.institution || own.institution.is_none() || other.institution.is_none();
            near && !self.is_apart(own, other)
        };
        let called = self.namesakes(own).into_iter().map(|other| other as usize);
        called.filter(|other| *other != place).filter(is_mate).collect()
    }
}

/// Whether a person is to be taken for the first of two: by 工号, else by place.
fn before_or_numbered(other: Option<&Entity>, place: usize, own: usize) -> bool {
    other.is_some_and(|other| other.id.is_some()) || place < own
}

fn rows_of(person: &Entity) -> Vec<Vec<Cell>> {
    if person.row_cells.is_empty() { vec![person.cells.clone()] } else { person.row_cells.clone() }
}

/// Makes unknown what another row, that may be of the same person, says otherwise.
fn doubt_cells(own: &mut Entity, other: &Entity, table: &Table) {
    for (place, (cell, theirs)) in own.cells.iter_mut().zip(&other.cells).enumerate() {
        let is_open = table.fields.get(place).is_some_and(|field| field.blank == Blank::Open);
        let known = match (&*cell, joined(cell, theirs, is_open)) {
            (Cell::Is(Value::Date(span)), None) if let Some(other) = theirs.date() => {
                Cell::Is(Value::Date(span.with(other)))
            }
            (_, None) => Cell::Unreadable,
            (Cell::Is(Value::Words(words)), Some(Cell::Is(Value::Words(all)))) if all != *words => {
                Cell::Is(Value::SomeWords(words.clone()))
            }
            (_, Some(_)) => continue,
        };
        *cell = known;
    }
}
