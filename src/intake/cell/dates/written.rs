//! One date as it is written, with its year, its month or its day missing or not, and all the ways to read it.

use jiff::civil::Date;

use super::context::DateContext;
use crate::model::DateSpan;

/// Years that a record can speak of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A reading of a date; what is not written is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateCandidates {
    pub spans: Vec<DateSpan>,
    /// Whether it may also be a day whose year nothing says.
    pub unplaced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateMark {
    Year,
    Month,
    Day,
    Point,
    Nothing,
}

/// The readings of a tidy date without ranges: 2023-09-01, 2023.9, 9月4日, 4日; 12.5 has two. Empty if it is no date.
fn readings(text: &str) -> Vec<WrittenDate> {
    use DateMark::{Day, Month, Nothing, Point, Year};
    let Some(numbers) = numbers(text) else { return Vec::new() };
    let behind: Vec<DateMark> = numbers.iter().map(|(_, behind)| *behind).collect();
    let at = |place: usize| numbers.get(place).map_or("", |(digits, _)| *digits);
    let whole = |year: Option<i16>, month: &str, day: &str| WrittenDate::of(year, month, day).into_iter().collect();
    match behind.as_slice() {
        [Year | Point, Month | Point, Day | Nothing] => {
            year_of(at(0)).map_or(Vec::new(), |y| whole(Some(y), at(1), at(2)))
        }
        [Year, Month | Nothing] | [Point, Month] => year_of(at(0)).map_or(Vec::new(), |y| whole(Some(y), at(1), "")),
        [Month, Day | Nothing] | [Point, Day] => whole(None, at(0), at(1)),
        [Point, Nothing] => two_numbers(at(0), at(1)),
        [Month] => whole(None, at(0), ""),
        [Day] => at(0).parse().map_or(Vec::new(), WrittenDate::day_alone),
        [Nothing] => compact(at(0)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The readings that the context leaves: under 2023, 12.5 is no month of 2012.
pub(crate) fn likely_readings(text: &str, context: &DateContext) -> Vec<WrittenDate> {
    let mut readings = readings(text);
    if readings.len() > 1 {
        readings.retain(|reading| reading.candidates(context).spans.iter().all(|span| context.allows(*span)));
    }
    readings
}

/// The numbers of a date and what stands behind each. `None` if anything else stands in it.
fn numbers(text: &str) -> Option<Vec<(&str, DateMark)>> {
    let (mut numbers, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        if digits.is_empty() || numbers.len() == 3 {
            return None;
        }
        let mut characters = after.chars();
        let behind = match characters.next() {
            None => DateMark::Nothing,
            Some('年') => DateMark::Year,
            Some('月') => DateMark::Month,
            Some('日') => DateMark::Day,
            Some('.' | '/' | '-') => DateMark::Point,
            Some(_) => return None,
        };
        numbers.push((digits, behind));
        rest = characters.as_str();
    }
    Some(numbers)
}

/// 2023.9 and 23.9 are months, 9.4 is a day; 12.5 may be either.
fn two_numbers(first: &str, second: &str) -> Vec<WrittenDate> {
    let month = year_of(first).and_then(|year| WrittenDate::of(Some(year), second, ""));
    let day = (first.len() <= 2).then(|| WrittenDate::of(None, first, second)).flatten();
    month.into_iter().chain(day).collect()
}

/// 20230901 and 202309.
fn compact(digits: &str) -> Option<WrittenDate> {
    let (year, rest) = digits.split_at_checked(4)?;
    match rest.len() {
        2 => WrittenDate::of(Some(year_of(year)?), rest, ""),
        4 => WrittenDate::of(Some(year_of(year)?), rest.get(..2)?, rest.get(2..)?),
        _ => None,
    }
}

/// 2023, or 23 for the years 2000 to 2049 and 1950 to 1999.
fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    let year = match text.len() {
        4 => year,
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    };
    YEARS.contains(&year).then_some(year)
}

impl WrittenDate {
    /// A reading whose numbers can be a month and a day. An empty text stands for no day.
    fn of(year: Option<i16>, month: &str, day: &str) -> Option<WrittenDate> {
        let number = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2);
        let month = number(month).filter(|month| (1..=12).contains(month))?;
        let day = if day.is_empty() { None } else { Some(number(day).filter(|day| (1..=31).contains(day))?) };
        let written = WrittenDate { year, month: Some(month), day };
        // 2024-02-30 is no day, and without a year 2月30日 is none either.
        let in_leap_year = Date::new(year.unwrap_or(2024), month, day.unwrap_or(1));
        in_leap_year.is_ok().then_some(written)
    }

    /// A day of a month that is not written.
    pub(super) fn day_alone(day: i8) -> Vec<WrittenDate> {
        let reading = WrittenDate { day: Some(day), ..WrittenDate::default() };
        if (1..=31).contains(&day) { vec![reading] } else { Vec::new() }
    }

    /// With the year, and for a day alone the month, of a date before it.
    pub(super) fn after(self, before: WrittenDate) -> WrittenDate {
        let month = self.month.or(before.month.filter(|_| before.day.is_some()));
        WrittenDate { year: self.year.or(before.year), month, day: self.day }
    }

    /// The spans that it can be, where the context gives what is not written.
    pub(super) fn candidates(self, context: &DateContext) -> DateCandidates {
        let spans = match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => Vec::from_iter(Date::new(year, month, day).ok().map(DateSpan::day)),
            (Some(year), Some(month), None) => Vec::from_iter(Date::new(year, month, 1).ok().map(DateSpan::month)),
            (None, Some(month), Some(day)) => context.days(month, day),
            (None, Some(month), None) => context.months(month),
            (None, None, Some(day)) => context.days_of_any_month(day),
            (Some(_), None, _) | (None, None, None) => Vec::new(),
        };
        DateCandidates { unplaced: self.year.is_none() && spans.is_empty(), spans }
    }
}

impl DateCandidates {
    pub(super) fn of(text: &str, context: &DateContext) -> DateCandidates {
        let readings = likely_readings(text, context).into_iter();
        readings.map(|reading| reading.candidates(context)).fold(DateCandidates::default(), DateCandidates::or)
    }

    pub(super) fn or(mut self, other: DateCandidates) -> DateCandidates {
        self.spans.extend(other.spans);
        self.spans.sort();
        self.spans.dedup();
        self.unplaced |= other.unplaced;
        self
    }
}
