//! A date cell in all its forms, and the texts that hold one date, two ends or several dates.

use jiff::civil::Date;

use super::context::DateContext;
use super::range::{self, DateParts, Ranges};
use super::tidy;
use super::time_words::whole_period;
use super::written::{DateCandidates, WrittenDate, likely_readings};
use crate::model::{DateSpan, IssueKind};

/// Serials that a number in a date column may be: 1954-10-03 to 2064-04-08.
const LIKELY_SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=60_000.0;

/// The first serial that a record can speak of, 1927-05-18: before it, a number has only got the format of a date.
const FIRST_SERIAL: f64 = 10_000.0;

/// What a date cell says: a date, or two that are the ends of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateReading {
    /// `None` if it may be any day.
    pub span: Option<DateSpan>,
    pub end: Option<SpanEnd>,
    /// How many dates the cell names. `None` if that is uncertain.
    pub dates: Option<u16>,
    pub issue: Option<IssueKind>,
    /// The days of a span that cannot be placed.
    pub length: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanEnd {
    On(DateSpan),
    /// Left open: `2023.9-`.
    Open,
    /// Not yet come: 至今.
    Now,
    /// Perhaps with the school year or the term that is written as the start, perhaps not: 2016-2017学年.
    Perhaps,
}

impl DateReading {
    fn sure(span: DateSpan) -> DateReading {
        DateReading { span: Some(span), end: None, dates: Some(1), issue: None, length: None }
    }

    fn unreadable(issue: IssueKind) -> DateReading {
        DateReading { span: None, end: None, dates: Some(1), issue: Some(issue), length: None }
    }

    /// All that a date can be: one, several, or a day that nothing places.
    fn of(candidates: &DateCandidates) -> DateReading {
        match (candidates.spans.as_slice(), candidates.unplaced) {
            ([], true) => DateReading::unreadable(IssueKind::DateWithoutYear),
            ([], false) => DateReading::unreadable(IssueKind::UnreadableDate),
            ([only], false) => DateReading::sure(*only),
            ([_, ..], true) => DateReading::unreadable(IssueKind::AmbiguousDate),
            ([first, rest @ ..], false) => {
                let span = rest.iter().fold(*first, |all, one| all.with(*one));
                DateReading { issue: Some(IssueKind::AmbiguousDate), ..DateReading::sure(span) }
            }
        }
    }

    fn of_ranges(ranges: &Ranges) -> DateReading {
        let Some((start, end)) = ranges.ends.first().copied() else {
            let kind = if ranges.unplaced { IssueKind::DateWithoutYear } else { IssueKind::UnreadableDate };
            return DateReading { length: ranges.length, ..DateReading::unreadable(kind) };
        };
        if ranges.unplaced {
            return DateReading { length: ranges.length, ..DateReading::unreadable(IssueKind::AmbiguousDate) };
        }
        let all = ranges.ends.iter().fold((start, end), |(start, end), one| (start.with(one.0), end.with(one.1)));
        let issue = (ranges.ends.len() > 1).then_some(IssueKind::AmbiguousDate);
        DateReading { end: Some(SpanEnd::On(all.1)), issue, ..DateReading::sure(all.0) }
    }
}

pub(crate) fn from_date(serial: f64) -> DateReading {
    match from_serial(serial) {
        Some(day) if serial >= FIRST_SERIAL => DateReading::sure(DateSpan::day(day)),
        Some(_) | None => DateReading::unreadable(IssueKind::UnreadableDate),
    }
}

/// A number that stands in a date column: a serial, 20230901, 202309, 2023.9, or 9.4. A spreadsheet makes 2023.1 of
/// 2023.10 too, so that it may be either.
pub(crate) fn from_number(number: f64, context: &DateContext) -> DateReading {
    if LIKELY_SERIALS.contains(&number) {
        return from_date(number);
    }
    let text = format!("{number}");
    let whole = DateCandidates::of(&text, context);
    match text.split_once('.') {
        Some((_, end)) if end.len() == 1 => {
            DateReading::of(&whole.or(DateCandidates::of(&format!("{text}0"), context)))
        }
        Some(_) => DateReading::of(&whole),
        None if text.len() >= 6 => DateReading::of(&whole),
        None => DateReading::unreadable(IssueKind::UnreadableDate),
    }
}

