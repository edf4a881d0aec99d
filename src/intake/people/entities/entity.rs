//! A person, an institution or a school, and its rows as one.

use std::sync::Arc;

use jiff::civil::Date;

use super::tenure::Tenure;
use crate::dictionary::{Blank, Corrects, FieldId, Table};
use crate::intake::row::{BesidesNote, RecordDoubt, ToldAmount};
use crate::model::{Cell, CellRef, DateSpan, Per, RowRef, Value, Window};

/// A row that others can name or that is judged itself: a person, an institution, a school.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    pub name: Arc<str>,
    /// 工号, for people.
    pub id: Option<Arc<str>>,
    /// The place of its institution, for people; `None` where it is not known, or its rows name several.
    pub institution: Option<u32>,
    /// Those that its rows name, where these are several.
    pub institutions: Vec<u32>,
    /// By field of its table.
    pub cells: Vec<Cell>,
    /// The cells of each of its rows, where there are several.
    pub row_cells: Vec<Vec<Cell>>,
    /// What other columns of its rows say that it holds besides.
    pub besides: Vec<BesidesNote>,
    /// Why it may be none of its own.
    pub doubt: Option<RecordDoubt>,
    /// Its rows. Empty if other rows only name it.
    pub rows: Vec<RowRef>,
    /// Fields in which its rows disagree, or that were filled in from elsewhere, stand nowhere.
    pub places: Vec<Option<CellRef>>,
    /// A remark after which all of its rows may not count: 示例.
    pub denied: Option<CellRef>,
    /// What its rows say one after the other, where they hold at different times, from the first to the last.
    pub tenures: Vec<Tenure>,
    /// Of people, a remark that says why they may be excused, and its word: 产假.
    pub away: Option<(CellRef, Arc<str>)>,
    /// Of people: when remarks and lists say that they may be away.
    pub away_in: Vec<DateSpan>,
    /// Of people: a sheet that corrects rows of theirs, with its name.
    pub corrected: Option<(CellRef, Arc<str>, Corrects)>,
    /// Of people: what the roster tells that they came to by ledgers, each with its cell.
    pub told: Vec<(CellRef, ToldAmount)>,
}

impl Entity {
    pub fn cell(&self, field: FieldId) -> &Cell {
        &self.cells[field.index()]
    }

    pub fn place(&self, field: FieldId) -> Option<CellRef> {
        self.places.get(field.index()).copied().flatten()
    }

    /// Whether somebody may be of an institution, at some time.
    pub(in crate::intake::people) fn may_be_of(&self, institution: u32) -> bool {
        self.institution.is_none_or(|own| own == institution) || self.institutions.contains(&institution)
    }

    /// An entity that other rows only name, with so many fields.
    pub fn named_only(name: Arc<str>, fields: usize) -> Entity {
        Entity { name, cells: vec![Cell::Absent; fields], places: vec![None; fields], ..Entity::default() }
    }

    /// Merges another row into it: lists are joined, blanks filled, and what disagrees becomes unreadable. Returns the
    /// fields that disagree.
    pub fn merge(&mut self, other: &Entity, table: &Table) -> Vec<FieldId> {
        let mut disagreeing = Vec::new();
        if self.row_cells.is_empty() {
            self.row_cells.push(self.cells.clone());
        }
        match other.row_cells.as_slice() {
            [] => self.row_cells.push(other.cells.clone()),
            several => self.row_cells.extend(several.iter().cloned()),
        }
        self.besides.extend(other.besides.iter().cloned());
        for (place, cell) in other.cells.iter().enumerate() {
            let own = &mut self.cells[place];
            let is_open = table.fields.get(place).is_some_and(|field| field.blank == Blank::Open);
            match joined(own, cell, is_open) {
                Some(joined) => {
                    if matches!(own, Cell::Blank | Cell::Absent) {
                        self.places[place] = other.places[place];
                    }
                    *own = joined;
                }
                None => {
                    *own = Cell::Unreadable;
                    // What is said of it stands at the row that says otherwise.
                    self.places[place] = other.places[place];
                    disagreeing.extend(u8::try_from(place).ok().map(FieldId));
                }
            }
        }
        if let (Some(own), Some(theirs)) = (self.institution, other.institution)
            && own != theirs
        {
            self.institutions.extend([own, theirs]);
            self.institution = None;
        } else if !self.institutions.is_empty() {
            self.institutions.extend(other.institution);
        }
        self.rows.extend(&other.rows);
        self.denied = self.denied.and(other.denied);
        self.away = self.away.take().or_else(|| other.away.clone());
        self.away_in.extend(&other.away_in);
        self.told.extend_from_slice(&other.told);
        disagreeing
    }
}

impl Entity {
    /// What holds in a window: its only tenure, or that on the day for which things are as they stand. `None` if there are several.
    pub fn tenure_in(&self, window: &Window, as_of: Date) -> Option<&Tenure> {
        match (window.per, self.tenures_in(window.start, window.end.min(as_of).max(window.start))) {
            (_, [only]) => Some(only),
            (Per::AsOf, tenures) => tenures.last(),
            (Per::Year | Per::FiscalYear | Per::Term | Per::Month | Per::Week | Per::Fixed, _) => None,
        }
    }

    /// Those that have a day between two, both included.
    pub fn tenures_in(&self, first: Date, last: Date) -> &[Tenure] {
        let begin = self.tenures.partition_point(|tenure| tenure.last < first);
        let end = self.tenures.partition_point(|tenure| tenure.first <= last);
        self.tenures.get(begin..end).unwrap_or_default()
    }

    /// The institution at the time of something. `None` if it is not known, or may be another one.
    pub fn institution_then(&self, time: Option<DateSpan>) -> Option<u32> {
        match (self.tenures.as_slice(), time) {
            ([], _) => self.institution,
            (tenures, None) => only(tenures),
            (_, Some(time)) => only(self.tenures_in(time.first, time.last)),
        }
    }
}

/// The institution of all of some tenures.
fn only(tenures: &[Tenure]) -> Option<u32> {
    let (first, rest) = tenures.split_first()?;
    first.institution.filter(|_| rest.iter().all(|tenure| tenure.institution == first.institution))
}

/// Two cells of one field as one. `None` if they disagree. A blank end says that it has not come.
pub(in crate::intake::people) fn joined(one: &Cell, other: &Cell, is_open: bool) -> Option<Cell> {
    match (one, other) {
        (Cell::Blank, Cell::Is(_)) | (Cell::Is(_), Cell::Blank) if is_open => None,
        (Cell::Absent, cell) | (cell, Cell::Absent) | (Cell::Blank, cell) | (cell, Cell::Blank) => Some(cell.clone()),
        (
            Cell::Is(Value::Words(words) | Value::SomeWords(words)),
            Cell::Is(Value::Words(more) | Value::SomeWords(more)),
        ) => {
            let mut all = [&**words, more].concat();
            all.sort();
            all.dedup();
            let whole = [one, other].iter().all(|cell| matches!(cell, Cell::Is(Value::Words(_))));
            Some(Cell::Is(if whole { Value::Words(all.into()) } else { Value::SomeWords(all.into()) }))
        }
        (Cell::Is(Value::Texts(texts)), Cell::Is(Value::Texts(more))) => {
            let more = more.iter().filter(|text| !texts.contains(text));
            Some(Cell::Is(Value::Texts(texts.iter().chain(more).cloned().collect())))
        }
        (one, other) => (one == other).then(|| one.clone()),
    }
}
