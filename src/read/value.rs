//! calamine's cell values as ours: dates in the 1900 system, blanks left out, nothing that is not finite.

use std::borrow::Cow;

use calamine::{Data, DataRef, ExcelDateTime};

use super::row::Raw;

/// The days between the first days of the 1900 and the 1904 system.
const DAYS_TO_1904: f64 = 1462.0;

/// How a workbook counts its days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Epoch(f64);

impl Epoch {
    pub(super) fn new(is_1904: bool) -> Epoch {
        Epoch(if is_1904 { DAYS_TO_1904 } else { 0.0 })
    }

    /// The value of a cell while it streams; `None` if it is blank.
    pub(super) fn of_ref<'a>(self, value: DataRef<'a>) -> Option<Raw<'a>> {
        match value {
            DataRef::Int(number) => Some(Raw::Number(number as f64)),
            DataRef::Float(number) => Some(number_of(number)),
            DataRef::SharedString(text) => text_of(Cow::Borrowed(text)),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                text_of(Cow::Owned(text))
            }
            DataRef::Bool(flag) => Some(Raw::Flag(flag)),
            DataRef::DateTime(date) => Some(self.date_of(date)),
            DataRef::Error(_) => Some(Raw::Error),
            DataRef::Empty => None,
        }
    }

    /// The value of a cell in a range; `None` if it is blank.
    pub(super) fn of_data(self, value: &Data) -> Option<Raw<'_>> {
        match value {
            Data::Int(number) => Some(Raw::Number(*number as f64)),
            Data::Float(number) => Some(number_of(*number)),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_of(Cow::Borrowed(text)),
            Data::Bool(flag) => Some(Raw::Flag(*flag)),
            Data::DateTime(date) => Some(self.date_of(*date)),
            Data::Error(_) => Some(Raw::Error),
            Data::Empty => None,
        }
    }

    fn date_of<'a>(self, date: ExcelDateTime) -> Raw<'a> {
        let days = date.as_f64();
        if date.is_duration() || !days.is_finite() { number_of(days) } else { Raw::Date(days + self.0) }
    }
}

fn number_of<'a>(number: f64) -> Raw<'a> {
    if number.is_finite() { Raw::Number(number) } else { Raw::Error }
}

fn text_of(text: Cow<'_, str>) -> Option<Raw<'_>> {
    (!text.is_empty()).then_some(Raw::Text(text))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn dates_of_the_1904_system_are_moved_and_durations_are_numbers() {
        let day = |kind| DataRef::DateTime(ExcelDateTime::new(40000.25, kind, true));
        assert_eq!(Epoch::new(true).of_ref(day(DateTime)), Some(Raw::Date(41462.25)));
        assert_eq!(Epoch::new(true).of_ref(day(TimeDelta)), Some(Raw::Number(40000.25)));
        assert_eq!(Epoch::new(false).of_ref(day(DateTime)), Some(Raw::Date(40000.25)));
    }

    #[test]
    fn empty_text_is_blank_and_infinity_is_an_error() {
        let epoch = Epoch::new(false);
        assert_eq!(epoch.of_ref(DataRef::String(String::new())), None);
        assert_eq!(epoch.of_ref(DataRef::Float(f64::INFINITY)), Some(Raw::Error));
        assert_eq!(epoch.of_data(&Data::String("语文".to_owned())), Some(Raw::Text("语文".into())));
    }
}
