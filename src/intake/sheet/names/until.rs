//! The day until which a name or a title says that a sheet was kept: 活动台账（截至2023年12月8日）.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::years::{in_digits, years_of};
use crate::dictionary::with_hints;
use crate::model::DateSpan;

const WORDS: [&str; 2] = ["截至", "截止"];
/// What stands between such a word and its day.
const BETWEEN: [char; 8] = ['到', '至', '于', ':', '日', '期', '时', '间'];
/// What stands between the first and the last of a span.
const TO: [char; 4] = ['-', '~', '至', '到'];

/// The last day of which a sheet tells, by its name. `None` if it says none.
fn until(name: &str) -> Option<Date> {
    let text = in_digits(&with_hints(name));
    let behind = WORDS.iter().find_map(|word| Some(text.split_once(word)?.1));
    let said = behind.and_then(|behind| day_at(behind.trim_start_matches(BETWEEN)));
    said.or_else(|| range_end(&text)).or_else(|| month_end(name))
}

/// The same on a day that looks back: without its year, 截至8月 is the last August before. And the day on which the table was `made`,
/// as words before it say: 导出时间：2023-09-01.
pub fn kept_until(name: &str, made: &[String], as_of: Date) -> Option<Date> {
    until(name).or_else(|| until_month(name, as_of)).or_else(|| made_on(name, made))
}

/// The last day or month that a name says without its year, of the years that it says, or before a day.
fn until_month(name: &str, as_of: Date) -> Option<Date> {
    let text = in_digits(&with_hints(name));
    let behind = WORDS.iter().find_map(|word| Some(text.split_once(word)?.1))?;
    let (month, behind) = behind.trim_start_matches(BETWEEN).split_once('月')?;
    let month: i8 = month.parse().ok()?;
    let day = behind.split_once(['日', '号']).and_then(|(day, _)| day.parse::<i8>().ok());
    let of_year = |year: i16| match day {
        Some(day) => Date::new(year, month, day).ok(),
        None => Some(Date::new(year, month, 1).ok()?.last_of_month()),
    };
    let (first, last) = years_of(name).unwrap_or((Date::MIN, as_of));
    let is_in = |day: &Date| first <= *day && *day <= last;
    (last.year().saturating_sub(1)..=last.year()).rev().filter_map(of_year).find(is_in)
}

/// The day behind or before one of these words: 导出时间：2023-09-01, 20230901导出.
pub fn made_on(name: &str, made: &[String]) -> Option<Date> {
    let text = with_hints(name);
    made.iter().any(|word| text.contains(word.as_str())).then_some(())?;
    let has_day = |text: &&str| text.chars().filter(char::is_ascii_digit).nth(5).is_some();
    // The time of the day stands behind a blank.
    name.split_whitespace().rev().find_map(|part| {
        let part = in_digits(&with_hints(part));
        let mut years = part.rmatch_indices("20").map(|(at, _)| &part[at..]);
        years.find_map(|text| compact_day(text).or_else(|| Some(text).filter(has_day).and_then(day_at)))
    })
}

/// 20230901, and 20230901102030 with its time.
fn compact_day(text: &str) -> Option<Date> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to);
    let is_day = matches!(digits.len(), 8 | 12 | 14);
    let (year, month, day) = (part(0, 4)?.parse().ok()?, part(4, 6)?.parse().ok()?, part(6, 8)?.parse().ok()?);
    Date::new(year, month, day).ok().filter(|_| is_day)
}

/// The last day of a span of days or months with their years: 统计时间：2023年1月1日至2023年11月30日.
fn range_end(text: &str) -> Option<Date> {
    text.rmatch_indices("20").find_map(|(at, _)| {
        let front = text[..at].strip_suffix(TO)?;
        // A year alone is that of a school year: 2022-2023学年.
        let has_month =
            text[at..].get(4..)?.strip_prefix(['年', '-', '.', '/'])?.starts_with(|c: char| c.is_ascii_digit());
        (has_month && front.contains("20")).then(|| day_at(&text[at..])).flatten()
    })
}

/// The last day of the months of a year: 2023年1-11月.
fn month_end(name: &str) -> Option<Date> {
    let (first, last) = years_of(name)?;
    let (_, month) = months(name).filter(|_| first.year() == last.year())?;
    Some(Date::new(first.year(), i8::try_from(month).ok()?, 1).ok()?.last_of_month())
}

/// The first and the last month that a name says a sheet is of: 培训台账（9-12月）. `None` if it says none.
pub fn months(name: &str) -> Option<(u8, u8)> {
    let text = in_digits(&with_hints(name));
    let number = |text: &str| {
        let from = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        text[from..].parse().ok().filter(|month| (1..=12).contains(month)).map(|month: u8| (from, month))
    };
    text.match_indices('月').find_map(|(at, _)| {
        let (from, last) = number(&text[..at])?;
        let first = text[..from].strip_suffix(TO)?;
        // 1月1日至11月30日.
        let first = first.strip_suffix('日').map_or(first, |day| day.trim_end_matches(|c: char| c.is_ascii_digit()));
        let (_, first) = number(first.strip_suffix('月').unwrap_or(first))?;
        (first <= last).then_some((first, last))
    })
}

