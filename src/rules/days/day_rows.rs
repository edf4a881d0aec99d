//! The rows of one date: together they are a day, or as much as the longest of them says.

use crate::rules::prelude::*;

/// The rows of one date. Most dates only have rows of one whole day: then their number is enough, in a quarter of the
/// memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DayRows {
    Whole { sure: u32, all: u32 },
    Sums(Box<DaySums>),
}

/// The amounts of the rows of one date: those that are sure, and all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaySums {
    sure: Decimal,
    longest_sure: Decimal,
    all: Decimal,
    longest: Decimal,
}

impl Default for DayRows {
    fn default() -> DayRows {
        DayRows::Whole { sure: 0, all: 0 }
    }
}

impl DayRows {
    pub(crate) fn add(&mut self, truth: Truth, low: Decimal, high: Decimal) {
        match self {
            DayRows::Whole { sure, all } if low == Decimal::ONE && high == Decimal::ONE => {
                *sure += u32::from(truth == Truth::True);
                *all += 1;
            }
            DayRows::Whole { .. } | DayRows::Sums(_) => self.join_sums(&DaySums::of_row(truth, low, high)),
        }
    }

    pub(crate) fn join(&mut self, other: &DayRows) {
        match (&mut *self, other) {
            (DayRows::Whole { sure, all }, DayRows::Whole { sure: more, all: of }) => {
                *sure += more;
                *all += of;
            }
            (_, other) => self.join_sums(&other.sums()),
        }
    }

    fn join_sums(&mut self, other: &DaySums) {
        let mut sums = self.sums();
        sums.join(other);
        match self {
            DayRows::Whole { .. } => *self = DayRows::Sums(Box::new(sums)),
            DayRows::Sums(own) => **own = sums,
        }
    }

    /// What the date counts for: surely, and at most. It is a day, or as much as its longest row says.
    pub(crate) fn capped(&self) -> (Decimal, Decimal) {
        let DaySums { sure, longest_sure, all, longest } = self.sums();
        (sure.min(longest_sure.max(Decimal::ONE)), all.min(longest.max(Decimal::ONE)))
    }

    fn sums(&self) -> DaySums {
        match self {
            DayRows::Whole { sure, all } => DaySums {
                sure: (*sure).into(),
                longest_sure: (*sure).min(1).into(),
                all: (*all).into(),
                longest: (*all).min(1).into(),
            },
            DayRows::Sums(sums) => **sums,
        }
    }
}

impl DaySums {
    fn of_row(truth: Truth, low: Decimal, high: Decimal) -> DaySums {
        let sure = if truth == Truth::True { low } else { Decimal::ZERO };
        DaySums { sure, longest_sure: sure, all: high, longest: high }
    }

    fn join(&mut self, other: &DaySums) {
        self.sure = self.sure.saturating_add(other.sure);
        self.longest_sure = self.longest_sure.max(other.longest_sure);
        self.all = self.all.saturating_add(other.all);
        self.longest = self.longest.max(other.longest);
    }
}
