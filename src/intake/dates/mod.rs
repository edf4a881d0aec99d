//! Dates as clerks write them. What is sure is read; a date that can be read in two ways spans both or is unreadable.

mod context;
mod range;
mod tidy;
mod written;

use jiff::civil::Date;

use crate::model::{DateSpan, IssueKind};
pub use context::Context;
use range::{Parts, Ranges};
use written::{Candidates, Written, likely_readings};

/// The first and last serial of the 1900 system that a date can have: 1 is 1900-01-01.
const SERIALS: std::ops::RangeInclusive<f64> = 1.0..=2_958_465.999_999;
/// Serials that a number in a date column may be: 1954-10-03 to 2064-04-08.
const LIKELY_SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=60_000.0;
/// The first serial that a record can speak of, 1927-05-18: before it, a number has only got the format of a date.
const FIRST_SERIAL: f64 = 10_000.0;

/// What a date cell says: a date, or two that are the ends of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// None where it may be any day.
    pub span: Option<DateSpan>,
    pub end: Option<End>,
    /// How many dates the cell names; none when there is no telling.
    pub dates: Option<u16>,
    pub issue: Option<IssueKind>,
}

/// The end of a span that a cell gives with its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    On(DateSpan),
    /// Left open: `2023.9-`.
    Open,
    /// Not yet come: 至今.
    Now,
}

impl Reading {
    fn sure(span: DateSpan) -> Reading {
        Reading { span: Some(span), end: None, dates: Some(1), issue: None }
    }

    fn unreadable(issue: IssueKind) -> Reading {
        Reading { span: None, end: None, dates: Some(1), issue: Some(issue) }
    }

    /// All that a date can be: one, several, or a day that nothing places.
    fn of(candidates: &Candidates) -> Reading {
        match (candidates.spans.as_slice(), candidates.unplaced) {
            ([], true) => Reading::unreadable(IssueKind::DateWithoutYear),
            ([], false) => Reading::unreadable(IssueKind::UnreadableDate),
            ([only], false) => Reading::sure(*only),
            ([_, ..], true) => Reading::unreadable(IssueKind::AmbiguousDate),
            ([first, rest @ ..], false) => {
                let span = rest.iter().fold(*first, |all, one| all.with(*one));
                Reading { issue: Some(IssueKind::AmbiguousDate), ..Reading::sure(span) }
            }
        }
    }

    fn of_ranges(ranges: &Ranges) -> Reading {
        let Some((start, end)) = ranges.ends.first().copied() else {
            let kind = if ranges.unplaced { IssueKind::DateWithoutYear } else { IssueKind::UnreadableDate };
            return Reading::unreadable(kind);
        };
        if ranges.unplaced {
            return Reading::unreadable(IssueKind::AmbiguousDate);
        }
        let all = ranges.ends.iter().fold((start, end), |(start, end), one| (start.with(one.0), end.with(one.1)));
        let issue = (ranges.ends.len() > 1).then_some(IssueKind::AmbiguousDate);
        Reading { end: Some(End::On(all.1)), issue, ..Reading::sure(all.0) }
    }
}

