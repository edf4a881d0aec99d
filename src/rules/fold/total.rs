//! A sum of quantities; a count is a sum of ones.

use rust_decimal::Decimal;

use super::kind::Join;
use crate::model::{Amount, Truth};
use crate::rules::quantity::Quantity;

/// A sum of quantities, of the sure ones and of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QuantitySum {
    pub low: Decimal,
    pub high: Decimal,
    /// Whether an amount could not be read, so that there is no upper end.
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
