//! `sum`: the numbers of a column, added up.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    rows: LinkedRows,
    field: FieldId,
}

impl Kind for Sum {
    type State = QuantitySum;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Sum> {
        written.table(|form| {
            let field = form.required_text("field");
            let (rows, inner) = LinkedRows::read(form, scope)?;
            Some(Sum { rows, field: own_field(form, &field, &inner, NUMBERS)? })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}，{}合计", phrases.rows(&self.rows), phrases.of(self.rows.table).header(self.field))
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { adds: Adds::Field(self.field), shows_amount: true, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut QuantitySum, row: &FoldedRow<'_>) {
        state.add(row.counts(), row.facts.quantity);
    }

    fn outcome(&self, found: Gathered<'_, QuantitySum>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |total, _| Measured::of(total.amount()))
    }
}
