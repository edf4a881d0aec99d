//! Numbers as clerks write them: with units, full-width, as text. What is only about so is not read as exact.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::model::IssueKind;

/// The largest number that a cell can hold without losing digits.
const EXACT: f64 = 1e15;

/// The exact decimal that a spreadsheet shows for a number.
pub fn from_float(number: f64) -> Option<Decimal> {
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

/// A number in text that is already NFKC: `90`, `90学时`, `1,200`, `半天`. `units` are characters that may stand behind.
///
/// # Errors
/// Approximate for 约40, 40余, 40+; unreadable for all else that is no number, and below zero.
pub fn from_text(text: &str, units: &str) -> Result<Decimal, IssueKind> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '，').collect();
    if compact.starts_with(['约', '近']) || compact.contains(['+', '余', '多', '几']) || compact.contains("左右")
    {
        return Err(IssueKind::ApproximateNumber);
    }
    let bare = compact.trim_end_matches(|c| units.contains(c));
    let number = match bare {
        "无" | "零" => Some(Decimal::ZERO),
        "半" => Some(Decimal::new(5, 1)),
        _ if bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => Decimal::from_str(bare).ok(),
        _ => None,
    };
    number.ok_or(IssueKind::UnreadableNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units_and_not_when_they_are_only_about_so() {
        let read = |text| from_text(text, "学时天").map(|number| number.to_string());
        for (text, number) in [("90", "90"), ("90学时", "90"), ("1,200", "1200"), ("0.5天", "0.5"), ("半天", "0.5")]
        {
            assert_eq!(read(text).as_deref(), Ok(number), "{text}");
        }
        for about in ["约40", "40+", "40余", "几天", "40左右"] {
            assert_eq!(read(about), Err(IssueKind::ApproximateNumber), "{about}");
        }
        for wrong in ["待补", "3-4", "-5", "90节", "", "1.2.3", "１"] {
            assert_eq!(read(wrong), Err(IssueKind::UnreadableNumber), "{wrong}");
        }
    }

    #[test]
    fn a_float_is_the_decimal_that_the_cell_shows() {
        assert_eq!(from_float(0.1), Some(Decimal::new(1, 1)));
        for whole in [0.0, -0.0, 1.0, 90.0, -5.0, 999_999_999_999_999.0] {
            assert_eq!(from_float(whole), Decimal::from_str(&format!("{whole}")).ok(), "{whole}");
        }
        assert_eq!(from_float(1.101_051_949_123_1e17), None);
    }
}
