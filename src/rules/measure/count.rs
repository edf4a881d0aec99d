//! `count`: the number of rows.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    rows: LinkedRows,
}

impl Kind for Count {
    type State = QuantitySum;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Count> {
        written.table(|form| Some(Count { rows: LinkedRows::read(form, scope)?.0 }))
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}的数目", phrases.rows(&self.rows))
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { adds: Adds::Events, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut QuantitySum, row: &FoldedRow<'_>) {
        state.add(row.counts(), row.facts.quantity);
    }

    fn outcome(&self, found: Gathered<'_, QuantitySum>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |total, _| Measured::of(total.amount()))
    }
}
