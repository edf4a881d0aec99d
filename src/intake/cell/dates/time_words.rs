//! Times that are told in words: years, school years, terms and months in names and titles, and where a date cell says no
//! more than that.

use jiff::civil::{Date, date};
use unicode_normalization::UnicodeNormalization;

use crate::intake::cell::numerals;
use crate::model::DateSpan;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    Span(DateSpan),
    Months(i8, i8),
}

/// A title with one of these tells when the sheet was made, or something else that is no date of its rows.
const OF_THE_SHEET: [&str; 18] = [
    "填", "制表", "制定", "审", "上报", "报送", "报出", "截至", "截止", "截", "打印", "导出", "更新", "修订", "印发",
    "说明", "根据", "注",
];

const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The days of a school year, a term or a year, where a text is nothing else: 2023-2024学年第一学期, 2023年. A term is as
/// long as the calendar of any office may make it.
pub(super) fn whole_period(text: &str) -> Option<DateSpan> {
    let text = plain(text);
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    // A birth may be long ago.
    let year = text.get(..digits)?.parse().ok().filter(|year| digits == 4 && (1900..=2100).contains(year))?;
    let (told, rest) = after_year(year, text.get(digits..)?);
    told.filter(|told| rest.is_empty() && !told.is_bare && !told.is_month).map(|told| told.span)
}

fn plain(text: &str) -> String {
    let normal: String = text.nfkc().collect();
    numerals::to_digits(&normal).chars().filter(|c| !c.is_whitespace()).collect()
}

fn year_of(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))
}

/// What a name or a title tells of when. A bare year counts in names only.
pub(super) fn mentions(text: &str, is_name: bool) -> Vec<Mention> {
    let text = plain(text);
    if OF_THE_SHEET.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut mentions = Vec::new();
    let (mut rest, mut before) = (text.as_str(), None);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        before = rest.get(..start).and_then(|skipped| skipped.chars().last()).or(before);
        let from = rest.get(start..).unwrap_or_default();
        let length = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, behind) = from.split_at(length);
        let starts_word = !before.is_some_and(|c: char| c.is_ascii_alphanumeric() || "〔[(第".contains(c));
        let (mention, next) = match (year_of(digits), month_number(digits)) {
            (Some(year), _) => {
                let (told, next) = after_year(year, behind);
                let counts = |told: &NamedTime| !told.is_bare || (is_name && starts_word);
                (told.filter(counts).map(|told| Mention::Span(told.span)), next)
            }
            (None, Some(month)) => months_after(month, behind),
            (None, None) => (year_and_month(digits).filter(|_| is_name).map(Mention::Span), behind),
        };
        mentions.extend(mention);
        before = digits.chars().last();
        rest = next;
    }
    mentions
}

/// 202309
fn year_and_month(digits: &str) -> Option<DateSpan> {
    let (year, month) = digits.split_at_checked(4)?;
    let first = Date::new(year_of(year)?, month_number(month)?, 1).ok()?;
    (month.len() == 2).then(|| DateSpan::month(first))
}

fn month_number(digits: &str) -> Option<i8> {
    digits.parse().ok().filter(|month| digits.len() <= 2 && (1..=12).contains(month))
}

/// 9月, 9-12月, 9月至12月 without a year. `None` for 9月4日.
fn months_after(month: i8, rest: &str) -> (Option<Mention>, &str) {
    let (labelled, after) = rest.strip_prefix('月').map_or((false, rest), |after| (true, after));
    if let Some((last, behind)) =
        dash(after).and_then(number).and_then(|(last, behind)| Some((month_number(last)?, behind)))
        && let Some(behind) = behind.strip_prefix('月')
    {
        let is_day = behind.starts_with(|c: char| c.is_ascii_digit());
        return ((!is_day && month <= last).then_some(Mention::Months(month, last)), behind);
    }
    let is_day = after.starts_with(|c: char| c.is_ascii_digit());
    ((labelled && !is_day).then_some(Mention::Months(month, month)), after)
}

