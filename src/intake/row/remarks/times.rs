//! What columns and remarks say of the time for which their rows hold: 到期日期, 学年, 聘期2019.9-2022.8.

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use sheets::Raw;

use super::column::leaf;
use crate::dictionary::{Dictionary, HeldBy, RowsAre, Table, with_hints};
use crate::intake::cell::{from_serial, shown, to_digits};
use crate::intake::row::notes::{HeldTime, RowNotes};
use crate::intake::sheet::{UnusedColumn, last_day, time_in, years_of};
use crate::model::DateSpan;

/// The years of the longest term of an appointment.
const LONGEST_TERM: i8 = 10;

/// Notes for which time a cell says that its row holds. False, and the row is possible, where it tells a batch instead of a year.
pub(super) fn read((place, by, header): (u32, HeldBy, &str), raw: &Raw<'_>, notes: &mut RowNotes) -> bool {
    if by == HeldBy::Begin {
        read_beginning(place, raw, notes);
        return true;
    }
    let before = notes.held.take();
    let own = time_said(raw, by, header).map(|span| held((place, by), span, raw));
    let own = own.or_else(|| term_of_years(raw).filter(|_| by == HeldBy::Term).map(|years| lasting(place, years, raw)));
    notes.held = match (before, own) {
        (Some(begun), Some(ended)) => Some(joined(&begun, *ended)),
        (before, own) => own.or(before.filter(|before| before.by == HeldBy::Begin)),
    };
    let is_batch = by == HeldBy::Year && notes.held.is_none() && matches!(raw, Raw::Text(_));
    if is_batch {
        notes.denied.get_or_insert(place);
    }
    !is_batch
}

/// A time of which one column says the beginning and another one the end: 聘期起, 聘期止.
fn joined(begun: &HeldTime, ended: HeldTime) -> Box<HeldTime> {
    let (is_begun, is_ended) = (begun.span.last == Date::MAX, ended.span.first == Date::MIN);
    if begun.by != HeldBy::Begin || !is_begun || !is_ended || ended.span.last < begun.span.first {
        return Box::new(ended);
    }
    let span = DateSpan { first: begun.span.first, last: ended.span.last };
    Box::new(HeldTime { by: HeldBy::Term, span, text: format!("{}—{}", begun.text, ended.text).into(), ..ended })
}

fn held((column, by): (u32, HeldBy), span: DateSpan, raw: &Raw<'_>) -> Box<HeldTime> {
    Box::new(HeldTime { column, by, span, years: None, text: shown(raw).into() })
}

/// A term of so many years from its beginning, whenever that was.
fn lasting(column: u32, years: i8, raw: &Raw<'_>) -> Box<HeldTime> {
    let always = DateSpan { first: Date::MIN, last: Date::MAX };
    Box::new(HeldTime { years: Some(years), ..*held((column, HeldBy::Term), always, raw) })
}

/// How many years a cell says that a term lasts: 三年, 聘期3年, and 3 below 聘期（年）.
fn term_of_years(raw: &Raw<'_>) -> Option<i8> {
    let years = match raw {
        Raw::Number(years) => years.to_i8()?,
        Raw::Text(text) => {
            let text = to_digits(&with_hints(text));
            let front = text.split_once('年')?.0;
            let digits = front.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            (!front[..digits].ends_with('.')).then(|| front[digits..].parse().ok())??
        }
        Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => return None,
    };
    (1..=LONGEST_TERM).contains(&years).then_some(years)
}