/// The date of a serial of the 1900 system. Its 60 is a day that never was (1900-02-29).
pub fn from_serial(serial: f64) -> Option<Date> {
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

/// A date cell of a spreadsheet.
pub fn from_date(serial: f64) -> Reading {
    match from_serial(serial) {
        Some(day) if serial >= FIRST_SERIAL => Reading::sure(DateSpan::day(day)),
        Some(_) | None => Reading::unreadable(IssueKind::UnreadableDate),
    }
}

/// A number that stands in a date column: a serial, 20230901, 202309, 2023.9, or 9.4. A spreadsheet makes 2023.1 of
/// 2023.10 too, so that it may be either.
pub fn from_number(number: f64, context: &Context) -> Reading {
    if LIKELY_SERIALS.contains(&number) {
        return from_date(number);
    }
    let text = format!("{number}");
    let whole = Candidates::of(&text, context);
    match text.split_once('.') {
        Some((_, end)) if end.len() == 1 => Reading::of(&whole.or(Candidates::of(&format!("{text}0"), context))),
        Some(_) => Reading::of(&whole),
        None if text.len() >= 6 => Reading::of(&whole),
        None => Reading::unreadable(IssueKind::UnreadableDate),
    }
}

/// A date in text that is already NFKC and without white space at its ends: 2023-09-01, 2023.9, 9月4日, 2023.9.4-9.8.
pub fn from_text(text: &str, context: &Context) -> Reading {
    if let Some(day) = plain_day(text) {
        return Reading::sure(DateSpan::day(day));
    }
    if let Some(span) = context::whole_period(text) {
        return Reading { issue: Some(IssueKind::CoarseDate), dates: None, ..Reading::sure(span) };
    }
    // 每周三, 多次, 9月4日等
    if text.contains(['每', '各', '多', '等', '逢', '次', '几', '隔']) || text.contains("若干") {
        return Reading { dates: None, ..Reading::unreadable(IssueKind::UnreadableDate) };
    }
    let tidy = tidy::tidy(text);
    if let Some((start, end)) = open_end(&tidy) {
        let start = Reading::of(&single(start, context));
        return Reading { end: start.span.map(|_| end), ..start };
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
fn open_end(tidy: &str) -> Option<(&str, End)> {
    let joints = ['-', '~'];
    for word in ["今", "现在", "目前", "当前"] {
        if let Some(start) = tidy.strip_suffix(word).filter(|start| start.ends_with(joints)) {
            return Some((start.trim_end_matches(joints).trim_start_matches(['自', '从']), End::Now));
        }
    }
    let start = ["以来", "开始", "起"].iter().find_map(|word| tidy.strip_suffix(word));
    let start = start.map(|start| start.trim_start_matches(['自', '从']));
    let start = start.or_else(|| tidy.strip_suffix(joints)).filter(|start| !start.ends_with(joints))?;
    Some((start, End::Open))
}

fn one(tidy: &str, context: &Context) -> Reading {
    match range::parts(tidy) {
        Parts::One(date) => Reading::of(&single(date, context)),
        Parts::Two(first, second) => Reading::of_ranges(&Ranges::of(first, second, context)),
        Parts::Either(first, second) => {
            let ranges = Ranges::of(first, second, context);
            let day = Candidates::of(&tidy.replace('-', "."), context);
            match (ranges.ends.is_empty(), day.spans.as_slice()) {
                (false, []) => Reading::of_ranges(&ranges),
                (false, [day]) => {
                    let range = Reading::of_ranges(&ranges);
                    let end = range.end.map(|end| if let End::On(end) = end { End::On(end.with(*day)) } else { end });
                    let span = range.span.map(|span| span.with(*day));
                    Reading { span, end, issue: Some(IssueKind::AmbiguousDate), ..range }
                }
                // 2023.9-8 may be a day, or months that cross the year.
                (_, _) => Reading::unreadable(IssueKind::AmbiguousDate),
            }
        }
        Parts::Neither => Reading::unreadable(IssueKind::UnreadableDate),
    }
}

/// A date, or a third of a month: 2023年9月上旬. 月初 and 月底 are no days that anybody could name.
fn single(text: &str, context: &Context) -> Candidates {
    let thirds = [("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 31)];
    let Some((month, first, last)) = thirds.iter().find_map(|(word, first, last)| {
        text.strip_suffix(word).filter(|month| month.ends_with('月')).map(|month| (month, *first, *last))
    }) else {
        return Candidates::of(text, context);
    };
    let mut candidates = Candidates::of(month, context);
    for span in &mut candidates.spans {
        let day = |number: i8| Date::new(span.first.year(), span.first.month(), number.min(span.last.day()));
        if let (Ok(first), Ok(last)) = (day(first), day(last)) {
            *span = DateSpan { first, last };
        }
    }
    candidates
}

/// Several dates in one cell: 2023/9/4、9/11. The row may stand on each of them.
fn several(tidy: &str, context: &Context) -> Reading {
    let items: Vec<&str> = tidy.split('、').filter(|item| !item.is_empty()).collect();
    let dates =
        u16::try_from(items.len()).ok().filter(|_| !tidy.contains('~') && items.iter().all(|item| is_one(item)));
    let failed = |kind| Reading { dates, ..Reading::unreadable(kind) };
    let (mut before, mut all): (Option<Written>, Option<DateSpan>) = (None, None);
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
    Reading { span: all, end: None, dates, issue: Some(IssueKind::SeveralDates) }
}

/// Whether an item is one date and no range.
fn is_one(item: &str) -> bool {
    matches!(range::parts(item), Parts::One(_))
}

/// The only reading of an item, behind another one as the end of a range is behind its start.
fn item_of(item: &str, before: Option<Written>, context: &Context) -> Option<Written> {
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

#[cfg(test)]
mod tests;
