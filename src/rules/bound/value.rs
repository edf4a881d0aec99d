//! What an amount must reach.

use rust_decimal::Decimal;

use crate::dictionary::FieldId;
use crate::model::{BoundOf, WordId};

/// What the amounts of a rule must reach.
pub type Bound = BoundOf<Threshold>;

/// A figure, or a figure for each word of one of the subject's fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    Fixed(Decimal),
    By { field: FieldId, figures: Vec<(WordId, Decimal)> },
}

impl Threshold {
    /// Takes the figures of the words that it does not name from another threshold by the same field.
    pub(super) fn over(self, base: Option<&Threshold>) -> Threshold {
        match (self, base) {
            (Threshold::By { field, figures: named }, Some(Threshold::By { field: same, figures }))
                if field == *same =>
            {
                let mut merged = figures.clone();
                merged.retain(|(word, _)| !named.iter().any(|(other, _)| other == word));
                merged.extend(named);
                merged
                    .sort_by_key(|(word, _)| figures.iter().position(|(other, _)| other == word).unwrap_or(usize::MAX));
                Threshold::By { field, figures: merged }
            }
            (own, _) => own,
        }
    }

    /// All figures that it can be.
    pub fn figures(&self) -> Vec<Decimal> {
        match self {
            Threshold::Fixed(figure) => vec![*figure],
            Threshold::By { figures, .. } => figures.iter().map(|(_, figure)| *figure).collect(),
        }
    }
}

impl Bound {
    /// The field of the subject that the figure goes by, if it goes by one.
    pub fn by(&self) -> Option<FieldId> {
        match self.threshold()? {
            Threshold::By { field, .. } => Some(*field),
            Threshold::Fixed(_) => None,
        }
    }

    /// The key that it is written with.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Bound::AtLeast { .. } => "at-least",
            Bound::AtMost { .. } => "at-most",
            Bound::Equals(_) | Bound::Is(_) => "equals",
            Bound::About { .. } => "about",
        }
    }

    pub(super) fn tolerance(&self) -> Option<Decimal> {
        match self {
            Bound::AtLeast { tolerance, .. } | Bound::AtMost { tolerance, .. } => *tolerance,
            Bound::About { tolerance, .. } => Some(*tolerance),
            Bound::Equals(_) | Bound::Is(_) => None,
        }
    }

    pub(super) fn aim(&self) -> Option<Decimal> {
        match self {
            Bound::AtLeast { aim, .. } => *aim,
            Bound::AtMost { .. } | Bound::Equals(_) | Bound::Is(_) | Bound::About { .. } => None,
        }
    }

    pub(super) fn threshold(&self) -> Option<&Threshold> {
        match self {
            Bound::AtLeast { floor: threshold, .. }
            | Bound::AtMost { ceiling: threshold, .. }
            | Bound::Equals(threshold) => Some(threshold),
            Bound::Is(_) | Bound::About { .. } => None,
        }
    }

    /// The same figures with this tolerance and aim.
    pub(super) fn with(&self, tolerance: Option<Decimal>, aim: Option<Decimal>) -> Bound {
        match self.clone() {
            Bound::AtLeast { floor, .. } => Bound::AtLeast { floor, tolerance, aim },
            Bound::AtMost { ceiling, .. } => Bound::AtMost { ceiling, tolerance },
            Bound::About { figure, .. } => Bound::About { figure, tolerance: tolerance.unwrap_or_default() },
            same @ (Bound::Equals(_) | Bound::Is(_)) => same,
        }
    }
}
