//! Exact amounts with a low and a high end: what is sure, and what is possible.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// An amount that the records give: at least `low`, at most `high`; `None` leaves the upper end open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    #[serde(serialize_with = "number")]
    pub low: Decimal,
    #[serde(serialize_with = "optional_number")]
    pub high: Option<Decimal>,
}

impl Amount {
    pub fn exactly(value: Decimal) -> Amount {
        Amount { low: value, high: Some(value) }
    }

    /// The amount, if both ends are the same.
    pub fn exact(&self) -> Option<Decimal> {
        self.high.filter(|high| *high == self.low)
    }

    /// The amount in words: `52`, `80至95`, `不少于80`.
    pub fn text(&self) -> String {
        match self.high {
            Some(high) if high == self.low => plain(self.low),
            Some(high) => format!("{}至{}", plain(self.low), plain(high)),
            None => format!("不少于{}", plain(self.low)),
        }
    }
}

/// A decimal without trailing zeros: `90`, `0.5`.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Serialises a decimal as a JSON number: an integer if it is one.
pub(super) fn number<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let value = value.normalize();
    match i64::try_from(value) {
        Ok(whole) if value.is_integer() => serializer.serialize_i64(whole),
        _ => serializer.serialize_f64(f64::try_from(value).unwrap_or(f64::MAX)),
    }
}

/// As [`number`], with `null` for an open end.
pub(super) fn optional_number<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_json_numbers_with_null_for_an_open_end() {
        let open = Amount { low: Decimal::new(805, 1), high: None };
        assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"low":80.5,"high":null}"#);
        let exact = Amount::exactly(Decimal::new(9000, 2));
        assert_eq!(serde_json::to_string(&exact).unwrap(), r#"{"low":90,"high":90}"#);
        assert_eq!((open.text().as_str(), exact.text().as_str()), ("不少于80.5", "90"));
    }
}
