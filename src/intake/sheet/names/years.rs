//! The year that a name says a sheet is of: 2022年花名册, 花名册(2022), 2022-2023学年.

use jiff::civil::{Date, date};

use crate::dictionary::with_hints;

/// The first and the last day of the years that a name says. `None` if it says none.
pub fn years_of(name: &str) -> Option<(Date, Date)> {
    let text: Vec<char> = in_digits(&with_hints(name)).chars().collect();
    let mut place = 0;
    let mut found: Option<(Date, Date)> = None;
    while place < text.len() {
        let end = place + text[place..].iter().take_while(|c| c.is_ascii_digit()).count();
        if end == place {
            place += 1;
            continue;
        }
        if let Some((span, next)) = span_at(&text, place, end).filter(|_| !is_of_paper(&text, end)) {
            found = Some(found.map_or(span, |(first, last)| (first.min(span.0), last.max(span.1))));
            place = next.max(end);
        } else {
            place = end;
        }
    }
    found
}

/// Whether a year is that of the number of a paper: 江教办〔2022〕38号.
fn is_of_paper(text: &[char], end: usize) -> bool {
    let behind = text[end..].strip_prefix(&[')']).unwrap_or_default();
    let behind = behind.strip_prefix(&['第']).unwrap_or(behind);
    let digits = behind.iter().take_while(|c| c.is_ascii_digit()).count();
    digits > 0 && behind.get(digits) == Some(&'号')
}

/// The span that a run of digits begins, and where it ends.
fn span_at(text: &[char], start: usize, end: usize) -> Option<((Date, Date), usize)> {
    let year = year(text, start, end)?;
    let behind = |at: usize, words: &[&str]| {
        words.iter().any(|word| word.chars().eq(text[at..].iter().copied().take(word.chars().count())))
    };
    // 2022-2023学年, 2022-23学年; 2022-09 is a month.
    let joins = text.get(end).is_some_and(|c| matches!(c, '-' | '—' | '–' | '~' | '至' | '/'))
        || (behind(end, &["年至", "年-"]));
    let second = end + if behind(end, &["年"]) { 2 } else { 1 };
    let second_end = second + text.iter().skip(second).take_while(|c| c.is_ascii_digit()).count();
    let later = match second_end - second.min(second_end) {
        4 if joins => number(&text[second..second_end]),
        2 if joins => number(&text[second..second_end]).map(|short| year / 100 * 100 + short),
        _ => None,
    };
    let later = later.filter(|later| (year + 1..=year + 20).contains(later));
    let (last, at) = later.map_or((year, end), |later| (later, second_end));
    let is_school_year = behind(at, &["学年"]);
    let span = match (is_school_year, later) {
        (true, Some(last)) => (date(year, 9, 1), date(last, 8, 31)),
        (true, None) => (date(year, 9, 1), date(year + 1, 8, 31)),
        (false, _) => (date(year, 1, 1), date(last, 12, 31)),
    };
    let span = if is_open(&text[at..]) { (span.0, Date::MAX) } else { span };
    Some((span, at))
}

/// Whether what stands behind a year says that it goes on: 2019年至今, 2019年9月以来.
fn is_open(behind: &[char]) -> bool {
    let is_of_day = |c: &&char| c.is_ascii_digit() || matches!(**c, '年' | '月' | '日' | '.' | '-' | '度' | '学');
    let rest = &behind[behind.iter().take_while(is_of_day).count()..];
    ["至今", "以来", "以后", "起"].iter().any(|word| word.chars().eq(rest.iter().copied().take(word.chars().count())))
}

/// The year of a run of digits: 2022, 202209, 20220901, and 22 before 年.
fn year(text: &[char], start: usize, end: usize) -> Option<i16> {
    let behind = |word: &str| word.chars().eq(text[end..].iter().copied().take(word.chars().count()));
    match end - start {
        4 | 6 | 8 => {
            let month = if end - start > 4 { number(&text[start + 4..start + 6])? } else { 1 };
            number(&text[start..start + 4]).filter(|year| (2000..2100).contains(year) && (1..=12).contains(&month))
        }
        // 22年花名册, and not 20年教龄 or 20年以上.
        2 if behind("年") && !["年教龄", "年以", "年来", "年从"].iter().any(|word| behind(word)) => {
            number(&text[start..end]).filter(|year| (15..60).contains(year)).map(|year| 2000 + year)
        }
        _ => None,
    }
}

fn number(digits: &[char]) -> Option<i16> {
    digits.iter().collect::<String>().parse().ok()
}

/// 二〇二二年 as 2022年.
pub(super) fn in_digits(text: &str) -> String {
    const DIGITS: [&str; 10] = ["〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |c: char| DIGITS.iter().position(|digits| digits.contains(c));
    let chars: Vec<char> = text.chars().collect();
    let mut whole = String::with_capacity(text.len());
    let mut place = 0;
    while let Some(c) = chars.get(place) {
        let four: Vec<usize> = chars[place..].iter().map_while(|c| digit(*c)).take(4).collect();
        if four.len() == 4 && chars.get(place + 4) == Some(&'年') {
            whole.extend(four.iter().map(ToString::to_string));
            place += 4;
        } else {
            whole.push(*c);
            place += 1;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_read_from_a_name_however_it_is_written() {
        let whole = Some((date(2022, 1, 1), date(2022, 12, 31)));
        for name in [
            "2022年花名册",
            "花名册（2022）",
            "花名册2022",
            "花名册_20221231",
            "花名册2022.9",
            "22年花名册",
            "二〇二二年名册",
            "２０２２年度",
            "花名册2022-09",
        ] {
            assert_eq!(years_of(name), whole, "{name}");
        }
        let school = Some((date(2022, 9, 1), date(2023, 8, 31)));
        for name in
            ["2022-2023学年花名册", "2022学年花名册", "花名册（2022—2023学年）", "2022-23学年度", "2022年至2023学年"]
        {
            assert_eq!(years_of(name), school, "{name}");
        }
        for name in ["2019年至今名册", "2019-至今", "花名册（2019年9月起）", "2019年以来"] {
            assert_eq!(years_of(name), Some((date(2019, 1, 1), Date::MAX)), "{name}");
        }
        assert_eq!(years_of("2018-2022年名册"), Some((date(2018, 1, 1), date(2022, 12, 31))));
        for name in ["花名册", "江教办〔2022〕38号", "教龄20年以上名单", "第12周", "花名册(3)", "13800000000", "Sheet1"]
        {
            assert_eq!(years_of(name), None, "{name}");
        }
    }
}