/// Notes a day before which a row may not hold: a school is a base from the day on which it was named one.
fn read_beginning(place: u32, raw: &Raw<'_>, notes: &mut RowNotes) {
    if notes.held.as_ref().is_some_and(|held| held.span.first > Date::MIN) {
        return;
    }
    let first = match raw {
        Raw::Date(serial) => from_serial(*serial),
        Raw::Text(text) if says_day_only(raw) => last_day(text),
        Raw::Text(_) | Raw::Number(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    };
    let Some(first) = first else { return };
    let begun = held((place, HeldBy::Begin), DateSpan { first, last: Date::MAX }, raw);
    notes.held = Some(notes.held.take().map_or_else(|| begun.clone(), |ended| joined(&begun, *ended)));
}

/// Notes a day that a column says of its row: that on which somebody retires, or, where it `begins`, one before which the row may not
/// hold. Whether it says no more than when somebody retires.
pub(super) fn read_day(
    (place, begins): (u32, bool),
    (header, rows): (&str, RowsAre),
    raw: &Raw<'_>,
    dictionary: &Dictionary,
    notes: &mut RowNotes,
) -> bool {
    if rows == RowsAre::People && read_end(place, header, raw, dictionary, notes) {
        return true;
    }
    if begins {
        read_beginning(place, raw, notes);
    }
    false
}

/// Notes the day on which somebody of a roster ends, to come or past: 退休时间. False where a cell says none.
fn read_end(place: u32, header: &str, raw: &Raw<'_>, dictionary: &Dictionary, notes: &mut RowNotes) -> bool {
    let retires = dictionary.remarks.parts.says_retirement(&leaf(header));
    let span = time_said(raw, HeldBy::End, "").filter(|_| retires && says_day_only(raw));
    let is_said = span.is_some();
    if let Some(span) = span {
        notes.held.get_or_insert_with(|| held((place, HeldBy::End), span, raw));
    }
    is_said
}

/// Whether a cell is a day or a month and nothing else.
pub(in crate::intake::row) fn says_day_only(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Date(_) => true,
        Raw::Number(month) => (1990.0..2100.0).contains(month),
        Raw::Text(text) => {
            text.starts_with("20") && text.chars().all(|c| c.is_ascii_digit() || "年月日-/. ".contains(c))
        }
        Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    }
}

/// The year in which a cell says that its row of a ledger counts: 认定年度.
pub(super) fn year_of(raw: &Raw<'_>, header: &str) -> Option<(i16, i16)> {
    time_said(raw, HeldBy::Year, header).map(|span| (span.first.year(), span.last.year()))
}

/// Notes the time of an appointment that a remark tells of: 聘期2019.9-2022.8, 2022年8月聘期届满.
pub(super) fn read_term(place: u32, text: &str, dictionary: &Dictionary, notes: &mut RowNotes) {
    let Some(by) = dictionary.remarks.parts.term_in(text).filter(|_| notes.held.is_none()) else { return };
    let raw = Raw::Text(text.into());
    let years = || term_of_years(&raw).filter(|_| by == HeldBy::Term).map(|years| lasting(place, years, &raw));
    notes.held = time_said(&raw, by, "").map(|span| held((place, by), span, &raw)).or_else(years);
}

/// Notes the time of which a remark tells that says nothing else of its row: 2024年3月调入, 2020.9-2022.8.
pub(super) fn read_since(place: u32, text: &str, dictionary: &Dictionary, notes: &mut RowNotes) {
    if notes.held.is_some() || !text.contains("20") {
        return;
    }
    let Some((by, (first, last))) = dictionary.remarks.parts.since(text).zip(time_in(text)) else { return };
    let is_end = text.starts_with(['至', '到', '截']) || text.ends_with(['止', '前']);
    let (by, span) = match () {
        () if last < Date::MAX => (HeldBy::Term, DateSpan { first, last }),
        () if is_end => (HeldBy::End, DateSpan { first: Date::MIN, last: first }),
        () => (by, DateSpan { first, last }),
    };
    notes.held = Some(held((place, by), span, &Raw::Text(text.into())));
}

/// Notes the day from which, as a remark says, the figures of a row are so: 2025年1月核定.
pub(super) fn read_figures(place: u32, text: &str, dictionary: &Dictionary, notes: &mut RowNotes) {
    if notes.held.is_some() || !text.contains("20") || !dictionary.remarks.parts.says_figures_since(text) {
        return;
    }
    let span = time_in(text).map(|(first, _)| DateSpan { first, last: Date::MAX });
    notes.held = span.map(|span| held((place, HeldBy::Begin), span, &Raw::Text(text.into())));
}

