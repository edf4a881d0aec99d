//! The term that a topic names: 2023学年第一学期, 2023年秋季学期, 上学期.

use jiff::civil::{Date, date};

use crate::dictionary::with_hints;
use crate::intake::cell::to_digits;
use crate::intake::sheet::years_of;
use crate::model::DateSpan;

const FIRST: [&str; 5] = ["第1学期", "秋季", "秋学期", "上学期", "上期"];
/// The term or the school year before that of the day, whichever that is.
const LAST: [&str; 5] = ["上学年", "上一学年", "上个学年", "上一学期", "上个学期"];
const SECOND: [&str; 5] = ["第2学期", "春季", "春学期", "下学期", "下期"];

/// What ends in a character of such a word: 线上期末监测.
const HARMLESS: [&str; 5] = ["线上", "线下", "网上", "以上", "以下"];

/// What ends a term: 期末质量监测.
const ENDING: &str = "期末";

/// Whether a text names the second term of a school year, and not the first one. `None` if it names none, or both.
pub fn names_second_term(text: &str) -> Option<bool> {
    let text = HARMLESS.iter().fold(to_digits(&with_hints(text)), |text, word| text.replace(word, ""));
    let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (is_first, is_second) = (names(&FIRST), names(&SECOND));
    (is_first != is_second).then_some(is_second)
}

/// The term that a topic says it is for, as the usual calendar has it. `None` if it names none, or may mean two.
pub(super) fn term_in(topic: &str, own: DateSpan) -> Option<DateSpan> {
    if LAST.iter().any(|word| topic.contains(word)) {
        return Some(before(own, topic.contains("学年")));
    }
    let second = names_second_term(topic);
    // What ends a term may be put off to the first weeks of the next one.
    if second.is_none() && topic.contains(ENDING) && is_early(own) {
        return Some(before(own, false));
    }
    let is_second = second?;
    let text = to_digits(&with_hints(topic));
    let term = |year: i16| if is_second { second_term(year) } else { first_term(year) };
    match years_of(&text).filter(|_| !text.contains("年版")) {
        Some((first, last)) => school_year(first, last, &text, is_second).map(term),
        None => {
            // The last term is the first one, or the one before that of the day; the next one is to come.
            let is_of_autumn = own.first.month() >= 9 || own.first.month() == 1;
            let may_be_another = ["上学期", "上期", "下学期", "下期"].iter().any(|word| text.contains(word));
            let year = own.first.year();
            let begun = (year - 2..=year).rev().map(term).find(|term| begins(*term) <= own.last);
            begun.filter(|_| !(may_be_another && is_of_autumn))
        }
    }
}

/// Whether a day lies in the first weeks of a term.
fn is_early(own: DateSpan) -> bool {
    let day = own.first;
    matches!((day.month(), day.day()), (2, _) | (3, 1..=10) | (8, 20..) | (9, 1..=20))
}

/// The term, or all of the school year, before that of a day.
fn before(own: DateSpan, is_year: bool) -> DateSpan {
    let day = own.first;
    let (first, second) = match day.month() {
        8..=12 => (first_term(day.year() - 1), second_term(day.year() - 1)),
        1 => (first_term(day.year() - 2), second_term(day.year() - 2)),
        _ if is_year => (first_term(day.year() - 2), second_term(day.year() - 2)),
        _ => (first_term(day.year() - 1), first_term(day.year() - 1)),
    };
    if is_year { DateSpan { first: first.first, last: second.last } } else { second }
}

/// The year in which the school year begins. Behind a year alone only a season tells which one it is.
fn school_year(first: Date, last: Date, text: &str, is_second: bool) -> Option<i16> {
    let is_season = text.contains('秋') || text.contains('春');
    match (last.year() - first.year(), first.month() == 1) {
        (1, _) => Some(first.year()),
        (0, true) if is_season => Some(if is_second { first.year() - 1 } else { first.year() }),
        _ => None,
    }
}

/// Some weeks before the first lesson, what is for a term may be done.
fn begins(term: DateSpan) -> Date {
    term.first.saturating_sub(jiff::Span::new().days(17))
}

fn first_term(year: i16) -> DateSpan {
    DateSpan { first: date(year, 8, 15), last: date(year + 1, 1, 31) }
}

fn second_term(year: i16) -> DateSpan {
    DateSpan { first: date(year + 1, 2, 1), last: date(year + 1, 8, 31) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_names_a_term_with_its_year_or_the_last_one_that_began() {
        let told = |topic: &str, (year, month, day)| term_in(topic, DateSpan::day(date(year, month, day)));
        let (autumn, spring) = (Some(first_term(2023)), Some(second_term(2023)));
        for (topic, day, term) in [
            ("2023学年第一学期蹲点调研报告", (2024, 3, 20), autumn),
            ("2023-2024学年第二学期质量监测", (2023, 11, 1), spring),
            ("2023年秋季学期蹲点调研报告", (2024, 3, 20), autumn),
            ("2024年春季学期质量监测", (2024, 3, 20), spring),
            ("上学期蹲点调研工作报告", (2024, 3, 20), autumn),
            ("第一学期期末质量监测", (2024, 3, 5), autumn),
            ("上期期末质量监测", (2024, 3, 5), autumn),
            ("2023-2024学年下期期末质量监测", (2024, 6, 5), spring),
            ("第二学期期末质量监测", (2024, 6, 5), spring),
            ("上一学期期末质量监测", (2024, 9, 5), spring),
            ("上个学期期末质量监测", (2024, 3, 5), autumn),
            ("期末质量监测", (2024, 2, 27), autumn),
            ("上学年质量监测", (2024, 9, 5), Some(DateSpan { first: date(2023, 8, 15), last: date(2024, 8, 31) })),
        ] {
            assert_eq!(told(topic, day), term, "{topic}");
        }
        for topic in
            ["上学期调研报告", "蹲点调研报告", "2023年第一学期报告", "第一学期、第二学期质量监测对比", "线上期末监测"]
        {
            assert_eq!(told(topic, (2023, 11, 1)), None, "{topic}");
        }
    }
}
