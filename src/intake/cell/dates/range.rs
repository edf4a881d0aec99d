//! Two dates in one cell that are the ends of a span: 2023.9.4-9.8, 9月4日—6日, 2023.9至2024.7.

use super::context::DateContext;
use super::written::{DateCandidates, WrittenDate, likely_readings};
use crate::model::DateSpan;
use jiff::civil::Date;

/// The two ends that a range can have, in all its readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranges {
    pub ends: Vec<(DateSpan, DateSpan)>,
    /// Whether it may also be a range whose year nothing says.
    pub unplaced: bool,
    /// The days of the longest reading.
    pub length: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateParts<'t> {
    One(&'t str),
    Two(&'t str, &'t str),
    /// A range with a dash that may as well part the numbers of one date: 2023.9-10.
    Either(&'t str, &'t str),
    Neither,
}

/// Where the dates of a text part. A dash parts the numbers of a date where nothing else does.
pub(crate) fn parts(text: &str) -> DateParts<'_> {
    if let Some((first, second)) = text.split_once('~') {
        return if second.contains('~') { DateParts::Neither } else { DateParts::Two(first, second) };
    }
    let dashes: Vec<usize> = text.match_indices('-').map(|(at, _)| at).collect();
    let others = text.chars().filter(|c| matches!(c, '.' | '/' | '年' | '月' | '日')).count();
    let split = |at: usize| (&text[..at], &text[at + 1..]);
    match (dashes.as_slice(), others) {
        ([], _) => DateParts::One(text),
        ([at], 0) => {
            let (first, second) = split(*at);
            // 20230904-20230908 and 202309-202407 are ranges, 2023-09 is a month; 9-4 may be a day or two months.
            if first.len() == 8 || (first.len(), second.len()) == (6, 6) {
                DateParts::Two(first, second)
            } else if first.len() == 4 || first.parse().is_ok_and(|year: u8| year > 12) {
                DateParts::One(text)
            } else {
                DateParts::Neither
            }
        }
        ([at], others) => {
            let (first, second) = split(*at);
            let is_date_too = others == 1 && !text.contains(['月', '日']) && second.len() <= 2;
            if is_date_too { DateParts::Either(first, second) } else { DateParts::Two(first, second) }
        }
        ([_, _], 0) => DateParts::One(text),
        // 2023-09-2024-07
        ([_, at, _], 0) if text[at + 1..].find('-') == Some(4) => DateParts::Two(&text[..*at], &text[at + 1..]),
        // 2023-09-04-09-08 and 2023-09-04-2023-09-08
        ([_, _, at, _] | [_, _, at, _, _], 0) => DateParts::Two(&text[..*at], &text[at + 1..]),
        (_, _) => DateParts::Neither,
    }
}

impl Ranges {
    pub(super) fn of(first: &str, second: &str, context: &DateContext) -> Ranges {
        let mut ranges = Ranges::default();
        for start in starts(first, second, context) {
            for end in ends(second, start, context) {
                ranges.length = ranges.length.max(length(start, end.after(start)));
                ranges.add(start.candidates(context), end.after(start).candidates(context));
            }
        }
        ranges.ends.sort();
        ranges.ends.dedup();
        ranges
    }

    fn add(&mut self, starts: DateCandidates, ends: DateCandidates) {
        self.unplaced |= starts.unplaced || ends.unplaced;
        for start in &starts.spans {
            let later = ends.spans.iter().filter(|end| end.first >= start.first && end.last >= start.last);
            self.ends.extend(later.map(|end| (*start, *end)));
        }
    }
}

/// How many days lie between two dates, whatever their year.
fn length(start: WrittenDate, end: WrittenDate) -> Option<u16> {
    // A leap year, so that no day is missing.
    let date = |written: WrittenDate, day: i8| {
        let first = Date::new(2024, written.month.unwrap_or(1), 1).ok()?;
        let last = first.days_in_month();
        first.with().day(written.day.unwrap_or(day).min(last)).build().ok()
    };
    let (first, last) = (date(start, 1)?, date(end, 31)?);
    let days = first.until(last).ok()?.get_days() + 1;
    let around = if start.month.is_some() { 366 } else { 31 };
    u16::try_from(if days < 1 { days + around } else { days }).ok()
}

/// The readings of a start; a number alone is what the end says that it is: 9-10月, 4-8日.
fn starts(first: &str, second: &str, context: &DateContext) -> Vec<WrittenDate> {
    match first.parse::<i8>() {
        Ok(month) if (1..=12).contains(&month) && second.ends_with('月') => {
            vec![WrittenDate { month: Some(month), ..WrittenDate::default() }]
        }
        Ok(day) if (1..=31).contains(&day) && second.ends_with('日') => WrittenDate::day_alone(day),
        _ => likely_readings(first, context),
    }
}

/// The readings of an end; a number alone is a day behind a day and a month behind a month.
pub(crate) fn ends(second: &str, start: WrittenDate, context: &DateContext) -> Vec<WrittenDate> {
    let compact = second.len() == 4 && second.bytes().all(|byte| byte.is_ascii_digit()) && start.day.is_some();
    if compact && let (Some(month), Some(day)) = (second.get(..2), second.get(2..)) {
        return likely_readings(&format!("{month}月{day}日"), context);
    }
    match second.parse::<i8>() {
        Ok(day) if start.day.is_some() => WrittenDate::day_alone(day),
        Ok(month) => likely_readings(&format!("{month}月"), context),
        // 2023.9-8日: a day behind a month says nothing of its own month. Behind a day, 10.1 is a day and no month of 2010.
        Err(_) => {
            let is_end = |end: &WrittenDate| {
                if start.day.is_some() { end.day.is_some() || second.ends_with('月') } else { end.month.is_some() }
            };
            likely_readings(second, context).into_iter().filter(is_end).collect()
        }
    }
}
