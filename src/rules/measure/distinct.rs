//! `distinct`: how many different values some fields have, taken together. Two people in one cell are two values.

use crate::dictionary::FieldKind;
use crate::rules::fold::{Naming, SpeltValues};
use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Distinct {
    rows: LinkedRows,
    fields: Vec<Path>,
    /// How many times the first field's value must stand with different values of the others to be counted.
    times: usize,
}

impl Kind for Distinct {
    type State = DifferentValues;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Distinct> {
        written.table(|form| {
            form.node("fields");
            let (rows, inner) = LinkedRows::read(form, scope)?;
            let fields = path::read_all(form, "fields", &inner);
            if fields.is_empty() {
                form.missing("fields");
                return None;
            }
            let times = form.number("times").and_then(|times| usize::try_from(times).ok()).unwrap_or(1);
            Some(Distinct { rows, fields, times })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let (rows, own) = (phrases.rows(&self.rows), phrases.of(self.rows.table));
        match self.fields.split_first() {
            Some((first, rest)) if self.times > 1 => {
                format!("{rows}，有{}个以上不同{}的{}的数目", self.times, own.paths(rest), own.paths(&[*first]))
            }
            Some(_) | None => format!("{rows}，不同的{}的数目", own.paths(&self.fields)),
        }
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        self.fields.iter().for_each(|path| needs.path(*path, self.rows.table));
    }

    fn character(&self) -> Character {
        Character::GROWS
    }

    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { by: &self.fields, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut DifferentValues, row: &FoldedRow<'_>) {
        let names_several = |path: &Path| matches!((row.facts.value)(*path).named, Naming::Schools(..));
        let several = self.fields.iter().any(names_several);
        let names_strangers = |path: &Path| (row.facts.value)(*path).names_strangers();
        let strangers = self.rows.of_roster && self.fields.iter().any(names_strangers);
        state.open |= self.fields.iter().any(|path| (row.facts.value)(*path).names_any());
        for (place, value) in self.values(row.facts).into_iter().enumerate() {
            match value {
                // A cell with two schools names one of them at least; of a stranger it is not known whether they are one of the office.
                Some(value) => {
                    let is_strange = strangers && value.iter().any(|key| matches!(key, Key::Text(_)));
                    let doubtful = (place > 0 && several) || is_strange;
                    state.add(if doubtful { Truth::Unknown } else { row.counts() }, value);
                }
                // It may differ in each of the events that the row stands for.
                None => state.others += u32::from(row.facts.events_at_most()),
            }
        }
    }

    fn more(&self, state: &mut DifferentValues, _: TableId, _: &[DateSpan]) {
        state.open = true;
    }

    fn outcome(&self, found: Gathered<'_, DifferentValues>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |values, _| Measured::of(self.amount(&values, at)))
    }
}

impl Distinct {
    /// How many values there are, or how many stand with so many others.
    fn amount(&self, values: &DifferentValues, at: &impl Viewpoint) -> Amount {
        let amount = values.amount_of(self.times);
        let dictionary = at.dictionary();
        let of_kind =
            |kind| self.fields.iter().position(|path: &Path| path.field(dictionary, self.rows.table).kind == kind);
        if let Some(people) = of_kind(FieldKind::People) {
            return Amount { low: amount.low.min(values.different_people(people, self.times)), ..amount };
        }
        let Some(school) = of_kind(FieldKind::School) else { return amount };
        let form = |key: &Key| {
            let name = match key {
                Key::Text(text) => &**text,
                Key::School(place) => at.school_name(*place)?,
                Key::Person(_) | Key::Word(_) | Key::Number(_) | Key::Day(_) | Key::Flag(_) | Key::Year(..) => {
                    return None;
                }
            };
            Some(dictionary.people.schools.form(name))
        };
        let spelt = SpeltValues::new(values, school, form);
        if self.times > 1 { spelt.amount_of(self.times, amount) } else { spelt.amount(amount) }
    }

    /// The values of a row, each by its fields. `None` stands for one that is not known.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_equal_are_one_value_however_they_are_written() {
        let mut values = DifferentValues::default();
        for number in [Decimal::ONE, Decimal::new(10, 1), Decimal::TWO] {
            values.add(Truth::True, vec![Key::Number(number)]);
        }
        assert_eq!(values.amount(), Amount::exactly(Decimal::TWO));
    }
}
