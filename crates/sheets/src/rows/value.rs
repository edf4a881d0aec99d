//! calamine's cell values as ours: dates in the 1900 system, blanks left out, nothing that is not finite.

use std::borrow::Cow;

use calamine::{Data, DataRef, ExcelDateTime};
use jiff::civil::Date;

use super::row::Raw;

/// The days between the first days of the 1900 and the 1904 system.
const DAYS_TO_1904: f64 = 1462.0;

/// How a workbook counts its days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Epoch(f64);

impl Epoch {
    pub(crate) fn new(is_1904: bool) -> Epoch {
        Epoch(if is_1904 { DAYS_TO_1904 } else { 0.0 })
    }

    /// The value of a cell while it streams; `None` if it is blank.
    pub(crate) fn of_ref<'a>(self, value: DataRef<'a>) -> Option<Raw<'a>> {
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
    pub(crate) fn of_data(self, value: &Data) -> Option<Raw<'_>> {
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
        match (days.is_finite(), date.is_duration()) {
            (false, _) => Raw::Error,
            (true, true) => Raw::Text(duration_text(days).into()),
            (true, false) => Raw::Date(days + self.0),
        }
    }
}

/// The number of a cell; one that is not finite is an error.
pub(crate) fn number_of<'a>(number: f64) -> Raw<'a> {
    if number.is_finite() { Raw::Number(number) } else { Raw::Error }
}

/// A duration as a spreadsheet shows it, 30:15 or 30:15:20. It is no number: 30 hours would count as 1.25.
pub(crate) fn duration_text(days: f64) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    // Beyond all durations there are, the cast saturates.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let seconds = (days.abs() * 86_400.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{sign}{hours}:{minutes:02}"),
        _ => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The serial of a date in the 1900 system, in which 1900 is a leap year; `None` for a date before its first day.
pub(crate) fn serial_of(date: Date) -> Option<u32> {
    let days = date.since(Date::new(1899, 12, 31).ok()?).ok()?.get_days();
    let serial = if days < 60 { days } else { days + 1 };
    u32::try_from(serial).ok().filter(|&serial| serial > 0)
}

fn text_of(text: Cow<'_, str>) -> Option<Raw<'_>> {
    (!text.is_empty()).then_some(Raw::Text(text))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn dates_of_the_1904_system_are_moved_and_durations_are_text() {
        let day = |kind| DataRef::DateTime(ExcelDateTime::new(40000.25, kind, true));
        assert_eq!(Epoch::new(true).of_ref(day(DateTime)), Some(Raw::Date(41462.25)));
        assert_eq!(Epoch::new(true).of_ref(day(TimeDelta)), Some(Raw::Text("960006:00".into())));
        assert_eq!(Epoch::new(false).of_ref(day(DateTime)), Some(Raw::Date(40000.25)));
    }

    #[test]
    fn a_duration_is_written_as_a_spreadsheet_shows_it() {
        let texts = [1.25, 0.0, -0.5, 1.0 / 86_400.0, f64::MAX].map(duration_text);
        assert_eq!(texts, ["30:00", "0:00", "-12:00", "0:00:01", "5124095576030431:00:15"]);
    }

    #[test]
    fn the_1900_system_counts_a_day_that_never_was() {
        let serials = [(1899, 12, 31), (1900, 1, 1), (1900, 2, 28), (1900, 3, 1), (2023, 10, 8), (9999, 12, 31)];
        let serials = serials.map(|(year, month, day)| serial_of(jiff::civil::date(year, month, day)));
        assert_eq!(serials, [None, Some(1), Some(59), Some(61), Some(45207), Some(2_958_465)]);
    }

    #[test]
    fn empty_text_is_blank_and_infinity_is_an_error() {
        let epoch = Epoch::new(false);
        assert_eq!(epoch.of_ref(DataRef::String(String::new())), None);
        assert_eq!(epoch.of_ref(DataRef::Float(f64::INFINITY)), Some(Raw::Error));
        assert_eq!(epoch.of_data(&Data::String("语文".to_owned())), Some(Raw::Text("语文".into())));
    }
}
