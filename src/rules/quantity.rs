//! How much a cell adds to an amount.

use rust_decimal::Decimal;

use crate::dictionary::{Blank, Field, FieldId};
use crate::model::{Cell, Value};

/// What a cell adds: at least `low` and at most `high`. `None` if there is no upper end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub low: Decimal,
    pub high: Option<Decimal>,
}

impl Quantity {
    /// An amount of which nothing is known.
    pub(crate) const OPEN: Quantity = Quantity { low: Decimal::ZERO, high: None };

    pub(crate) fn exactly(number: Decimal) -> Quantity {
        Quantity { low: number, high: Some(number) }
    }

    pub(crate) fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// The quantity of a row that stands for one to `events` events: it may be the amount of each, or of all.
    /// `None` if their number is not known.
    pub(crate) fn of_each(self, events: Option<u16>) -> Quantity {
        let high = self.high.zip(events).map(|(high, events)| high.saturating_mul(Decimal::from(events.max(1))));
        Quantity { low: self.low, high }
    }
}

/// The quantity in a field of a row. A blank cell counts as the dictionary says.
pub(crate) fn of(cells: &[Cell], place: FieldId, field: &Field) -> Quantity {
    match (&cells[place.index()], &field.blank) {
        (Cell::Is(Value::Number(number)), _) => Quantity::exactly(*number),
        (Cell::Is(Value::Between { low, high }), _) => Quantity { low: *low, high: *high },
        (Cell::Blank, Blank::Number(number)) => Quantity::exactly(*number),
        (Cell::Blank, Blank::ByWord { field, word, then, otherwise }) => match &cells[field.index()] {
            Cell::Is(Value::Word(found)) if found == word => Quantity::exactly(*then),
            Cell::Is(Value::Word(_)) => Quantity::exactly(*otherwise),
            Cell::Is(Value::Words(found)) if !found.contains(word) => Quantity::exactly(*otherwise),
            Cell::Is(_) | Cell::Blank | Cell::Absent | Cell::Unreadable => {
                Quantity { low: *then.min(otherwise), high: Some(*then.max(otherwise)) }
            }
        },
        // A lesson that was observed is one at least.
        (Cell::Absent, Blank::ByWord { field, word, then, .. })
            if cells[field.index()] == Cell::Is(Value::Word(*word)) =>
        {
            Quantity { low: *then, high: None }
        }
        (Cell::Blank, Blank::Unknown | Blank::Open) | (Cell::Absent | Cell::Unreadable | Cell::Is(_), _) => {
            Quantity::OPEN
        }
    }
}