/// What stands behind a year, and the rest of the text.
struct NamedTime {
    span: DateSpan,
    is_month: bool,
    /// The year alone, without 年.
    is_bare: bool,
}

impl NamedTime {
    fn coarse(span: DateSpan) -> Option<NamedTime> {
        Some(NamedTime { span, is_month: false, is_bare: false })
    }
}

fn after_year(year: i16, rest: &str) -> (Option<NamedTime>, &str) {
    if let Some(after) = second_year(year, rest) {
        let (is_school, after) = strip_any(after, &["学年度", "学年"]);
        let (term, after) = term_of(after, year);
        let both = DateSpan { first: date(year, 1, 1), last: date(year + 1, 12, 31) };
        return (NamedTime::coarse(term.unwrap_or(if is_school { school_year(year) } else { both })), after);
    }
    if let (true, after) = strip_any(rest, &["学年度", "学年"]) {
        let (term, after) = term_of(after, year);
        return (NamedTime::coarse(term.unwrap_or(school_year(year))), after);
    }
    if let Some(told) = season(year, rest) {
        return told;
    }
    let separated = rest.strip_prefix(['年', '.', '-', '/']);
    if let Some((digits, after)) = separated.and_then(number) {
        let (told, after) = after_month(year, digits, after);
        // 2023年9年级 is no month.
        let is_month =
            after.is_empty() || !after.starts_with(['年', '班', '级', '周', '个', '次', '所', '期', '批', '号', '组']);
        return (told.filter(|_| is_month), after);
    }
    let whole = DateSpan { first: date(year, 1, 1), last: date(year, 12, 31) };
    match strip_any(rest, &["年度", "年"]) {
        (true, after) if after.starts_with(['版', '级']) => (None, after),
        (true, after) => (NamedTime::coarse(whole), after),
        (false, after) if after.starts_with(['版', '级', '届', '号']) => (None, after),
        (false, after) => (Some(NamedTime { span: whole, is_month: false, is_bare: true }), after),
    }
}

/// 2023年秋季学期, 2023秋, 2023年上半年. 上学期 behind a year alone may be the autumn's or the spring's.
fn season(year: i16, rest: &str) -> Option<(Option<NamedTime>, &str)> {
    let (_, after) = strip_any(rest, &["年度", "年"]);
    let spans = [
        (["秋季学期", "秋季", "秋学期", "秋"].as_slice(), first_term(year)),
        (["春季学期", "春季", "春学期", "春"].as_slice(), second_term(year - 1)),
        (["上半年"].as_slice(), DateSpan { first: date(year, 1, 1), last: date(year, 6, 30) }),
        (["下半年"].as_slice(), DateSpan { first: date(year, 7, 1), last: date(year, 12, 31) }),
        (
            ["上学期", "下学期", "第1学期", "第2学期"].as_slice(),
            DateSpan { first: date(year, 1, 1), last: date(year + 1, 8, 31) },
        ),
    ];
    let rests = spans.into_iter().map(|(names, span)| (strip_any(after, names), span));
    rests.filter(|((is_named, _), _)| *is_named).map(|((_, after), span)| (NamedTime::coarse(span), after)).next()
}

