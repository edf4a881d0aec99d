//! Numbers as clerks write them: with units, full-width, in Chinese characters, as text. What is only about so is not
//! read as exact.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::number::Number;
use super::{numerals, periods};
use crate::model::IssueKind;

/// What stands behind a number and multiplies it, the largest first.
pub(super) const SCALES: [(char, u32); 4] = [('亿', 100_000_000), ('万', 10_000), ('千', 1000), ('百', 100)];

/// What brackets begin with that name a part of the number before them.
pub(super) const PARTS: [&str; 4] = ["含", "其中", "包括", "内含"];

/// A number in text that is already NFKC: `90`, `90学时`, `1,200`, `半天`, `四十`, `40(含线上10)`. `units` are characters
/// that may stand behind; where 节 is one, periods are counted.
///
/// # Errors
/// Approximate for 约40 and 几天; unreadable for all else that is no number, and below zero.
pub(super) fn from_text(text: &str, units: &str) -> Result<Number, IssueKind> {
    if let Some(number) = digits(text) {
        return Ok(Number::Exactly(number));
    }
    let compact = compact(text).ok_or(IssueKind::UnreadableNumber)?;
    let compact = with_bare_unit(&compact, units).unwrap_or(compact);
    let whole = without_thousands(without_currency(&compact, units));
    let bare = without_totals(without_parts(&whole, units), units);
    if units.contains('节')
        && let Some(number) = periods::read(bare)
    {
        return Ok(number);
    }
    if let Some(number) = exact(bare, units) {
        return Ok(Number::Exactly(number));
    }
    if let Some(number) = half_days(bare, units).or_else(|| at_least(bare, units)).or_else(|| range(bare, units)) {
        return Ok(number);
    }
    let about =
        ["约", "近", "左右", "上下", "大概", "几", "余", "多", "来", "+", "以上", "不足", "不到", "以下", "以内"];
    Err(if about.iter().any(|word| bare.contains(word)) {
        IssueKind::ApproximateNumber
    } else {
        IssueKind::UnreadableNumber
    })
}

fn digits(text: &str) -> Option<Decimal> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_whole = text.starts_with(|c: char| c.is_ascii_digit()) && !text.ends_with('.');
    if is_digits && is_whole { Decimal::from_str(text).ok() } else { None }
}

/// Without white space. `None` if some stands between two digits, which may be two numbers.
pub(crate) fn compact(text: &str) -> Option<String> {
    let mut compact = String::with_capacity(text.len());
    let mut spaced = false;
    for character in text.chars() {
        if character.is_whitespace() {
            spaced = true;
            continue;
        }
        if spaced && character.is_ascii_digit() && compact.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        spaced = false;
        compact.push(character);
    }
    Some(compact)
}

/// 1,200 as 1200. Other commas stay: 3,4节.
fn without_thousands(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let mut groups = number.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = number.contains(',') && (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if grouped { number.replace(',', "") + rest } else { text.to_string() }
}

/// Without brackets that name a part of the number or its unit: 40(含线上10), 40(节).
fn without_parts<'t>(text: &'t str, units: &str) -> &'t str {
    let Some((front, hint)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else { return text };
    let names_part = PARTS.iter().any(|word| hint.starts_with(word));
    let names_unit = !hint.is_empty() && hint.chars().all(|c| units.contains(c));
    if (names_part || names_unit) && !hint.contains(['(', ')']) { front } else { text }
}

/// An amount of money with its unit out of the brackets: 36(万元) and (万元)36 are 36万元. `None` if nothing but a unit of money
/// is not what they hold.
fn with_bare_unit(text: &str, units: &str) -> Option<String> {
    const BRACKETS: [(char, char); 4] = [('(', ')'), ('【', '】'), ('[', ']'), ('〔', '〕')];
    let (open, close) = BRACKETS.into_iter().find(|(open, close)| text.contains(*open) && text.contains(*close))?;
    let ((front, rest), is_money) = (text.split_once(open)?, units.contains('元'));
    let (hint, behind) = rest.split_once(close)?;
    let unit = hint.trim_start_matches("单位").trim_start_matches(':');
    let is_unit = |c: char| units.contains(c) || SCALES.iter().any(|(scale, _)| *scale == c);
    let number = if front.is_empty() { behind } else { front };
    let stands_alone = (front.is_empty() || behind.is_empty()) && number.ends_with(|c: char| c.is_ascii_digit());
    (is_money && stands_alone && unit.ends_with('元') && unit.chars().all(is_unit)).then(|| format!("{number}{unit}"))
}

