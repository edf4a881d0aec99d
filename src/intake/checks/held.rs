//! Rows that hold for another time than that of the audit, as a column says that is not read: 聘期, 到期日期, 学年.

use jiff::Span;
use jiff::civil::Date;

use super::checked::CheckedRow;
use crate::dictionary::{Dictionary, FieldId, FieldKind, HeldBy, Table, normalise};
use crate::intake::row::{DatedState, HeldTime};
use crate::intake::sheet::years_of;
use crate::model::{Cell, IssueKind, Value};

/// Makes possible a row that ended before the day on which the audit looks back, holds from a later one, or is of another year.
/// `from` is the first day of what is audited.
pub(super) fn check(table: &Table, (from, as_of): (Date, Date), checked: &mut CheckedRow<'_>, dictionary: &Dictionary) {
    let Some(HeldTime { column, by, span, years, text }) = checked.parsed.notes.held.as_deref().cloned() else {
        return;
    };
    let started = || table.roles.start.and_then(|start| checked.parsed.cell(start).date());
    // Somebody whose term is to come may be in one before it.
    let has_begun = || started().is_some_and(|start| start.last <= as_of);
    // A term that does not say when it began, began when somebody came, unless there was one before it.
    let is_past = |years: i8| {
        let begun = Some(span.first).filter(|first| *first > Date::MIN).or_else(|| Some(started()?.last));
        begun.is_some_and(|begun| begun.saturating_add(Span::new().years(years)) <= as_of)
    };
    let is_run_out = years.is_some_and(is_past);
    let is_over = is_run_out
        || match by {
            HeldBy::End => span.last < as_of,
            HeldBy::Term | HeldBy::Since => span.last < as_of || (as_of < span.first && !has_begun()),
            HeldBy::Begin => as_of < span.first,
            HeldBy::Year => span.last < from || as_of < span.first,
        };
    if !is_over || by == HeldBy::Begin && is_signed_later(column, checked, dictionary) {
        return;
    }
    checked.parsed.notes.denied.get_or_insert(column);
    checked.whole = false;
    let header = checked.layout.header(column);
    let schema = &dictionary.schema;
    let is_subject =
        [schema.staff.table, schema.institutions.table, schema.schools.table].contains(&checked.parsed.table);
    let message = message(header, is_run_out, by == HeldBy::Year && is_subject);
    checked.log.report(checked.parsed.at.cell(column), IssueKind::DeniedRow, &text, message);
}

/// What is said of a row whose time is over, of which another row may be of the audited year.
fn message(header: &str, is_run_out: bool, has_others: bool) -> String {
    let other = if has_others { "；另有核查年度的一行的，按那一行" } else { "" };
    if is_run_out {
        return format!(
            "“{header}”只写了几年，从开始的那一天算起已经满了，后来续没续不能确定，按“可能算、也可能不算”处理；续了的请在“{header}”写明起止日期，没有续的请删去这一行"
        );
    }
    format!(
        "“{header}”写的时间不在核查的时间里，这一行算不算数不能确定，按“可能算、也可能不算”处理{other}；还有效的请改正“{header}”，不算的请删去这一行"
    )
}

/// Whether a column says when something was signed of which the row says since when it holds.
fn is_signed_later(column: u32, checked: &CheckedRow<'_>, dictionary: &Dictionary) -> bool {
    let beginning = dictionary.table(checked.parsed.table).roles.beginning();
    let is_dated = beginning.is_some_and(|field| checked.parsed.cell(field).date().is_some());
    is_dated && dictionary.remarks.parts.says_signing(&normalise(checked.layout.header(column)))
}

/// Leaves open what the header of its column says to be of another year than that of the audit: 职称（2020年）. Amounts of years and what
/// took place say their own.
pub(super) fn check_headers(table: &Table, (from, as_of): (Date, Date), checked: &mut CheckedRow<'_>) {
    if !table.held || table.roles.date.is_some() || table.field_of_kind(FieldKind::Year).is_some() {
        return;
    }
    let is_told = |column: &u32| {
        let header = checked.layout.header(*column);
        let is_other = |(first, last): (Date, Date)| last < from || as_of < first;
        header.contains("20") && years_of(header).is_some_and(is_other)
    };
    for (field, column) in (0..).map(FieldId).zip(&checked.layout.columns) {
        let Some(column) = column.filter(is_told).filter(|_| may_change(table.field(field).kind)) else { continue };
        if checked.parsed.cell(field).value().is_none() {
            continue;
        }
        checked.parsed.cells[field.index()] = Cell::Unreadable;
        checked.whole = false;
        let header = checked.layout.header(column);
        let message = format!(
            "“{header}”写的年份不是核查的那一年，到核查的时候是多少不能确定，按“不能确定”处理；请填核查那一年的，并改正表头"
        );
        checked.log.report(checked.parsed.at.cell(column), IssueKind::DisagreeingCells, "", message);
    }
}

/// Whether what is so in one year may be otherwise in another.
fn may_change(kind: FieldKind) -> bool {
    match kind {
        FieldKind::Number | FieldKind::Figure | FieldKind::Flag | FieldKind::Word(_) | FieldKind::Words(_) => true,
        FieldKind::Text
        | FieldKind::Texts
        | FieldKind::Code
        | FieldKind::Person
        | FieldKind::People
        | FieldKind::Date
        | FieldKind::Year
        | FieldKind::School
        | FieldKind::Institution
        | FieldKind::Identity => false,
    }
}

/// Leaves open what was so until before, or is so from after, the day on which the audit looks back, or the year that a row is of:
/// 兼职（2024年9月起）.
pub(super) fn check_states(table: &Table, as_of: Date, checked: &mut CheckedRow<'_>) {
    let Some(beside) = checked.parsed.notes.beside.as_deref_mut() else { return };
    for DatedState { field, column, time: (first, last), text } in std::mem::take(&mut beside.dated) {
        let year = table.field_of_kind(FieldKind::Year).map(|year| checked.parsed.cell(year));
        let (from, to) = match year {
            Some(Cell::Is(Value::Year { first, last })) => (*first, (*last).min(as_of.max(*first))),
            Some(_) | None => (as_of, as_of),
        };
        if first <= to && from <= last {
            continue;
        }
        checked.parsed.cells[field.index()] = Cell::Unreadable;
        checked.whole = false;
        let header = checked.layout.header(column);
        let message = format!(
            "“{header}”括号里写的时间不在核查的时间里，“{header}”按“不能确定”处理；请写核查的那一天是什么情况，以后才有的、以前有过的请删去"
        );
        checked.log.report(checked.parsed.at.cell(column), IssueKind::DisagreeingCells, &text, message);
    }
}
