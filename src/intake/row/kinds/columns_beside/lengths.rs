//! How long something really lasted, as a column beside its first and last day says that is not read: 到岗天数, 实际结束日期.

use jiff::civil::Date;
use sheets::{Raw, Row};

use crate::dictionary::{Dictionary, FieldId, FieldKind, LengthWords, Table, normalise};
use crate::intake::cell::{clean, from_serial, shown, to_digits};
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::{Layout, last_day, leaf, times_since};
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// A month, a term and a year in days, none longer than it may be taken to be.
const UNITS: [(&str, f64); 4] = [("学期", 130.0), ("月", 28.0), ("年", 360.0), ("天", 1.0)];
/// Of the days between two dates five in seven are worked, and holidays lie among them; terms and months are rounded.
/// No more than so many days, and an eighth of all, need not be worked before the last one or behind the first one.
const FEW_DAYS: i32 = 40;
/// What a remark calls a time, longer words before those that they hold.
const LENGTHS: [(&str, f64); 5] =
    [("半年", 180.0), ("个学期", 150.0), ("学期", 150.0), ("个月", 30.0), ("个多月", 35.0)];
const WORKED: f64 = 0.5;
const ROUNDED: f64 = 0.85;

/// The columns of a table of what lasted which say how long it really did.
pub(in crate::intake::row::kinds) struct Lengths<'d> {
    columns: Vec<(u32, String)>,
    remarks: Vec<(u32, String)>,
    start: FieldId,
    end: FieldId,
    words: &'d LengthWords,
    /// Whether its rows say how things stand, and no remark tells when one was over.
    at_one_time: bool,
}

impl<'d> Lengths<'d> {
    /// `None` for a sheet without any, or of what takes place.
    pub(in crate::intake::row::kinds) fn of(
        layout: &Layout,
        table: &Table,
        dictionary: &'d Dictionary,
    ) -> Option<Lengths<'d>> {
        let is_of_schools = table.field_of_kind(FieldKind::School).is_some() && table.held;
        let (start, end) = (table.roles.start?, table.roles.end.filter(|_| is_of_schools)?);
        let words = &dictionary.remarks.lengths;
        let columns = layout.unused.iter().filter_map(|unused| {
            let header = leaf(&unused.header);
            let is_length = !table.at_one_time && dictionary.cells.is_length(&normalise(header));
            is_length.then(|| (unused.column, header.to_string()))
        });
        let columns: Vec<_> = columns.collect();
        let remarks: Vec<_> = layout.remark_columns().map(|(column, header)| (*column, header.clone())).collect();
        (!columns.is_empty() || !remarks.is_empty()).then_some(Lengths {
            columns,
            remarks,
            start,
            end,
            words,
            at_one_time: table.at_one_time,
        })
    }

    /// Leaves open whether a row counts that lasted less long than its dates say; false then.
    pub(in crate::intake::row::kinds) fn settle(
        &self,
        row: Row<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let began = self.settle_beginning(row, parsed, log);
        let (Some(start), Some(end)) = (parsed.cell(self.start).date(), parsed.cell(self.end).date()) else {
            return began;
        };
        let span = f64::from(start.first.until(end.last).map_or(0, |span| span.get_days()));
        let differs = |(column, header): &&(u32, String)| {
            let cell = row.cell(*column);
            cell.is_some_and(|cell| is_less(&cell.value, header, span, end.first))
        };
        let remarked = |(column, _): &&(u32, String)| match row.value(*column) {
            Some(Raw::Text(text)) => !self.at_one_time && self.says_less(&clean(text), (start.first, end.last), span),
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => false,
        };
        let found = self.columns.iter().find(differs).or_else(|| self.remarks.iter().find(remarked));
        let Some((column, header)) = found else { return began };
        let text = row.cell(*column).map(|cell| shown(&cell.value));
        let message = format!(
            "“{header}”比起止日期短，实际多长不能确定，按“可能算、也可能不算”处理；请按实际的起止日期填写，或把这一列写成“不读”"
        );
        parsed.notes.denied.get_or_insert(*column);
        log.report(parsed.at.cell(*column), IssueKind::DeniedRow, &text.unwrap_or_default(), message);
        false
    }
}

