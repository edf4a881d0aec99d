//! A number as a cell gives it.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::model::IssueKind;

/// The largest number that a cell can hold without losing digits.
const EXACT: f64 = 1e15;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Exactly(Decimal),
    /// Surely between a low and a high end. `None` if that is open.
    Between {
        low: Decimal,
        high: Option<Decimal>,
        why: IssueKind,
    },
}

/// The exact decimal that a spreadsheet shows for a number.
pub(super) fn from_float(number: f64) -> Option<Decimal> {
    if number.abs() >= EXACT {
        return None;
    }
    // Most numbers of a ledger are whole: told without writing them out.
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 {
        return Some(Decimal::from(number as i64));
    }
    // The shortest text that gives the number back: 0.1 stays 0.1.
    Decimal::from_str(&format!("{number}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_the_decimal_that_the_cell_shows() {
        assert_eq!(from_float(0.1), Some(Decimal::new(1, 1)));
        assert_eq!(from_float(0.9), Some(Decimal::new(9, 1)));
        for whole in [0.0, -0.0, 1.0, 90.0, -5.0, 999_999_999_999_999.0] {
            assert_eq!(from_float(whole), Decimal::from_str(&format!("{whole}")).ok(), "{whole}");
        }
        assert_eq!(from_float(1.101_051_949_123_1e17), None);
    }
}
