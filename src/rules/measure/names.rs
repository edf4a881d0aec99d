//! `names`: how many different people the cells of a column name.

use crate::dictionary::FieldKind;
use crate::rules::Via;
use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    rows: LinkedRows,
    field: FieldId,
}

impl Kind for Names {
    type State = DifferentValues;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Names> {
        written.table(|form| {
            let field = form.required_text("field");
            let (rows, inner) = LinkedRows::read(form, scope)?;
            let kinds: &[FieldKind] = &[FieldKind::People, FieldKind::Person, FieldKind::Texts];
            Some(Names { rows, field: own_field(form, &field, &inner, (kinds, "人名"))? })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}，{}里不同的人数", phrases.rows(&self.rows), phrases.of(self.rows.table).header(self.field))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.field(self.rows.table, self.field);
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds::of(&self.rows)]
    }

    fn add(&self, state: &mut DifferentValues, row: &FoldedRow<'_>) {
        let value = (row.facts.value)(Path { via: Via::Own, field: self.field });
        // A blank cell names nobody.
        if value.cell.is_some_and(Cell::is_blank) {
            return;
        }
        state.open |= value.names_any();
        for key in value.keys() {
            match key {
                Some(key) => state.add(row.counts(), vec![key]),
                None => state.open = true,
            }
        }
    }

    fn more(&self, state: &mut DifferentValues, _: TableId, _: &[DateSpan]) {
        state.open = true;
    }

    fn outcome(&self, found: Gathered<'_, DifferentValues>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |people, _| Measured::of(of_people(&people)))
    }
}

/// Two texts may name one person.
fn of_people(people: &DifferentValues) -> Amount {
    let amount = people.amount();
    Amount { low: amount.low.min(people.different_people(0, 1)), ..amount }
}
