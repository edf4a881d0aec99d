//! `count`: the number of rows.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    rows: LinkedRows,
    /// Whether a row is one, however many things it says to stand for.
    by_row: bool,
}

impl Kind for Count {
    type State = QuantitySum;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Count> {
        written.table(|form| {
            let by_row = form.flag("by-row").unwrap_or(false);
            Some(Count { rows: LinkedRows::read(form, scope)?.0, by_row })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}的数目", phrases.rows(&self.rows))
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        let adds = if self.by_row { Adds::Dates } else { Adds::Events };
        vec![Folds { adds, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut QuantitySum, row: &FoldedRow<'_>) {
        state.add(row.counts(), row.facts.quantity);
    }

    fn more(&self, state: &mut QuantitySum, _: TableId, _: &[DateSpan]) {
        state.open = true;
    }

    fn outcome(&self, found: Gathered<'_, QuantitySum>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |total, _| Measured::of(total.amount()))
    }
}
