//! How many a row stands for, where no single column says so.

use rust_decimal::Decimal;

use super::row::Folding;
use crate::dictionary::FieldId;
use crate::model::{Cell, Value};
use crate::rules::quantity::Quantity;

impl Folding<'_, '_> {
    /// The lessons of a row of lessons that does not say how many it stands for: it is one, or as many.
    pub(super) fn lessons_for(&self, field: FieldId) -> Option<Decimal> {
        let (row, table) = (&self.record.row, self.facts.dictionary().table(self.record.row.table));
        let is_unsaid = table.roles.quantity == Some(field) && row.cell(field).is_blank();
        let given = table.given.as_ref().filter(|_| is_unsaid)?;
        let kinds = row.cell(given.field).words().unwrap_or_default();
        let lessons = row.cell(table.roles.lessons?).number().filter(|lessons| *lessons != Decimal::ONE)?;
        kinds.iter().any(|kind| given.lessons.contains(kind)).then_some(lessons)
    }

    /// How many events the row may be: one, or as many as it says, where it does.
    pub(super) fn events(&self) -> Quantity {
        let row = &self.record.row;
        let Some(field) = self.facts.dictionary().table(row.table).roles.quantity else {
            return Quantity::exactly(Decimal::ONE);
        };
        let high = |high: Option<Decimal>| high.map(|high| high.max(Decimal::ONE));
        match row.cell(field) {
            Cell::Is(Value::Number(number)) if number.is_zero() => {
                Quantity { low: Decimal::ZERO, high: Some(Decimal::ONE) }
            }
            Cell::Is(Value::Number(number)) => Quantity { low: Decimal::ONE, high: high(Some(*number)) },
            Cell::Is(Value::Between { high: most, .. }) => Quantity { low: Decimal::ONE, high: high(*most) },
            Cell::Absent | Cell::Unreadable => Quantity { low: Decimal::ONE, high: None },
            Cell::Is(_) | Cell::Blank => Quantity::exactly(Decimal::ONE),
        }
    }
}
