//! `distinct`: how many different values some fields have, taken together. Two people in one cell are two values.

use crate::dictionary::{FieldKind, SchoolForm};
use crate::rules::fold::Naming;
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
        vec![Folds::of(&self.rows)]
    }

    fn add(&self, state: &mut DifferentValues, row: &FoldedRow<'_>) {
        let names_several = |path: &Path| matches!((row.facts.value)(*path).named, Naming::Schools(..));
        let several = self.fields.iter().any(names_several);
        for (place, value) in self.values(row.facts).into_iter().enumerate() {
            match value {
                // A cell with two schools names one of them at least.
                Some(value) => state.add(if place > 0 && several { Truth::Unknown } else { row.counts() }, value),
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
    /// How many values there are. Two spellings of a school are two at most, and one at least.
    fn amount(&self, values: &DifferentValues, at: &impl Viewpoint) -> Amount {
        let amount = values.amount_of(self.times);
        if self.times > 1 {
            return amount;
        }
        let dictionary = at.dictionary();
        let names_school = |path: &Path| path.field(dictionary, self.rows.table).kind == FieldKind::School;
        let Some(school) = self.fields.iter().position(names_school) else { return amount };
        let form = |value: &Vec<Key>| match value.get(school) {
            Some(Key::Text(text)) => Some(dictionary.people.schools.form(text)),
            Some(Key::School(place)) => at.school_name(*place).map(|name| dictionary.people.schools.form(name)),
            Some(_) | None => None,
        };
        // Those of which no two may be the same are surely different.
        let mut apart: Vec<(&Vec<Key>, Option<SchoolForm>)> = Vec::new();
        for value in values.sure() {
            let own = form(value);
            let may_be = |(other, theirs): &(&Vec<Key>, Option<SchoolForm>)| {
                let is_beside = |place: usize| place == school || other.get(place) == value.get(place);
                let listed = [value, other].iter().all(|value| matches!(value.get(school), Some(Key::School(_))));
                !listed
                    && (0..self.fields.len()).all(is_beside)
                    && own.as_ref().zip(theirs.as_ref()).is_some_and(|(own, theirs)| own.may_be(theirs))
            };
            if !apart.iter().any(may_be) {
                apart.push((value, own));
            }
        }
        Amount { low: Decimal::from(apart.len()), ..amount }
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