impl Lengths<'_> {
    /// Leaves open when a row began that a remark says to have begun before: 2018年9月起连续联系; false then.
    fn settle_beginning(&self, row: Row<'_>, parsed: &mut ParsedRow, log: &mut IssueLog) -> bool {
        let Some(own) = parsed.cell(self.start).date() else { return true };
        let told = self.remarks.iter().find_map(|(column, _)| match row.value(*column) {
            Some(Raw::Text(text)) => {
                let day = self.words.begun(text).then(|| last_day(text)).flatten()?;
                let first = times_since(text, false).first().map_or(day, |time| time.first);
                (day < own.first).then_some((*column, first, text))
            }
            Some(Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue) | None => None,
        });
        let Some((column, first, text)) = told else { return true };
        parsed.cells[self.start.index()] = Cell::Is(Value::Date(DateSpan { first, last: own.last }));
        let message = "这里写的开始的时间比起止日期早，从哪一天算起不能确定，按两个日期之间处理；请核对后改成一致";
        log.report(parsed.at.cell(column), IssueKind::DisagreeingCells, text.trim(), message.to_string());
        false
    }

    /// Whether a remark says that something began later, was over sooner or lasted less long than its dates say.
    fn says_less(&self, text: &str, (start, end): (Date, Date), span: f64) -> bool {
        let ends_with = |text: &str, words: &[String]| words.iter().any(|word| text.ends_with(word.as_str()));
        let within = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        let (returned, came) = (within(&self.words.returned), within(&self.words.came));
        if let Some(day) = last_day(text).filter(|_| returned != came) {
            let apart = |one: Date, other: Date| (other - one).get_days();
            let first = || times_since(text, false).first().map_or(day, |time| time.first);
            // Before the last day of a school year and behind the first one some weeks need not be worked.
            let few = FEW_DAYS.min(apart(start, end) / 8);
            return if returned {
                apart(day, end) > few && day > start
            } else {
                apart(start, first()) > few && day < end
            };
        }
        let text = to_digits(text);
        LENGTHS.iter().any(|(unit, days)| {
            text.split_once(unit).is_some_and(|(front, _)| {
                let words = front.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '两');
                let number = match &front[words.len()..] {
                    "" => 1.0,
                    "两" => 2.0,
                    digits => digits.parse().unwrap_or(f64::MAX),
                };
                (words.is_empty() || ends_with(words, &self.words.lasted)) && number * days < span * ROUNDED
            })
        })
    }
}

/// Whether a cell says that something was over sooner than its dates say.
fn is_less(raw: &Raw<'_>, header: &str, span: f64, end: Date) -> bool {
    match raw {
        Raw::Date(serial) => from_serial(*serial).is_some_and(|day| day < end),
        Raw::Number(number) => is_short(*number, header, span),
        Raw::Text(text) => {
            let text = clean(text);
            let digits: String = text.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            match digits.parse::<f64>() {
                Ok(number) if number < 1000.0 && !text.contains(['-', '/']) => {
                    is_short(number, &format!("{header}{text}"), span)
                }
                Ok(_) | Err(_) => last_day(&text).is_some_and(|day| day < end),
            }
        }
        Raw::Flag(_) | Raw::Error | Raw::NoValue => false,
    }
}

/// Whether an amount of the unit that its header names, days where it names none, is less than a span has working days.
fn is_short(number: f64, header: &str, span: f64) -> bool {
    let (unit, days) = UNITS.into_iter().find(|(unit, _)| header.contains(unit)).unwrap_or(("天", 1.0));
    let worked = if unit == "天" { WORKED } else { ROUNDED };
    number * days < span * worked
}