/// Without what says that it is a total, and a unit in front: 共40节, 学时:90.
fn without_totals<'t>(text: &'t str, units: &str) -> &'t str {
    let total = ["共计", "合计", "总计", "累计", "共", "计"].iter().find_map(|word| text.strip_prefix(word));
    let rest = total.unwrap_or(text).trim_start_matches(':');
    let behind = rest.trim_start_matches(|c| units.contains(c));
    let number = behind.trim_start_matches(':');
    if behind != rest && number.starts_with(|c: char| c.is_ascii_digit()) { number } else { rest }
}

/// Without the marks of an amount of money: ¥1,200, 人民币1200元整.
fn without_currency<'t>(text: &'t str, units: &str) -> &'t str {
    if !units.contains('元') {
        return text;
    }
    let front = ["人民币", "¥", "RMB", "CNY"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    front.strip_suffix('整').unwrap_or(front)
}

/// Without the unit behind, and its 个: 40个学时.
fn without_unit<'t>(text: &'t str, units: &str) -> &'t str {
    let bare = text.trim_end_matches(|c| units.contains(c));
    if bare == text { text } else { bare.strip_suffix('个').unwrap_or(bare) }
}

fn exact(text: &str, units: &str) -> Option<Decimal> {
    let half = Decimal::new(5, 1);
    if let Some(front) = text.strip_suffix('半') {
        let whole = without_unit(front, units);
        // 一天半 and 半 are amounts; 一半 is none.
        return match whole {
            "" => front.is_empty().then_some(half),
            _ if whole == front => None,
            _ => plain(whole).filter(Decimal::is_integer).and_then(|whole| whole.checked_add(half)),
        };
    }
    let by_day = units.contains('天');
    match without_unit(text, units) {
        "无" | "没有" | "暂无" => Some(Decimal::ZERO),
        "半" => Some(half),
        "全" | "整" | "一整" if by_day => Some(Decimal::ONE),
        "半日" if by_day => Some(half),
        bare => plain(bare),
    }
}

fn plain(text: &str) -> Option<Decimal> {
    digits(text).or_else(|| numerals::value(text).map(Decimal::from)).or_else(|| scaled(text))
}

/// What 万 and 亿 make of the number before them: 1.056万 is 10560, 1亿2000万 is 120000000. `None` for 1万2, which may be two.
fn scaled(text: &str) -> Option<Decimal> {
    let (place, worth) = SCALES.into_iter().find_map(|(scale, worth)| Some((text.find(scale)?, (scale, worth))))?;
    let (front, rest) = (&text[..place], &text[place + worth.0.len_utf8()..]);
    let number = plain(front)?.checked_mul(Decimal::from(worth.1))?;
    if rest.is_empty() {
        return Some(number);
    }
    let more = plain(rest).filter(|more| more.is_integer() && *more < Decimal::from(worth.1))?;
    let is_whole = rest.chars().nth(1).is_some() && number.is_integer() && !front.contains('.');
    is_whole.then(|| number.checked_add(more)).flatten()
}

/// 2个半天: twice half a day, or two and a half.
fn half_days(text: &str, units: &str) -> Option<Number> {
    let count = plain(text.strip_suffix("个半天").filter(|_| units.contains('天'))?)?;
    let half = Decimal::new(5, 1);
    Some(Number::Between {
        low: count.checked_mul(half)?,
        high: Some(count.checked_add(half)?),
        why: IssueKind::AmbiguousNumber,
    })
}

/// 40+, 40余节, 不少于40, and 各2节, which is 2 for somebody at least.
fn at_least(text: &str, units: &str) -> Option<Number> {
    let least = ["不少于", "不低于", "至少", "超过", "多于"].iter().find_map(|word| text.strip_prefix(word));
    let each = ["每人", "每班", "每校", "各", "每"].iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = each {
        return Some(Number::Between { low: exact(rest, units)?, high: None, why: IssueKind::AmbiguousNumber });
    }
    let low = match least {
        Some(rest) => exact(rest, units)?,
        None => {
            let bare = without_unit(text, units);
            let front = bare.strip_suffix("以上").map(|front| without_unit(front, units));
            plain(front.or_else(|| bare.strip_suffix(['+', '余', '多']).map(|front| without_unit(front, units)))?)?
        }
    };
    Some(Number::Between { low, high: None, why: IssueKind::ApproximateNumber })
}

/// 3-4天 and 3~4; a bare 3-4 may be a date.
fn range(text: &str, units: &str) -> Option<Number> {
    let bare = without_unit(text, units);
    let (first, second) = bare.split_once(['-', '~', '至', '到', '—', '–'])?;
    let is_amount = bare != text || !bare.contains(['-', '—', '–']);
    let (low, high) = (plain(without_unit(first, units))?, plain(second)?);
    (is_amount && low < high).then_some(Number::Between { low, high: Some(high), why: IssueKind::ApproximateNumber })
}

#[cfg(test)]
#[path = "number_text_tests.rs"]
mod tests;
