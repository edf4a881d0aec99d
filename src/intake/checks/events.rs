//! One event in the rows of several people: equal in all that is read but who they are of. For each of them it is their own; where
//! the events of an office are counted, the later row may be the same one.

use std::hash::BuildHasher;

use foldhash::HashMap;
use foldhash::fast::FixedState;

use crate::dictionary::{FieldId, FieldKind, Table, TableId};
use crate::intake::row::ParsedRow;
use crate::model::{Cell, RowRef, Value, WordId};

/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x0065_7665_6e74_7300);

/// Rows of a table that are counted for an office: those with one of these words in a field.
#[derive(Clone, Debug)]
pub struct OfficeRows {
    pub table: TableId,
    pub field: FieldId,
    pub words: Vec<WordId>,
}

impl OfficeRows {
    pub(super) fn hold(&self, row: &ParsedRow) -> bool {
        let own = || row.cell(self.field).words().unwrap_or_default();
        row.table == self.table && own().iter().any(|word| self.words.contains(word))
    }
}

/// The events so far, by what their rows say, each with its first row and whom that names.
#[derive(Default)]
pub(super) struct Events(HashMap<u64, (RowRef, u64)>);

/// A row as it is compared: what it says of the event, and of whom.
pub(super) struct ToldEvent {
    event: u64,
    who: u64,
    /// Whether it says of whom it is: else it may be of anybody, and of others than an earlier one.
    is_named: bool,
}

impl ToldEvent {
    /// `institutions` are those whose row it is. `None` for a row without a date, or that surely says neither where nor what it was.
    pub(super) fn of(row: &ParsedRow, table: &Table, institutions: &[u32]) -> Option<ToldEvent> {
        row.cell(table.roles.beginning()?).date()?;
        // Of a column that is not there it is not known what it would say.
        let may_say = |field: Option<FieldId>| field.is_some_and(|field| !row.cell(field).is_blank());
        if !may_say(table.roles.topic) && !may_say(table.field_of_kind(FieldKind::School)) {
            return None;
        }
        let is_who = |kind: FieldKind| {
            matches!(kind, FieldKind::People | FieldKind::Person | FieldKind::Code | FieldKind::Identity)
        };
        let all = |who: bool| {
            let cells = table.fields.iter().zip(&row.cells).filter(|(field, _)| is_who(field.kind) == who);
            cells.fold(u64::from(row.table.0), |sum, (_, cell)| STATE.hash_one((sum, said(cell))))
        };
        let names = table.field_of_kind(FieldKind::People).map(|names| row.cell(names));
        let is_named = names.is_some_and(|names| names.value().is_some()) || says_code(row, table);
        Some(ToldEvent { is_named, event: STATE.hash_one((all(false), institutions)), who: all(true) })
    }
}

fn says_code(row: &ParsedRow, table: &Table) -> bool {
    [table.roles.staff_id, table.roles.id_number].into_iter().flatten().any(|field| row.cell(field).value().is_some())
}

/// What a cell says, hashed; nothing for one that says nothing.
fn said(cell: &Cell) -> u64 {
    match cell {
        Cell::Blank | Cell::Absent | Cell::Unreadable => 0,
        Cell::Is(Value::Number(number)) => STATE.hash_one(number.normalize()),
        Cell::Is(Value::Text(text)) => STATE.hash_one(text.as_ref()),
        Cell::Is(value) => STATE.hash_one(format!("{value:?}")),
    }
}

impl Events {
    /// The first row of the event, if that is of others; takes the row up where it is the first.
    pub(super) fn first(&mut self, at: RowRef, told: &ToldEvent) -> Option<RowRef> {
        let (first, who) = *self.0.entry(told.event).or_insert((at, told.who));
        (first != at && (who != told.who || !told.is_named)).then_some(first)
    }

    pub(super) fn has_any_of(&self, other: &Events) -> bool {
        other.0.keys().any(|event| self.0.contains_key(event))
    }

    pub(super) fn join(&mut self, other: &mut Events) {
        self.0.extend(std::mem::take(&mut other.0));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