/// The only month for which a name says that its sheet is: 2023年7月培训台账. A day of a month is when it was made.
pub fn month(name: &str) -> Option<u8> {
    let text = in_digits(&with_hints(name));
    let mut named = text.match_indices('月').filter_map(|(at, _)| {
        let from = text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_day = text[at..].trim_start_matches('月').starts_with(|c: char| c.is_ascii_digit());
        text[from..at].parse().ok().filter(|month| (1..=12).contains(month) && !is_day)
    });
    named.next().filter(|_| named.next().is_none())
}

/// The last day that a text names: 2020.9-2022.8. `None` if it names none with its year.
pub(crate) fn last_day(text: &str) -> Option<Date> {
    let text = in_digits(&with_hints(text));
    text.rmatch_indices("20").find_map(|(at, _)| day_at(&text[at..]))
}

/// The time of which a text tells, by the first and the last day that it names: until the last one only where it names a span.
/// `None` if it names no day with its year.
pub(crate) fn time_in(text: &str) -> Option<(Date, Date)> {
    let digits = in_digits(&with_hints(text));
    let days: Vec<Date> = digits.match_indices("20").filter_map(|(at, _)| day_at(&digits[at..])).collect();
    let (first, last) = (days.first().copied()?, days.last().copied()?);
    let is_span = days.len() > 1 && digits.contains(TO);
    Some(if is_span { (first, last) } else { (last, Date::MAX) })
}

/// The times of which a text tells, each from the first day that it may mean: until the next day only where both are joined, else
/// for ever, or for a year where it tells of a leave that `is_short`. Empty where it names no day with its year.
pub(crate) fn times_since(text: &str, is_short: bool) -> Vec<DateSpan> {
    let digits = in_digits(&with_hints(text));
    // Of each, whether it names its end as well.
    let (mut times, mut behind): (Vec<(DateSpan, bool)>, usize) = (Vec::new(), 0);
    for (at, _) in digits.match_indices("20") {
        let text = &digits[at..];
        // Not the year of a document: 〔2022〕38号.
        let begins = text.get(4..).is_some_and(|rest| rest.starts_with(['年', '-', '.', '/']));
        let is_inside = at < behind || digits[..at].ends_with(|c: char| c.is_ascii_digit());
        let compact =
            || Some((DateSpan::day(compact_day(text)?), text.trim_start_matches(|c: char| c.is_ascii_digit())));
        let spelt = || span_at(text).filter(|_| begins).or_else(compact);
        let Some((named, rest)) = Some(()).filter(|()| !is_inside).and_then(|()| spelt()) else { continue };
        let between = digits[behind..at].trim();
        match times.last_mut().filter(|(_, ends)| !ends && !between.is_empty()) {
            Some(time) if between.trim_start_matches(TO).is_empty() => {
                *time = (DateSpan { last: named.last, ..time.0 }, true);
            }
            Some(_) | None => times.push((named, false)),
        }
        behind = digits.len() - rest.len();
    }
    let open = |last: Date| if is_short { last.saturating_add(1.year()) } else { Date::MAX };
    times.into_iter().map(|(time, ends)| if ends { time } else { DateSpan { last: open(time.last), ..time } }).collect()
}

/// The day with which a text begins: of a month or a year its last one.
fn day_at(text: &str) -> Option<Date> {
    span_at(text).map(|(named, _)| named.last)
}