/// What a column that is not read says of the time for which its rows hold. One that may be the end itself is asked about.
pub(super) fn held_by(unused: &UnusedColumn, table: &Table, dictionary: &Dictionary) -> Option<HeldBy> {
    let end = table.roles.end.map(|end| &table.field(end).header);
    let may_be_end = || end.is_some_and(|end| unused.near.contains(end));
    let (parts, header) = (&dictionary.remarks.parts, leaf(&unused.header));
    // What an event counts for is told by its own date, unless a column says another year.
    if !table.held {
        return parts.says_year(&header).then_some(HeldBy::Year);
    }
    let by = parts.held_by(&header).filter(|_| table.at_one_time)?;
    // When somebody was appointed is heard, or asked about, or is of what stands to its left.
    (by != HeldBy::Since && (by != HeldBy::End || !may_be_end())).then_some(by)
}

/// Whether a day that is still to come, in a column that is not read, may be that on which its row begins to hold.
pub(super) fn begins(unused: &UnusedColumn, table: &Table, dictionary: &Dictionary) -> bool {
    let parts = &dictionary.remarks.parts;
    table.at_one_time && !unused.is_useless && unused.near.is_empty() && parts.may_begin(&leaf(&unused.header))
}

/// The time for which a column says that its row holds. `None` if it says none.
fn time_said(raw: &Raw<'_>, by: HeldBy, header: &str) -> Option<DateSpan> {
    let until = |last: Date| DateSpan { first: Date::MIN, last };
    let since = |first: Date| DateSpan { first, last: Date::MAX };
    match (raw, by) {
        (Raw::Date(serial), HeldBy::End) => from_serial(*serial).map(until),
        // 2023.8 is a number to a spreadsheet.
        (Raw::Number(month), HeldBy::End | HeldBy::Term) if (1990.0..2100.0).contains(month) => {
            last_day(&month.to_string()).map(until)
        }
        (Raw::Date(serial), HeldBy::Year) => from_serial(*serial).map(DateSpan::day),
        (Raw::Text(text), HeldBy::End) => last_day(text).map(until),
        (Raw::Date(serial), HeldBy::Term) => from_serial(*serial).map(until),
        (Raw::Date(serial), HeldBy::Since) => from_serial(*serial).map(since),
        (Raw::Number(month), HeldBy::Since) if (1990.0..2100.0).contains(month) => {
            last_day(&month.to_string()).map(since)
        }
        (Raw::Text(text), HeldBy::Since) => time_in(text).map(|(first, last)| DateSpan { first, last }),
        // 聘期 2023-08-31 is its end, 2022年9月起 its beginning.
        (Raw::Text(text), HeldBy::Term) => time_in(text).map(|(first, last)| {
            let begins = last < Date::MAX || text.ends_with(['起', '始']) || text.starts_with('自');
            if begins { DateSpan { first, last } } else { until(first) }
        }),
        (Raw::Text(text), HeldBy::Year) => years_under(header, text).map(|(first, last)| DateSpan { first, last }),
        (Raw::Number(year), HeldBy::Year) => {
            years_under(header, &year.to_string()).map(|(first, last)| DateSpan { first, last })
        }
        (Raw::Text(_) | Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue, _) => None,
    }
}

/// The years that a text below a header says: 2022-2023 is a school year, and 2022 is one below 学年.
fn years_under(header: &str, text: &str) -> Option<(Date, Date)> {
    let is_bare = text.chars().all(|c| !c.is_alphabetic());
    let is_span = || text.matches("20").nth(1).is_some();
    if is_bare && (header.contains("学年") || is_span()) {
        years_of(&format!("{text}学年"))
    } else {
        years_of(text)
    }
}
