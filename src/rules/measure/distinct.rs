//! `distinct`: how many different values some fields have, taken together. Two people in one cell are two values.

use std::collections::BTreeSet;

use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Distinct {
    rows: LinkedRows,
    fields: Vec<Path>,
}

/// DistinctValues that a row surely has, those that one may have, and rows whose value is not known.
#[derive(Clone, Debug, Default)]
pub(crate) struct DistinctValues {
    sure: BTreeSet<Vec<Key>>,
    possible: BTreeSet<Vec<Key>>,
    unknown: u32,
}

impl Kind for Distinct {
    type State = DistinctValues;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Distinct> {
        written.table(|form| {
            form.node("fields");
            let (rows, inner) = LinkedRows::read(form, scope)?;
            let fields = path::read_all(form, "fields", &inner);
            if fields.is_empty() {
                form.missing("fields");
                return None;
            }
            Some(Distinct { rows, fields })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        format!("{}，不同的{}的数目", phrases.rows(&self.rows), phrases.of(self.rows.table).paths(&self.fields))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        self.fields.iter().for_each(|path| needs.path(*path, self.rows.table));
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds::of(&self.rows)]
    }

    fn add(&self, state: &mut DistinctValues, row: &FoldedRow<'_>) {
        for value in self.values(row.facts) {
            state.add(row.counts(), value, row.facts.events_at_most());
        }
    }

    fn outcome(&self, found: Gathered<'_, DistinctValues>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |values, _| Measured::of(values.amount()))
    }
}

impl Distinct {
    /// The values of a row, each by its fields; `None` stands for one that is not known.
    fn values(&self, row: &RowFacts<'_>) -> Vec<Option<Vec<Key>>> {
        let mut values = vec![Some(Vec::new())];
        for path in &self.fields {
            let keys = (row.value)(*path).keys();
            let with = |before: &Option<Vec<Key>>, key: &Option<Key>| {
                let (mut value, key) = before.clone().zip(key.clone())?;
                value.push(key);
                Some(value)
            };
            values = values.iter().flat_map(|before| keys.iter().map(move |key| with(before, key))).collect();
        }
        values
    }
}

impl DistinctValues {
    /// Adds a value of a row that may stand for so many events; one that is not known may differ in each.
    fn add(&mut self, truth: Truth, value: Option<Vec<Key>>, events: u16) {
        match (value, truth) {
            (Some(value), Truth::True) => {
                self.sure.insert(value);
            }
            (Some(value), Truth::Unknown | Truth::False) => {
                self.possible.insert(value);
            }
            (None, Truth::True | Truth::Unknown | Truth::False) => self.unknown += u32::from(events),
        }
    }

    fn amount(&self) -> Amount {
        let possible = self.possible.difference(&self.sure).count() + self.unknown as usize;
        let low = Decimal::from(self.sure.len());
        // A row whose value is not known is one more at most; alone it is one at least.
        Amount { low, high: Some(low + Decimal::from(possible)) }
    }
}

impl Join for DistinctValues {
    fn join(&mut self, other: &DistinctValues) {
        self.sure.extend(other.sure.iter().cloned());
        self.possible.extend(other.possible.iter().cloned());
        self.unknown += other.unknown;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_equal_are_one_value_however_they_are_written() {
        let mut values = DistinctValues::default();
        for number in [Decimal::ONE, Decimal::new(10, 1), Decimal::TWO] {
            values.add(Truth::True, Some(vec![Key::Number(number)]), 1);
        }
        assert_eq!(values.amount(), Amount::exactly(Decimal::TWO));
    }
}
