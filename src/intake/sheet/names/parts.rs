//! The time within its years that a name says a list is of: 2023年上半年, 2022-2023学年第一学期, 2023年秋季, 2023年3月, 20230630.

use jiff::civil::{Date, date};

use super::until::{month, months};
use super::years::{in_digits, years_of};
use crate::dictionary::with_hints;

/// The first and the last day of it, else of the years that the name says; `is_second` is whether it names the second term.
/// `None` if it says no year.
pub fn time_of(name: &str, is_second: Option<bool>) -> Option<(Date, Date)> {
    let (first, last) = years_of(name)?;
    let text = in_digits(&with_hints(name));
    let years = last.year().saturating_sub(first.year());
    let within = match (first.month() == 9, years) {
        (true, 1) => is_second.map(|is_second| term(first.year(), is_second)),
        (false, 0) => half(&text, first.year())
            .or_else(|| quarter(&text, first.year()))
            .or_else(|| Some(term(first.year() - i16::from(is_second?), is_second?)))
            .or_else(|| months_of(name, &text, first.year())),
        (_, _) => None,
    };
    Some(within.unwrap_or((first, last)))
}

/// A term of the school year that begins in a year, with the holidays behind it.
fn term(year: i16, is_second: bool) -> (Date, Date) {
    match is_second {
        false => (date(year, 9, 1), date(year + 1, 1, 31)),
        true => (date(year + 1, 2, 1), date(year + 1, 8, 31)),
    }
}

fn half(text: &str, year: i16) -> Option<(Date, Date)> {
    match (text.contains("上半年"), text.contains("下半年")) {
        (true, false) => Some((date(year, 1, 1), date(year, 6, 30))),
        (false, true) => Some((date(year, 7, 1), date(year, 12, 31))),
        (_, _) => None,
    }
}

/// The quarter that a name says: 第四季度, 4季度. `None` if it says none or several.
fn quarter(text: &str, year: i16) -> Option<(Date, Date)> {
    let (front, behind) = text.split_once("季度")?;
    let place = |numbers: &str| numbers.chars().position(|c| front.ends_with(c));
    let at = place("1234").or_else(|| place("一二三四")).filter(|_| !behind.contains("季度"))?;
    let first = Date::new(year, i8::try_from(3 * at + 1).ok()?, 1).ok()?;
    Some((first, Date::new(year, i8::try_from(3 * at + 3).ok()?, 1).ok()?.last_of_month()))
}

/// The months that a name says of its year.
fn months_of(name: &str, text: &str, year: i16) -> Option<(Date, Date)> {
    let only = || month_behind(text, year).or_else(|| month(name)).map(|month| (month, month));
    let (first, last) = months(name).or_else(only)?;
    let of = |month: u8| Date::new(year, i8::try_from(month).ok()?, 1).ok();
    Some((of(first)?, of(last)?.last_of_month()))
}

/// The month behind a year: 202309, 20230901, 2023.9, 2023年9月1日.
fn month_behind(text: &str, year: i16) -> Option<u8> {
    let (_, behind) = text.split_once(&year.to_string())?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let (rest, most) = match behind.strip_prefix(['.', '-', '/', '年']) {
        Some(rest) => (rest, digits(rest)),
        None => (behind, if matches!(digits(behind), 2 | 4) { 2 } else { 0 }),
    };
    rest.get(..most)?.parse().ok().filter(|month| (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_part_of_its_years() {
        let time = |name: &str, is_second| time_of(name, is_second).map(|(first, last)| format!("{first} {last}"));
        let cases = [
            ("2023年花名册", None, "2023-01-01 2023-12-31"),
            ("2023年上半年花名册", None, "2023-01-01 2023-06-30"),
            ("花名册（2023下半年）", None, "2023-07-01 2023-12-31"),
            ("2023年第一季度花名册", None, "2023-01-01 2023-03-31"),
            ("花名册（2023年4季度）", None, "2023-10-01 2023-12-31"),
            ("2022-2023学年第一学期联系学校", Some(false), "2022-09-01 2023-01-31"),
            ("2022学年第二学期", Some(true), "2023-02-01 2023-08-31"),
            ("2021年秋季花名册", Some(false), "2021-09-01 2022-01-31"),
            ("2022年春季花名册", Some(true), "2022-02-01 2022-08-31"),
            ("2023年1月花名册", None, "2023-01-01 2023-01-31"),
            ("花名册20220901", None, "2022-09-01 2022-09-30"),
            ("花名册202206", None, "2022-06-01 2022-06-30"),
            ("花名册2022.9", None, "2022-09-01 2022-09-30"),
            ("花名册（2023年9月1日）", None, "2023-09-01 2023-09-30"),
            ("2023年1-11月花名册", None, "2023-01-01 2023-11-30"),
            ("花名册2023(1)", None, "2023-01-01 2023-12-31"),
            ("2022-2024年花名册", None, "2022-01-01 2024-12-31"),
        ];
        for (name, is_second, expected) in cases {
            assert_eq!(time(name, is_second).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(time("花名册", None), None);
    }
}
