//! How much a cell adds to an amount.

use rust_decimal::Decimal;

use crate::dictionary::{Blank, Field, FieldId};
use crate::model::{Cell, Value};

/// What a cell adds: between a low and a high, or an unknown amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Between(Decimal, Decimal),
    Open,
}

/// The quantity of a field of a row; a blank cell counts as the dictionary says.
pub(super) fn of(cells: &[Cell], place: FieldId, field: &Field) -> Quantity {
    match (&cells[place.index()], &field.blank) {
        (Cell::Is(Value::Number(number)), _) => Quantity::Between(*number, *number),
        (Cell::Blank, Blank::Number(number)) => Quantity::Between(*number, *number),
        (Cell::Blank, Blank::ByWord { field, word, then, otherwise }) => match &cells[field.index()] {
            Cell::Is(Value::Word(found)) if found == word => Quantity::Between(*then, *then),
            Cell::Is(Value::Word(_)) => Quantity::Between(*otherwise, *otherwise),
            Cell::Is(Value::Words(found)) if !found.contains(word) => Quantity::Between(*otherwise, *otherwise),
            Cell::Is(_) | Cell::Blank | Cell::Unreadable => {
                Quantity::Between(*then.min(otherwise), *then.max(otherwise))
            }
        },
        (Cell::Blank, Blank::Unknown | Blank::Open) | (Cell::Unreadable | Cell::Is(_), _) => Quantity::Open,
    }
}