/// What stands behind a year and a month: nothing, a day (which is none of the sheet's whole), or the end of a range.
fn after_month<'t>(year: i16, digits: &str, rest: &'t str) -> (Option<NamedTime>, &'t str) {
    let Some(first) = month_number(digits).and_then(|month| Date::new(year, month, 1).ok()) else {
        return (None, rest);
    };
    let (labelled, after) = rest.strip_prefix('月').map_or((false, rest), |after| (true, after));
    let month = |span| Some(NamedTime { span, is_month: true, is_bare: false });
    if labelled && let Some((_, after)) = number(after) {
        return (None, after);
    }
    let Some((end, behind)) = after.strip_prefix(['.', '/']).or_else(|| dash(after)).and_then(number) else {
        return (month(DateSpan::month(first)), after);
    };
    // 2023年9月-12月, 2023年9-12月
    if let (Some(last), Some(behind)) = (month_number(end), behind.strip_prefix('月')) {
        let is_day = behind.starts_with(|c: char| c.is_ascii_digit());
        let last = Date::new(year, last, 1).ok().filter(|last| !is_day && *last >= first);
        return (last.and_then(|last| month(DateSpan { first, last: last.last_of_month() })), behind);
    }
    // 2023年9月-2024年7月, 2023.9-2024.7
    if let Some((told, behind)) = year_of(end).map(|year| after_year(year, behind)) {
        let last = told.filter(|told| told.is_month && told.span.first >= first && told.span.is_month());
        return (last.and_then(|told| month(DateSpan { first, last: told.span.last })), behind);
    }
    (None, behind)
}

/// The rest behind the second year of 2023-2024 or 2023-24学年.
fn second_year(year: i16, rest: &str) -> Option<&str> {
    let (digits, after) = number(dash(rest)?)?;
    let is_next = year_of(digits) == Some(year + 1);
    let is_short = digits.len() == 2 && digits.parse() == Ok((year + 1) % 100) && after.starts_with("学年");
    (is_next || is_short).then_some(after)
}

/// 第一学期, 上学期, 秋季学期, -1 behind a school year.
fn term_of(rest: &str, year: i16) -> (Option<DateSpan>, &str) {
    if let (true, after) = strip_any(rest, &["第1学期", "1学期", "上学期", "秋季学期", "秋季", "秋"]) {
        return (Some(first_term(year)), after);
    }
    if let (true, after) = strip_any(rest, &["第2学期", "2学期", "下学期", "春季学期", "春季", "春"]) {
        return (Some(second_term(year)), after);
    }
    match dash(rest).and_then(number) {
        Some(("1", "")) => (Some(first_term(year)), ""),
        Some(("2", "")) => (Some(second_term(year)), ""),
        _ => (None, rest),
    }
}

/// Terms begin and end on other days in each office: from the earliest to the latest.
fn first_term(year: i16) -> DateSpan {
    DateSpan { first: date(year, 8, 15), last: date(year + 1, 2, 1).last_of_month() }
}

fn second_term(year: i16) -> DateSpan {
    DateSpan { first: date(year + 1, 1, 15), last: date(year + 1, 8, 31) }
}

fn school_year(year: i16) -> DateSpan {
    DateSpan { first: first_term(year).first, last: second_term(year).last }
}

fn strip_any<'t>(text: &'t str, prefixes: &[&str]) -> (bool, &'t str) {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).map_or((false, text), |rest| (true, rest))
}

/// The rest behind a dash or 至.
fn dash(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['-', '–', '—', '－', '~', '至', '到', '?', '_']);
    (rest.len() < text.len()).then_some(rest)
}

fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_only_a_period_is_as_long_as_any_office_may_make_it() {
        let period = |text| whole_period(text).map(|span| span.text());
        assert_eq!(period("2023-2024学年第一学期").as_deref(), Some("2023-08-15至2024-02-29"));
        assert_eq!(period("2023-2024 学年 第二学期").as_deref(), Some("2024-01-15至2024-08-31"));
        assert_eq!(period("2023年秋季学期").as_deref(), Some("2023-08-15至2024-02-29"));
        assert_eq!(period("2023-2024学年").as_deref(), Some("2023-08-15至2024-08-31"));
        assert_eq!(period("2023年").as_deref(), Some("2023-01-01至2023-12-31"));
        assert_eq!(period("2023年上半年").as_deref(), Some("2023-01-01至2023-06-30"));
        for text in ["2023", "2023年9月", "2023-09-01", "2023学年的活动", "学年", "", "2023-2024学年第三学期"]
        {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
