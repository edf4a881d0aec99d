//! `sum`: the numbers of a column, added up.

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    rows: LinkedRows,
    field: FieldId,
}

impl Kind for Sum {
    type State = FieldSum;

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

    fn add(&self, state: &mut FieldSum, row: &FoldedRow<'_>) {
        state.total.add(row.counts(), row.facts.quantity);
        if let (Truth::True, Some(shared)) = (row.counts(), row.facts.shared) {
            state.take_share(shared);
        }
    }

    fn more(&self, state: &mut FieldSum, _: TableId, _: &[DateSpan]) {
        state.total.open = true;
    }

    fn outcome(&self, found: Gathered<'_, FieldSum>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |sum, _| Measured::of(sum.total.amount()))
    }
}

/// A sum, and of the amount that rows of a merged cell share, how many of its rows surely count.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldSum {
    total: QuantitySum,
    shared: Option<(SharedAmount, u32)>,
}

impl FieldSum {
    /// However the rows of a merged cell share its amount, all of them together have it at least once. They stand together.
    fn take_share(&mut self, shared: SharedAmount) {
        let before = self.shared.filter(|(of, _)| of.first == shared.first).map_or(0, |(_, rows)| rows);
        self.shared = Some((shared, before + 1));
        if before + 1 == shared.rows {
            self.total.low = self.total.low.saturating_add(shared.amount);
        }
    }
}

impl Join for FieldSum {
    fn join(&mut self, other: &FieldSum) {
        self.total.join(&other.total);
    }
}