/// The day, the month or the year with which a text begins, and what stands behind it.
fn span_at(text: &str) -> Option<(DateSpan, &str)> {
    let mut numbers = Vec::new();
    let (mut next, mut rest) = (Some(text), text);
    while let Some(own) = next.filter(|_| numbers.len() < 3) {
        let end = own.find(|c: char| !c.is_ascii_digit()).unwrap_or(own.len());
        // A longer number is the year of the next day: 2022.10-2022.11.
        let Ok(number) = own[..end].parse::<i16>() else { break };
        if end > 2 && !numbers.is_empty() {
            break;
        }
        numbers.push(number);
        rest = &own[end..];
        next = rest.strip_prefix(['年', '月', '-', '.', '/']);
    }
    // 2022年10月—2022年11月.
    let rest = rest.trim_start_matches(['年', '月', '日']);
    let [year, parts @ ..] = numbers.as_slice() else { return None };
    let year = Some(*year).filter(|year| (2000..2100).contains(year))?;
    let part = |at: usize| parts.get(at).and_then(|part| i8::try_from(*part).ok());
    let named = match (part(0), part(1)) {
        (None, _) => DateSpan { first: date(year, 1, 1), last: date(year, 12, 31) },
        (Some(month), None) => DateSpan::month(Date::new(year, month, 1).ok()?),
        (Some(month), Some(day)) => DateSpan::day(Date::new(year, month, day).ok()?),
    };
    Some((named, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_since_when_somebody_is_away_and_until_when_only_where_it_names_both() {
        let open = |first| vec![DateSpan { first, last: Date::MAX }];
        for text in ["2023年2月28日调离", "自2023.2.28起借调", "2023-02-28 退休", "2023/2/28"] {
            assert_eq!(times_since(text, false), open(date(2023, 2, 28)), "{text}");
        }
        assert_eq!(times_since("2023年3月退休", false), open(date(2023, 3, 1)));
        assert_eq!(times_since("2023年退休", false), open(date(2023, 1, 1)));
        let sick = DateSpan { first: date(2022, 10, 8), last: date(2022, 11, 30) };
        for text in ["2022-10-08至2022-11-30病假", "2022年10月8日—2022年11月病假"] {
            assert_eq!(times_since(text, false), [sick], "{text}");
        }
        let each = [open(date(2022, 10, 8)), open(date(2022, 11, 30))].concat();
        assert_eq!(times_since("刘洋、2022-10-08、2022-11-30", false), each);
        assert_eq!(times_since("江教办〔2022〕38号 已调离", false), []);
        let leave = DateSpan { first: date(2021, 1, 1), last: date(2022, 12, 31) };
        assert_eq!(times_since("2021年产假", true), [leave]);
        assert_eq!(times_since("2022-10-08至2022-11-30产假", true), [sick]);
    }

    #[test]
    fn a_name_says_until_when_a_sheet_was_kept() {
        for (name, last) in [
            ("2023年教研活动台账（截至2023年12月8日）", date(2023, 12, 8)),
            ("活动台账(截止到2023.12.8)", date(2023, 12, 8)),
            ("截止日期：2023-11-30", date(2023, 11, 30)),
            ("听课记录（截至2023年6月）", date(2023, 6, 30)),
            ("截至二〇二三年", date(2023, 12, 31)),
            ("统计时间：2023年1月1日至2023年11月30日", date(2023, 11, 30)),
            ("（2023.1-2023.11）", date(2023, 11, 30)),
            ("2023年1-11月活动台账", date(2023, 11, 30)),
            ("2023年1月1日至11月30日", date(2023, 11, 30)),
        ] {
            assert_eq!(until(name), Some(last), "{name}");
        }
        let made = ["导出".to_string()];
        for (name, last) in [
            ("活动台账（截至8月）", Some(date(2023, 8, 31))),
            ("活动台账（截止到12月8日）", Some(date(2022, 12, 8))),
            ("2023年活动台账（截至12月8日）", Some(date(2023, 12, 8))),
            ("2022-2023学年活动台账（截至3月）", Some(date(2023, 3, 31))),
            ("导出时间：2023-09-01 10:20", Some(date(2023, 9, 1))),
            ("活动台账_导出20230901", Some(date(2023, 9, 1))),
            ("20230901102030导出", Some(date(2023, 9, 1))),
            ("2023年活动台账导出", None),
            ("活动台账20230901", None),
            ("截至目前", None),
        ] {
            assert_eq!(kept_until(name, &made, date(2023, 11, 30)), last, "{name}");
        }
        for (text, last) in [
            ("2020.9-2022.8", date(2022, 8, 31)),
            ("2020年9月至2022年8月", date(2022, 8, 31)),
            ("2022-08-20", date(2022, 8, 20)),
            ("2020.9—2023", date(2023, 12, 31)),
        ] {
            assert_eq!(last_day(text), Some(last), "{text}");
        }
        assert_eq!(last_day("三年"), None);
        for (text, time) in [
            ("2020.9—2022.8", (date(2020, 9, 30), date(2022, 8, 31))),
            ("2024年9月聘", (date(2024, 9, 30), Date::MAX)),
            ("2018年评2021年聘", (date(2021, 12, 31), Date::MAX)),
        ] {
            assert_eq!(time_in(text), Some(time), "{text}");
        }
        assert_eq!(months("培训台账（9-12月）"), Some((9, 12)));
        assert_eq!(months("1月至6月培训"), Some((1, 6)));
        assert_eq!((months("9月培训"), months("培训台账")), (None, None));
        for name in [
            "2022-2023学年活动台账",
            "1-11月活动台账",
            "2023年活动台账",
            "截至目前",
            "截止上报",
            "截至12月8日",
            "截至2023年13月",
        ] {
            assert_eq!(until(name), None, "{name}");
        }
    }
}