/// The number that 2023.1 is where a text may have been a number: a spreadsheet has cut its last nought.
pub(crate) fn shortened(text: &str) -> Option<f64> {
    let (year, month) = text.split_once('.')?;
    (year.len() == 4 && month == "1").then(|| text.parse().ok()).flatten()
}

/// A date in text that is already NFKC and without white space at its ends: 2023-09-01, 2023.9, 9月4日, 2023.9.4-9.8.
pub(crate) fn from_text(text: &str, context: &DateContext) -> DateReading {
    if let Some(day) = plain_day(text) {
        return DateReading::sure(DateSpan::day(day));
    }
    if let Some(span) = whole_period(text) {
        let is_of_years = (span.first.month(), span.first.day(), span.last.month(), span.last.day()) == (1, 1, 12, 31);
        let end = (!is_of_years).then_some(SpanEnd::Perhaps);
        return DateReading { issue: Some(IssueKind::CoarseDate), dates: None, end, ..DateReading::sure(span) };
    }
    // 每周三, 多次, 9月4日等
    if text.contains(['每', '各', '多', '等', '逢', '次', '几', '隔']) || text.contains("若干") {
        return DateReading { dates: None, ..DateReading::unreadable(IssueKind::UnreadableDate) };
    }
    let tidy = tidy::tidy(text);
    if let Some((start, end)) = open_end(&tidy) {
        let start = DateReading::of(&single(start, context));
        return DateReading { end: start.span.map(|_| end), ..start };
    }
    if tidy.contains('、') { several(&tidy, context) } else { one(&tidy, context) }
}

