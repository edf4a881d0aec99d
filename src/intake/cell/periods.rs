//! Lessons told by the periods of a day: 3-4节 are the third and the fourth period, two lessons; 3节 are three.

use rust_decimal::Decimal;

use super::number::Number;
use super::numerals;
use crate::model::IssueKind;

/// No school day has more periods.
const PERIODS: u32 = 12;
const PARTS_OF_DAY: [&str; 5] = ["上午", "下午", "中午", "晚上", "早上"];

/// The lessons of a text that names periods. `None` for `40` and `40节`, which name none.
pub(super) fn read(text: &str) -> Option<Number> {
    let digits = numerals::to_digits(&parted(&text.replace('两', "二"))?);
    let parts = by_part_of_day(&digits);
    match parts.as_slice() {
        [only] if *only == digits => periods(only),
        parts => {
            let lessons = parts.iter().map(|part| in_part_of_day(part)).collect::<Option<Vec<Decimal>>>()?;
            (!lessons.is_empty()).then(|| Number::Exactly(lessons.iter().sum()))
        }
    }
}

/// 第一二节 as 第一、二节; `None` for 三四节, which may be three lessons or four.
fn parted(text: &str) -> Option<String> {
    let is_digit = |c: char| "一二三四五六七八九".contains(c);
    let mut parted = String::with_capacity(text.len());
    for character in text.chars() {
        if is_digit(character) && parted.ends_with(is_digit) {
            if !text.contains('第') {
                return None;
            }
            parted.push('、');
        }
        parted.push(character);
    }
    Some(parted)
}

/// 上午2节下午1节 as 2节 and 1节; the whole text where no part of the day is named.
fn by_part_of_day(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for name in PARTS_OF_DAY {
        parts = parts.iter().flat_map(|part| part.split(name)).collect();
    }
    parts.iter().map(|part| part.trim_matches(['、', ',', ';', '和', ':'])).filter(|part| !part.is_empty()).collect()
}

/// The lessons of one part of a day: 2节, 第2节, 1-2节.
fn in_part_of_day(text: &str) -> Option<Decimal> {
    match periods(text) {
        Some(Number::Exactly(lessons)) => Some(lessons),
        Some(Number::Between { .. }) => None,
        None => text.strip_suffix("节课").or_else(|| text.strip_suffix('节'))?.parse::<u32>().ok().map(Decimal::from),
    }
}

fn periods(text: &str) -> Option<Number> {
    let (is_ordinal, named) = (text.contains('第'), text.matches('节').count());
    // 1节、2节 may be three lessons.
    if named > 1 && !is_ordinal {
        return None;
    }
    let bare = text.replace("节课", "").replace(['第', '节'], "");
    let (count, low, high) = counted(&bare)?;
    let is_one_number = bare.bytes().all(|byte| byte.is_ascii_digit());
    // 1至2节 may be one or two of them.
    let is_named = named > 0 && !bare.contains(['至', '到']);
    match (is_one_number, is_ordinal, is_named) {
        (true, false, _) => None,
        (_, true, _) | (_, _, true) => Some(Number::Exactly(count.into())),
        (false, false, false) => Some(Number::Between {
            low: count.min(low).into(),
            high: Some(count.max(high).into()),
            why: IssueKind::AmbiguousNumber,
        }),
    }
}

/// How many periods `3-4` or `1、3-4` names, and the least and most that it can mean as an amount.
fn counted(text: &str) -> Option<(u32, u32, u32)> {
    let (mut count, mut low, mut high, mut last) = (0, 0, 0, 0);
    for item in text.split(['、', ',', ';', '和']) {
        let mut ends = item.split(['-', '~', '至', '到', '—', '–', '－']);
        let first: u32 = ends.next()?.parse().ok()?;
        let second: u32 = ends.next().map_or(Ok(first), str::parse).ok()?;
        let is_range = second != first;
        if ends.next().is_some() || first <= last || second < first || second > PERIODS {
            return None;
        }
        count += second - first + 1;
        low += first;
        high += if is_range { second } else { first };
        last = second;
    }
    Some((count, low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_counted_and_a_bare_range_may_be_an_amount() {
        let exact = [
            (1, "第3节|第三节|上午第2节"),
            (2, "3-4节|第3-4节|3、4节|第一二节|第一至二节|第1节、第2节|1-2节课|上午2节|上午1-2节|上午两节"),
            (3, "第1、2、4节|上午2节下午1节|上午2节、下午1节"),
            (4, "第1至4节"),
        ];
        for (lessons, texts) in exact {
            for text in texts.split('|') {
                assert_eq!(read(text), Some(Number::Exactly(lessons.into())), "{text}");
            }
        }
        let between = |low: u32, high: u32| {
            Some(Number::Between { low: low.into(), high: Some(high.into()), why: IssueKind::AmbiguousNumber })
        };
        assert_eq!(read("3-4"), between(2, 4));
        assert_eq!(read("1-2"), between(1, 2));
        assert_eq!(read("3、4"), between(2, 7));
        assert_eq!(read("1至2节"), between(1, 2));
        assert_eq!(read("一到三节"), between(1, 3));
        for text in "40|3节||4-3节|3-40节|1节、2节|上午|上午2|上午3-4|若干节|三四节|上午一二节|3-4-5节|节|第".split('|')
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
