//! Dates as clerks write them. What is sure is read; a date that can be read in two ways spans both or is unreadable.

use jiff::civil::Date;

use crate::model::{DateSpan, IssueKind};

/// The first and last serial of the 1900 system that a date can have: 1 is 1900-01-01.
const SERIALS: std::ops::RangeInclusive<f64> = 1.0..=2_958_465.999_999;
/// Serials that a number in a date column may be: 1954-10-03 to 2064-04-08.
const LIKELY_SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=60_000.0;

/// The date of a serial of the 1900 system. Its 60 is a day that never was (1900-02-29).
pub fn from_serial(serial: f64) -> Option<Date> {
    if !SERIALS.contains(&serial) || serial.floor() == 60.0 {
        return None;
    }
    // In range, so exact.
    #[allow(clippy::cast_possible_truncation)]
    let days = serial.floor() as i64 - if serial < 60.0 { 0 } else { 1 };
    Date::new(1899, 12, 31).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A number that stands in a date column: a serial, 20230901, 202309, or 2023.9.
///
/// # Errors
/// Ambiguous for 2023.1, which a spreadsheet makes of 2023.10 too; unreadable for all else.
pub fn from_number(number: f64) -> Result<DateSpan, IssueKind> {
    let text = format!("{number}");
    if let Some((year, month)) = text.split_once('.') {
        return match (year.len(), month) {
            (4, "1") => Err(IssueKind::AmbiguousDate),
            (4, _) if month.len() <= 2 => month_of(year, month),
            (_, _) if LIKELY_SERIALS.contains(&number) => {
                from_serial(number).map(DateSpan::day).ok_or(IssueKind::UnreadableDate)
            }
            (_, _) => Err(IssueKind::UnreadableDate),
        };
    }
    match text.len() {
        8 => day_of(&text[..4], &text[4..6], &text[6..]),
        6 => month_of(&text[..4], &text[4..]),
        _ if LIKELY_SERIALS.contains(&number) => {
            from_serial(number).map(DateSpan::day).ok_or(IssueKind::UnreadableDate)
        }
        _ => Err(IssueKind::UnreadableDate),
    }
}

/// A date in text that is already NFKC and without white space at its ends: 2023-09-01, 2023/9/1, 2023.9, 2023年9月1日.
///
/// # Errors
/// Unreadable when it is no such date, or no day of the calendar.
pub fn from_text(text: &str) -> Result<DateSpan, IssueKind> {
    let date = without_time(text);
    let bare = date.trim_end_matches(['日', '号', '月']);
    let parts: Vec<&str> = bare.split(['-', '/', '.', '年', '月', '－', '–', '—']).map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(IssueKind::UnreadableDate);
    }
    match parts.as_slice() {
        [year, month, day] => day_of(year, month, day),
        [year, month] => month_of(year, month),
        [whole] if whole.len() == 8 => day_of(&whole[..4], &whole[4..6], &whole[6..]),
        [whole] if whole.len() == 6 => month_of(&whole[..4], &whole[4..]),
        _ => Err(IssueKind::UnreadableDate),
    }
}

/// The part before a time of day: `2023-09-01 08:30`, `2023-09-01T08:30:00`.
fn without_time(text: &str) -> &str {
    match text.find(['T', ' ']) {
        Some(at) if text[at..].contains(':') => text[..at].trim_end(),
        Some(_) | None => text,
    }
}

/// 2023, or 23 for the years 2000 to 2049 and 1950 to 1999.
fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Result<DateSpan, IssueKind> {
    let date = || Date::new(year_of(year)?, month.parse().ok()?, day.parse().ok()?).ok();
    date().map(DateSpan::day).ok_or(IssueKind::UnreadableDate)
}

fn month_of(year: &str, month: &str) -> Result<DateSpan, IssueKind> {
    let date = || Date::new(year_of(year)?, month.parse().ok()?, 1).ok();
    date().map(DateSpan::month).ok_or(IssueKind::UnreadableDate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: &str) -> Result<String, IssueKind> {
        from_text(written).map(|span| span.text())
    }

    #[test]
    fn days_and_months_are_read_in_the_forms_that_clerks_use() {
        for day in ["2023-09-01", "2023/9/1", "2023.9.1", "20230901", "2023年9月1日", "23.9.1", "2023-09-01 08:30"] {
            assert_eq!(text(day).as_deref(), Ok("2023-09-01"), "{day}");
        }
        for month in ["2023-09", "2023.9", "2023.09", "202309", "2023年9月", "23.9"] {
            assert_eq!(text(month).as_deref(), Ok("2023年9月"), "{month}");
        }
        assert_eq!(text("2023.10").as_deref(), Ok("2023年10月"));
        for wrong in ["2023-13-05", "2024-02-30", "九月初", "2023", "2023..9", "9月4日", "-", ""] {
            assert_eq!(text(wrong), Err(IssueKind::UnreadableDate), "{wrong}");
        }
    }

    #[test]
    fn numbers_in_a_date_column_are_read_where_the_reading_is_sure() {
        let number = |number| from_number(number).map(|span| span.text());
        assert_eq!(number(45_170.0).as_deref(), Ok("2023-09-01"));
        assert_eq!(number(20_230_901.0).as_deref(), Ok("2023-09-01"));
        assert_eq!(number(202_309.0).as_deref(), Ok("2023年9月"));
        assert_eq!(number(2023.9).as_deref(), Ok("2023年9月"));
        assert_eq!(number(2023.12).as_deref(), Ok("2023年12月"));
        assert_eq!(number(2023.1), Err(IssueKind::AmbiguousDate));
        assert_eq!(number(2023.0), Err(IssueKind::UnreadableDate));
    }

    #[test]
    fn the_day_that_never_was_is_no_date() {
        let serial = |serial| from_serial(serial).map(|day| day.to_string());
        assert_eq!(serial(1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(serial(59.0).as_deref(), Some("1900-02-28"));
        assert_eq!(serial(60.0), None);
        assert_eq!(serial(61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(serial(2_958_465.0).as_deref(), Some("9999-12-31"));
        assert_eq!(serial(0.0), None);
        assert_eq!(serial(f64::NAN), None);
    }
}
