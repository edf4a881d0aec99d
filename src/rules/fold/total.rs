//! Totals of rows: a sum of quantities (a count is a sum of ones), and how many different values there are.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::kind::Join;
use super::row::Key;
use crate::model::{Amount, Truth, Unlisted};
use crate::rules::quantity::Quantity;

/// A sum of quantities: of the sure ones, and of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QuantitySum {
    pub low: Decimal,
    pub high: Decimal,
    /// Whether an amount could not be read: then there is no upper end.
    pub open: bool,
}

impl QuantitySum {
    pub(crate) fn add(&mut self, truth: Truth, quantity: Quantity) {
        if truth == Truth::True {
            self.low = self.low.saturating_add(quantity.low);
        }
        match quantity.high {
            Some(high) => self.high = self.high.saturating_add(high),
            None => self.open = true,
        }
    }

    pub(crate) fn amount(&self) -> Amount {
        Amount { low: self.low, high: (!self.open).then_some(self.high) }
    }
}

impl Join for QuantitySum {
    fn join(&mut self, other: &QuantitySum) {
        self.low = self.low.saturating_add(other.low);
        self.high = self.high.saturating_add(other.high);
        self.open |= other.open;
    }
}

/// Values, each by its keys: those that rows surely have, and those that they may have.
#[derive(Clone, Debug, Default)]
pub(crate) struct DifferentValues {
    sure: BTreeSet<Vec<Key>>,
    possible: BTreeSet<Vec<Key>>,
    /// How many values there are that may or may not equal one of these.
    pub others: u32,
    /// Whether there may be any number of others.
    pub open: bool,
}

impl DifferentValues {
    pub(crate) fn add(&mut self, truth: Truth, value: Vec<Key>) {
        if truth == Truth::True {
            self.sure.insert(value)
        } else {
            self.possible.insert(value)
        };
    }

    /// All values, each with whether a row surely has it.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Vec<Key>, bool)> {
        self.sure.union(&self.possible).map(|value| (value, self.sure.contains(value)))
    }

    pub(crate) fn amount(&self) -> Amount {
        let more = self.possible.difference(&self.sure).count() + self.others as usize;
        let low = Decimal::from(self.sure.len());
        Amount { low, high: (!self.open).then(|| low + Decimal::from(more)) }
    }
}

impl DifferentValues {
    /// How many first keys there are that stand with so many different others.
    pub(crate) fn amount_of(&self, times: usize) -> Amount {
        if times < 2 {
            return self.amount();
        }
        let often = |values: &mut dyn Iterator<Item = &Vec<Key>>, more: usize| {
            let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
            values.filter_map(|value| value.first()).for_each(|key| *counts.entry(key).or_default() += 1);
            Decimal::from(counts.values().filter(|count| **count + more >= times).count())
        };
        let low = often(&mut self.sure.iter(), 0);
        let others = self.others as usize;
        // What is not known may be one more of each, or several of something new.
        let high = often(&mut self.sure.union(&self.possible), others) + Decimal::from(others);
        Amount { low, high: (!self.open).then_some(high) }
    }
}

impl DifferentValues {
    /// How many values surely differ, each of which names somebody at a place: names of people who are not in the roster may be
    /// one by two spellings. With `times`, so many are counted as one, and where two may be one it is not told of how many.
    pub(crate) fn different_people(&self, place: usize, times: usize) -> Decimal {
        let may_be_one = |one: &Vec<Key>, other: &Vec<Key>| {
            let beside = |keys: &Vec<Key>| {
                keys.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, key)| key.clone()).collect::<Vec<_>>()
            };
            let (Some(Key::Text(own)), Some(Key::Text(theirs))) = (one.get(place), other.get(place)) else {
                return false;
            };
            Unlisted::may_be_one(own, theirs) && beside(one) == beside(other)
        };
        let mut different: Vec<&Vec<Key>> = Vec::new();
        // The fewest words first: 陈一 and 陈二 beside 陈一、陈二 are two.
        let mut sure: Vec<&Vec<Key>> = self.sure.iter().collect();
        sure.sort_by_key(|value| matches!(value.get(place), Some(Key::Text(name)) if name.contains('、')));
        for value in &sure {
            if !different.iter().any(|other| may_be_one(value, other)) {
                different.push(value);
            }
        }
        match (times > 1, different.len() < sure.len()) {
            (true, true) => Decimal::ZERO,
            (true, false) => Decimal::MAX,
            (false, _) => Decimal::from(different.len()),
        }
    }
}

impl Join for DifferentValues {
    fn join(&mut self, other: &DifferentValues) {
        self.sure.extend(other.sure.iter().cloned());
        self.possible.extend(other.possible.iter().cloned());
        self.others += other.others;
        self.open |= other.open;
    }
}
