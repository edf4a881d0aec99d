//! Amounts of which the brackets behind them take a part that may not count: 9(含会议2天).

use rust_decimal::Decimal;

use super::number::Number;
use super::number_text::{PARTS, SCALES, compact, from_text};
use crate::dictionary::{Dictionary, Table};
use crate::model::IssueKind;

/// What parts of amounts may not count.
pub(super) struct ReserveReader<'d> {
    dictionary: &'d Dictionary,
    /// Where a row is of work in schools, what was done from afar may not count.
    in_schools: bool,
}

impl<'d> ReserveReader<'d> {
    pub(super) fn of(table: &Table, dictionary: &'d Dictionary) -> ReserveReader<'d> {
        ReserveReader { dictionary, in_schools: table.given.is_some() }
    }

    /// An amount in text that is already NFKC; one with such a part is between what is left of it and all.
    pub(super) fn number(&self, text: &str, units: &str) -> Result<Number, IssueKind> {
        self.reserved(text, units).map_or_else(|| from_text(text, units), Ok)
    }

    fn reserved(&self, text: &str, units: &str) -> Option<Number> {
        let compact = compact(text.trim_end().strip_suffix(')')?)?;
        let (front, hint) = parted(&compact)?;
        let is_remote = || self.in_schools && self.dictionary.remarks.is_remote(hint);
        if !self.dictionary.cells.numbers.is_reserve(hint) && !is_remote() {
            return None;
        }
        let Ok(Number::Exactly(all)) = from_text(front, units) else { return None };
        let low = match part(hint, front, units) {
            Some(part) if part.is_zero() => return Some(Number::Exactly(all)),
            Some(part) => all.checked_sub(part).unwrap_or_default().max(Decimal::ZERO),
            None => Decimal::ZERO,
        };
        Some(Number::Between { low, high: Some(all), why: IssueKind::ApproximateNumber })
    }
}

/// A text as what stands before the brackets that name a part of it, and that: 9 and 含会议2天.
pub(crate) fn parted(text: &str) -> Option<(&str, &str)> {
    let (front, hint) = text.split_once(['(', '（'])?;
    PARTS.iter().any(|word| hint.starts_with(word)).then_some((front, hint))
}

/// What the numbers in brackets come to, but for years and months. One without a unit has that of the number before the brackets. `None`
/// if they do not say how many there are.
fn part(hint: &str, front: &str, units: &str) -> Option<Decimal> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let own = front.trim_start_matches(|c| is_digit(c) || c == ',');
    let (mut sum, mut rest) = (None, hint);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let behind = rest.get(at..)?.trim_start_matches(is_digit);
        let digits = rest.get(at..rest.len() - behind.len())?;
        rest = behind;
        if behind.starts_with(['年', '月']) {
            continue;
        }
        let scale = behind.chars().next().filter(|c| SCALES.iter().any(|(scale, _)| scale == c));
        let told = scale.map_or_else(|| format!("{digits}{own}"), |scale| format!("{digits}{scale}"));
        let Ok(Number::Exactly(number)) = from_text(&told, units) else { return None };
        if behind.starts_with('%') {
            return None;
        }
        sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(number)?);
    }
    sum
}