/// 2023-09-01, 2023/9/1, 2023.9.1: what most cells hold.
fn plain_day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, day) = rest.get(1..)?.split_once(separator)?;
    let is_number = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = is_number(month) && is_number(day) && year.bytes().all(|byte| byte.is_ascii_digit());
    let year = year.parse().ok().filter(|year| is_date && (1900..=2100).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The start of a span that says that it has no end: 2023.9-, 2023.9至今, 自2023年9月起.
fn open_end(tidy: &str) -> Option<(&str, SpanEnd)> {
    let joints = ['-', '~'];
    for word in ["今", "现在", "目前", "当前"] {
        if let Some(start) = tidy.strip_suffix(word).filter(|start| start.ends_with(joints)) {
            return Some((start.trim_end_matches(joints).trim_start_matches(['自', '从']), SpanEnd::Now));
        }
    }
    let start = ["以来", "开始", "起"].iter().find_map(|word| tidy.strip_suffix(word));
    let start = start.map(|start| start.trim_start_matches(['自', '从']));
    let start = start.or_else(|| tidy.strip_suffix(joints)).filter(|start| !start.ends_with(joints))?;
    Some((start, SpanEnd::Open))
}

fn one(tidy: &str, context: &DateContext) -> DateReading {
    match range::parts(tidy) {
        DateParts::One(date) => DateReading::of(&single(date, context)),
        DateParts::Two(first, second) => DateReading::of_ranges(&Ranges::of(first, second, context)),
        DateParts::Either(first, second) => {
            let ranges = Ranges::of(first, second, context);
            let day = DateCandidates::of(&tidy.replace('-', "."), context);
            match (ranges.ends.is_empty(), day.spans.as_slice()) {
                (false, []) => DateReading::of_ranges(&ranges),
                (false, [day]) => {
                    let range = DateReading::of_ranges(&ranges);
                    let end =
                        range.end.map(|end| if let SpanEnd::On(end) = end { SpanEnd::On(end.with(*day)) } else { end });
                    let span = range.span.map(|span| span.with(*day));
                    DateReading { span, end, issue: Some(IssueKind::AmbiguousDate), ..range }
                }
                // 2023.9-8 may be a day, or months that cross the year.
                (_, _) => DateReading::unreadable(IssueKind::AmbiguousDate),
            }
        }
        DateParts::Neither => DateReading::unreadable(IssueKind::UnreadableDate),
    }
}

/// A date, or a third of a month: 2023年9月上旬. 月初 and 月底 are no days that anybody could name.
fn single(text: &str, context: &DateContext) -> DateCandidates {
    let thirds = [("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 31)];
    let Some((month, first, last)) = thirds.iter().find_map(|(word, first, last)| {
        text.strip_suffix(word).filter(|month| month.ends_with('月')).map(|month| (month, *first, *last))
    }) else {
        return DateCandidates::of(text, context);
    };
    let mut candidates = DateCandidates::of(month, context);
    for span in &mut candidates.spans {
        let day = |number: i8| Date::new(span.first.year(), span.first.month(), number.min(span.last.day()));
        if let (Ok(first), Ok(last)) = (day(first), day(last)) {
            *span = DateSpan { first, last };
        }
    }
    candidates
}

/// Several dates in one cell: 2023/9/4、9/11. The row may stand on each of them.
fn several(tidy: &str, context: &DateContext) -> DateReading {
    let items: Vec<&str> = tidy.split('、').filter(|item| !item.is_empty()).collect();
    let dates =
        u16::try_from(items.len()).ok().filter(|_| !tidy.contains('~') && items.iter().all(|item| is_one(item)));
    let failed = |kind| DateReading { dates, ..DateReading::unreadable(kind) };
    let (mut before, mut all): (Option<WrittenDate>, Option<DateSpan>) = (None, None);
    for item in &items {
        let Some(reading) = item_of(item, before, context) else {
            let is_date = before.is_some();
            return failed(if is_date { IssueKind::SeveralDates } else { IssueKind::UnreadableDate });
        };
        let [span] = reading.candidates(context).spans[..] else { return failed(IssueKind::SeveralDates) };
        // 2023.12.28、1.5: the next year is not written.
        if all.is_some_and(|all| span.first < all.last) {
            return failed(IssueKind::SeveralDates);
        }
        all = Some(all.map_or(span, |all| all.with(span)));
        before = Some(reading);
    }
    DateReading { span: all, end: None, dates, issue: Some(IssueKind::SeveralDates), length: None }
}

fn is_one(item: &str) -> bool {
    matches!(range::parts(item), DateParts::One(_))
}

/// The only reading of an item, behind another one as the end of a range is behind its start.
fn item_of(item: &str, before: Option<WrittenDate>, context: &DateContext) -> Option<WrittenDate> {
    if !is_one(item) {
        return None;
    }
    let Some(before) = before else {
        let [only] = likely_readings(item, context)[..] else { return None };
        return Some(only);
    };
    let [only] = range::ends(item, before, context)[..] else { return None };
    Some(only.after(before))
}

/// The first and last serial of the 1900 system that a date can have: 1 is 1900-01-01.
const SERIALS: std::ops::RangeInclusive<f64> = 1.0..=2_958_465.999_999;

/// The date of a serial of the 1900 system. Its 60 is a day that never was (1900-02-29).
pub(crate) fn from_serial(serial: f64) -> Option<Date> {
    if !SERIALS.contains(&serial) || serial.floor() == 60.0 {
        return None;
    }
    // In range, so exact.
    #[allow(clippy::cast_possible_truncation)]
    let days = serial.floor() as i64 - if serial < 60.0 { 0 } else { 1 };
    date_of(days)
}

/// The date so many days after 1899-12-31; calendar arithmetic of the library costs as much as all else of a cell.
fn date_of(days: i64) -> Option<Date> {
    /// The days of 400 years, from a 1 March to the one before which the leap years begin anew.
    const CYCLE: i64 = 146_097;
    /// The days from 1600-03-01 to 1899-12-31.
    const BEFORE: i64 = 109_512;
    let days = days + BEFORE;
    let (cycle, day) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
    // The last day of a cycle and of its leap years is a 29 February, behind 365 others.
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // From March on, five months have 153 days.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (later, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
    let year = 1600 + 400 * cycle + year + later;
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "random_tests.rs"]
mod random_tests;
