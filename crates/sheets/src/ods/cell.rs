//! The value of a cell of an ods file.

use jiff::civil::{DateTime, Time};
use quick_xml::events::BytesStart;

use super::attributes::{attribute, count};
use crate::error::Fault;
use crate::rows::merged::MergedArea;
use crate::rows::row::Raw;
use crate::rows::value::{duration_text, number_of, serial_of};

/// A cell, which stands beside itself so many times.
pub(crate) struct OdsCell {
    pub repeated: u32,
    /// `None` if it is blank.
    pub value: Option<Raw<'static>>,
    rows: u32,
    columns: u32,
}

impl OdsCell {
    /// The area that the cell spans, if it stands here.
    pub(crate) fn area(&self, (row, column): (u32, u32)) -> Option<MergedArea> {
        MergedArea::new((row, column), (row + self.rows - 1, column + self.columns - 1))
    }

    /// How much a repetition of the cell costs, in small cells.
    pub(crate) fn weight(&self) -> u64 {
        match &self.value {
            Some(Raw::Text(text)) => 1 + text.len() as u64 / 8,
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => 1,
        }
    }
}

/// The start tag of a cell.
#[derive(Debug, Default)]
pub(crate) struct OdsCellTag {
    repeated: u32,
    rows: u32,
    columns: u32,
    computed: bool,
    failed: bool,
    kind: Option<String>,
    /// The value that the tag has for its kind.
    value: Option<String>,
}

impl OdsCellTag {
    pub(crate) fn new(tag: &BytesStart<'_>) -> Result<OdsCellTag, Fault> {
        let kind = attribute(tag, "office:value-type")?;
        let value = match kind.as_deref() {
            Some("date") => attribute(tag, "office:date-value")?,
            Some("time") => attribute(tag, "office:time-value")?,
            Some("boolean") => attribute(tag, "office:boolean-value")?,
            Some("string") => attribute(tag, "office:string-value")?,
            Some(_) => attribute(tag, "office:value")?,
            None => None,
        };
        Ok(OdsCellTag {
            repeated: count(tag, "table:number-columns-repeated")?,
            rows: count(tag, "table:number-rows-spanned")?,
            columns: count(tag, "table:number-columns-spanned")?,
            computed: attribute(tag, "table:formula")?.is_some(),
            failed: attribute(tag, "calcext:value-type")?.is_some_and(|kind| kind == "error"),
            kind,
            value,
        })
    }

    /// The cell, now that its text is known; `None` if it has no paragraph.
    pub(crate) fn with_text(self, text: Option<String>) -> OdsCell {
        let (repeated, rows, columns) = (self.repeated, self.rows, self.columns);
        let value = self.value_of(text);
        OdsCell { repeated, value, rows, columns }
    }

    fn value_of(self, text: Option<String>) -> Option<Raw<'static>> {
        let computed_blank = self.computed && text.is_none();
        let text = text.unwrap_or_default();
        if self.failed || (self.computed && names_error(&text)) {
            return Some(Raw::Error);
        }
        match (self.kind.as_deref(), self.value) {
            // The result "" of a formula is an empty paragraph.
            (None, _) if computed_blank => Some(Raw::NoValue),
            (None | Some("string"), value) => text_of(value.filter(|value| !value.is_empty()).unwrap_or(text)),
            // The value that the tag promises is not there.
            (Some(_), None) => Some(if self.computed { Raw::NoValue } else { Raw::Error }),
            (Some("date"), Some(value)) => date_of(&value).or_else(|| text_of(value)),
            (Some("time"), Some(value)) => days_of(&value).map(duration_text).map_or_else(|| text_of(value), text_of),
            (Some("boolean"), Some(value)) => Some(Raw::Flag(value.eq_ignore_ascii_case("true"))),
            // float, percentage and currency
            (Some(_), Some(value)) => Some(value.parse().map_or(Raw::Error, number_of)),
        }
    }
}

fn text_of(text: String) -> Option<Raw<'static>> {
    (!text.is_empty()).then(|| Raw::Text(text.into()))
}

/// Older programs give the result of a failed formula as text, with a word of the language they run in: English or Chinese.
fn names_error(text: &str) -> bool {
    let names = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    names.contains(&text) || text.starts_with("Err:") || text.starts_with("错误:")
}

/// The date of `2023-10-08` or `2023-10-08T08:30:00`, if the 1900 system has it.
fn date_of(value: &str) -> Option<Raw<'static>> {
    let at: DateTime = value.parse().ok()?;
    let midnight = at.date().to_datetime(Time::midnight());
    let fraction = at.duration_since(midnight).as_secs_f64() / 86_400.0;
    serial_of(at.date()).map(|day| Raw::Date(f64::from(day) + fraction))
}

/// The days of a duration as in `PT08H30M00S`.
fn days_of(value: &str) -> Option<f64> {
    let duration: jiff::SignedDuration = value.parse().ok()?;
    Some(duration.as_secs_f64() / 86_400.0)
}
