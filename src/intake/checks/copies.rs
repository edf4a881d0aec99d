//! The same row in two sheets or files, told by less than all of its columns: one of them may have a column more.
//!
//! Rows of one person and date are compared in all columns that both fill in. Within one sheet a column that differs makes
//! two of them.

use std::hash::BuildHasher;

use foldhash::HashMap;
use foldhash::fast::FixedState;

use crate::dictionary::{FieldKind, Table};
use crate::intake::row::ParsedRow;
use crate::model::{Cell, RowRef, Value};

/// A fixed seed, so that the same inputs give the same result.
const STATE: FixedState = FixedState::with_seed(0x0063_6f70_6965_7300);
/// How many columns are compared.
const COMPARED: usize = 16;
/// How many of them two rows must share.
const SHARED: usize = 1;

/// What a row says beside its person and date: a byte for each column, 0 where nothing stands.
type ColumnBytes = [u8; COMPARED];

/// Rows by their person and date.
#[derive(Default)]
pub(super) struct Copies {
    rows: HashMap<u64, Vec<(RowRef, ColumnBytes)>>,
}

/// A row as it is compared.
pub(super) struct Copied {
    key: u64,
    says: ColumnBytes,
}

impl Copied {
    /// `None` for a row without a date or a person.
    pub(super) fn of(row: &ParsedRow, table: &Table) -> Option<Copied> {
        let date = row.cell(table.roles.beginning()?).date()?;
        let people = table.field_of_kind(FieldKind::People)?;
        let who = match (row.cell(people), table.roles.staff_id.map(|id| row.cell(id))) {
            (Cell::Is(Value::Texts(names)), _) => STATE.hash_one(names),
            (_, Some(Cell::Is(Value::Text(code)))) => STATE.hash_one(code),
            (_, _) => return None,
        };
        let is_compared = |kind: FieldKind| match kind {
            FieldKind::People | FieldKind::Code | FieldKind::Institution | FieldKind::Identity => false,
            FieldKind::Text | FieldKind::Texts | FieldKind::Person | FieldKind::Number | FieldKind::Date => true,
            FieldKind::Year | FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => true,
            FieldKind::School | FieldKind::Figure => true,
        };
        let cells = table.fields.iter().zip(&row.cells).filter(|(field, _)| is_compared(field.kind));
        let mut says = [0; COMPARED];
        for (own, (_, cell)) in says.iter_mut().zip(cells.filter(|(_, cell)| cell.date() != Some(date))) {
            *own = said(cell);
        }
        Some(Copied { key: STATE.hash_one((row.table.0, date, who)), says })
    }

    fn may_be(&self, other: &ColumnBytes) -> bool {
        let both = || self.says.iter().zip(other).filter(|(own, other)| **own != 0 && **other != 0);
        both().all(|(own, other)| own == other) && both().count() > SHARED
    }
}

/// A byte for what a cell says.
#[allow(clippy::cast_possible_truncation, reason = "a remainder below 255")]
fn said(cell: &Cell) -> u8 {
    let byte = |hash: u64| (hash % 255) as u8 + 1;
    let of = |value: &dyn Fn(&FixedState) -> u64| byte(value(&STATE));
    match cell {
        Cell::Blank | Cell::Absent | Cell::Unreadable => 0,
        Cell::Is(Value::Number(number)) => of(&|state| state.hash_one(number.normalize())),
        Cell::Is(Value::Text(text)) => of(&|state| state.hash_one(text.as_ref())),
        Cell::Is(value) => of(&|state| state.hash_one(format!("{value:?}"))),
    }
}

impl Copies {
    /// The first row of another sheet that this one may be, and takes it up.
    pub(super) fn first(&mut self, at: RowRef, copied: Copied) -> Option<RowRef> {
        let rows = self.rows.entry(copied.key).or_default();
        let first = rows.iter().find(|(other, says)| other.sheet != at.sheet && copied.may_be(says));
        let first = first.map(|(other, _)| *other);
        rows.push((at, copied.says));
        first
    }

    /// Whether a row of the other one may be one of its own.
    pub(super) fn has_any_of(&self, other: &Copies) -> bool {
        other.rows.iter().any(|(key, rows)| {
            let own = self.rows.get(key).map_or(&[][..], Vec::as_slice);
            own.iter().any(|(at, says)| {
                let copied = Copied { key: *key, says: *says };
                rows.iter().any(|(other, says)| at.sheet != other.sheet && copied.may_be(says))
            })
        })
    }

    pub(super) fn join(&mut self, other: &mut Copies) {
        for (key, rows) in std::mem::take(&mut other.rows) {
            self.rows.entry(key).or_default().extend(rows);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
