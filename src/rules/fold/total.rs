//! Totals of rows: a sum of quantities (a count is a sum of ones), and how many different values there are.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::kind::Join;
use super::row::Key;
use crate::model::{Amount, Truth};
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

impl Join for DifferentValues {
    fn join(&mut self, other: &DifferentValues) {
        self.sure.extend(other.sure.iter().cloned());
        self.possible.extend(other.possible.iter().cloned());
        self.others += other.others;
        self.open |= other.open;
    }
}
