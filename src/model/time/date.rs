//! Dates as the records give them: a day, or a span of days when only the month is known.

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

/// A date known to lie between two days, both included; the same day twice if it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    pub first: Date,
    pub last: Date,
}

/// How long what happened may have lasted, as dates say it that have no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLength {
    /// So many days at most.
    Days(u16),
    /// Any number of days: a date of it is garbled.
    Any,
}

impl DateSpan {
    pub fn day(day: Date) -> DateSpan {
        DateSpan { first: day, last: day }
    }

    /// All days of the month, because the clerk gave no day.
    pub fn month(first_of_month: Date) -> DateSpan {
        DateSpan { first: first_of_month.first_of_month(), last: first_of_month.last_of_month() }
    }

    /// The shortest span that holds both.
    pub fn with(&self, other: DateSpan) -> DateSpan {
        DateSpan { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    pub fn holds(&self, other: DateSpan) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The day, if it is known.
    pub fn exact(&self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }

    pub fn is_month(&self) -> bool {
        self.first == self.last.first_of_month() && self.last == self.first.last_of_month()
    }

    /// `2018-09-01`, or `2018年9月` for a month without a day.
    pub fn text(&self) -> String {
        match self.exact() {
            Some(day) => day.to_string(),
            None if self.is_month() => format!("{}年{}月", self.first.year(), self.first.month()),
            None => format!("{}至{}", self.first, self.last),
        }
    }
}

/// Calendar years from one day to another, to two places: exactly N on the Nth anniversary, more than N the day after,
/// 0 if `to` is earlier. In a common year 29 February has its anniversary on 28 February.
pub fn elapsed_years(from: Date, to: Date) -> Decimal {
    if to <= from {
        return Decimal::ZERO;
    }
    let mut whole = i64::from(to.year()) - i64::from(from.year());
    if anniversary(from, whole) > to {
        whole -= 1;
    }
    let last = anniversary(from, whole);
    if last == to {
        return Decimal::from(whole);
    }
    let (beyond, year) = (days(last, to), days(last, anniversary(from, whole + 1)));
    // Clamped, so that a day past an anniversary never rounds to the anniversary itself.
    let hundredths = (beyond * 100 / year.max(1)).clamp(1, 99);
    Decimal::new(whole * 100 + hundredths, 2)
}

/// Months from the first day to the last, both included: 2020-09-01 to 2021-08-31 is 12. Days over are thirtieths.
pub fn months_between(first: Date, last: Date) -> Decimal {
    let end = last.tomorrow().unwrap_or(last);
    if end <= first {
        return Decimal::ZERO;
    }
    let months_of = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    let mut whole = months_of(end) - months_of(first);
    if months_later(first, whole) > end {
        whole -= 1;
    }
    let beyond = days(months_later(first, whole), end);
    Decimal::from(whole) + Decimal::from(beyond.min(29)) / Decimal::from(30)
}

/// 周一 … 周日.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

fn anniversary(from: Date, years: i64) -> Date {
    months_later(from, years * 12)
}

/// The same day so many months later, or the last day of a shorter month; [`Date::MAX`] at most.
fn months_later(from: Date, months: i64) -> Date {
    jiff::Span::new().try_months(months).and_then(|span| from.checked_add(span)).unwrap_or(Date::MAX)
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_limit_of_years_is_passed_on_the_day_after_the_anniversary() {
        let start = date(2018, 9, 1);
        let five = Decimal::from(5);
        assert_eq!(elapsed_years(start, date(2023, 9, 1)), five);
        assert_eq!(elapsed_years(start, date(2023, 9, 2)), Decimal::new(501, 2));
        assert_eq!(elapsed_years(start, date(2023, 8, 31)), Decimal::new(499, 2));
        assert_eq!(elapsed_years(start, date(2018, 9, 1)), Decimal::ZERO);
        assert_eq!(elapsed_years(date(2020, 2, 29), date(2023, 2, 28)), Decimal::from(3));
    }

    #[test]
    fn a_school_year_of_twelve_whole_months_counts_twelve() {
        assert_eq!(months_between(date(2020, 9, 1), date(2021, 8, 31)), Decimal::from(12));
        assert!(months_between(date(2020, 9, 1), date(2021, 8, 30)) < Decimal::from(12));
        assert_eq!(months_between(date(2020, 9, 1), date(2020, 8, 1)), Decimal::ZERO);
    }

    #[test]
    fn a_month_is_written_as_a_month() {
        assert_eq!(DateSpan::month(date(2018, 9, 15)).text(), "2018年9月");
        assert_eq!(DateSpan::day(date(2018, 9, 5)).text(), "2018-09-05");
    }
}
