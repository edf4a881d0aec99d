//! What other rows name, or what is judged itself.

use std::sync::Arc;

use crate::dictionary::FieldId;
use crate::model::{Cell, CellRef, RowRef, Value};

/// A row that others can name or that is judged itself: a person, an institution, a school.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub name: Arc<str>,
    /// 工号, for people.
    pub id: Option<Arc<str>>,
    /// The place of its institution, for people.
    pub institution: Option<u32>,
    /// By field of its table.
    pub cells: Vec<Cell>,
    /// Its rows; none when other rows only name it.
    pub rows: Vec<RowRef>,
    /// Fields in which its rows disagree, or that were filled in from elsewhere, stand nowhere.
    pub places: Vec<Option<CellRef>>,
}

impl Entity {
    pub fn cell(&self, field: FieldId) -> &Cell {
        &self.cells[field.index()]
    }

    pub fn place(&self, field: FieldId) -> Option<CellRef> {
        self.places.get(field.index()).copied().flatten()
    }

    /// An entity that other rows only name, with so many fields.
    pub fn named_only(name: Arc<str>, fields: usize) -> Entity {
        Entity {
            name,
            id: None,
            institution: None,
            cells: vec![Cell::Blank; fields],
            rows: Vec::new(),
            places: vec![None; fields],
        }
    }

    /// Merges another row into it: lists are joined, blanks filled, and what disagrees becomes unreadable. Returns the
    /// fields that disagree.
    pub fn merge(&mut self, other: &Entity) -> Vec<FieldId> {
        let mut disagreeing = Vec::new();
        for (place, cell) in other.cells.iter().enumerate() {
            let own = &mut self.cells[place];
            match joined(own, cell) {
                Some(joined) => {
                    if own.is_blank() {
                        self.places[place] = other.places[place];
                    }
                    *own = joined;
                }
                None => {
                    *own = Cell::Unreadable;
                    disagreeing.extend(u8::try_from(place).ok().map(FieldId));
                }
            }
        }
        self.rows.extend(&other.rows);
        disagreeing
    }
}

/// Two cells of one field as one; none when they disagree.
fn joined(one: &Cell, other: &Cell) -> Option<Cell> {
    match (one, other) {
        (Cell::Blank, cell) | (cell, Cell::Blank) => Some(cell.clone()),
        (
            Cell::Is(Value::Words(words) | Value::SomeWords(words)),
            Cell::Is(Value::Words(more) | Value::SomeWords(more)),
        ) => {
            let mut all = [words.as_slice(), more].concat();
            all.sort();
            all.dedup();
            let whole = [one, other].iter().all(|cell| matches!(cell, Cell::Is(Value::Words(_))));
            Some(Cell::Is(if whole { Value::Words(all) } else { Value::SomeWords(all) }))
        }
        (Cell::Is(Value::Texts(texts)), Cell::Is(Value::Texts(more))) => {
            let more = more.iter().filter(|text| !texts.contains(text));
            Some(Cell::Is(Value::Texts(texts.iter().chain(more).cloned().collect())))
        }
        (one, other) => (one == other).then(|| one.clone()),
    }
}
