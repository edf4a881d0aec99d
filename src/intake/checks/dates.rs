//! Dates that cannot be, or can hardly be: an end before its start, a life that begins after its work, the far past, the
//! time after the as-of day.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::checked::CheckedRow;
use crate::dictionary::{FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::people::Registry;
use crate::intake::row::Record;
use crate::model::{Cell, DateSpan, IssueKind, elapsed_years};

/// No record of an office in service is older.
const EARLIEST: Date = date(1950, 1, 1);
/// Hardly anyone began to work younger than this.
const YOUNGEST: u8 = 16;

/// No ledger is kept so many years ahead.
const FAR: i64 = 2;

#[derive(Debug, Default)]
pub(crate) struct DateFields {
    birth: Option<FieldId>,
    all: Vec<FieldId>,
    /// When an event was, or what lasts began.
    start: Option<FieldId>,
    end: Option<FieldId>,
    /// Whether the rows are events that are only counted.
    events: bool,
}

impl DateFields {
    pub(super) fn of(table: &Table) -> DateFields {
        let dates = (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| field.kind == FieldKind::Date);
        let birth = table.roles.birth_date;
        DateFields {
            birth,
            all: dates.map(|(place, _)| place).filter(|place| Some(*place) != birth).collect(),
            start: table.roles.beginning(),
            end: table.roles.end,
            events: table.roles.date.is_some() && !table.held,
        }
    }
}

/// Checks the dates of a row. Dates that cannot be true become unreadable.
pub(crate) fn check(fields: &DateFields, table: &Table, as_of: Date, row: &mut CheckedRow<'_>) {
    for field in &fields.all {
        let too_early = |span: &DateSpan| span.last < EARLIEST;
        if let Some(span) = row.parsed.cell(*field).date().filter(too_early) {
            let header = &table.field(*field).header;
            let message = format!("“{header}”早于1950年，应是写错了，按“不能确定”处理；请核对年份");
            row.spoil(&[*field], IssueKind::UnlikelyDate, &span, message);
        }
    }
    check_order(fields, table, row);
    check_birth(fields, table, as_of, row);
    let late = fields.start.filter(|_| fields.events).and_then(|field| Some((field, row.parsed.cell(field).date()?)));
    let far = as_of.saturating_add(FAR.years());
    if let Some((field, span)) = late.filter(|(_, span)| span.first > far) {
        let header = &table.field(field).header;
        let message = format!("“{header}”在核查截止日{as_of}之后好几年，应是写错了，按“可能在任何时段”处理；请改正");
        return row.spoil(&[field], IssueKind::UnlikelyDate, &span, message);
    }
    if let Some((field, span)) = late.filter(|(_, span)| span.first > as_of) {
        let header = &table.field(field).header;
        let message = format!("“{header}”在核查截止日{as_of}之后，这一行没有计入；如果日期写错了，请改正");
        row.report(field, IssueKind::DateAfterAsOf, &span.text(), message);
    }
}

/// An end before its start: neither is known.
fn check_order(fields: &DateFields, table: &Table, row: &mut CheckedRow<'_>) {
    let (Some(start), Some(end)) = (fields.start, fields.end) else { return };
    let (Some(from), Some(to)) = (row.parsed.cell(start).date(), row.parsed.cell(end).date()) else { return };
    if to.last < from.first {
        let (start_header, end_header) = (&table.field(start).header, &table.field(end).header);
        let message = format!("“{end_header}”早于“{start_header}”，起止都不能确定，按“可能在任何时段”处理；请改正");
        row.spoil(&[end, start], IssueKind::ReversedDates, &to, message);
    }
}

/// A birth after the as-of day, or after what the person did.
fn check_birth(fields: &DateFields, table: &Table, as_of: Date, row: &mut CheckedRow<'_>) {
    let Some((field, born)) = fields.birth.and_then(|field| Some((field, row.parsed.cell(field).date()?))) else {
        return;
    };
    let header = &table.field(field).header;
    if born.first > as_of {
        let message = format!("“{header}”在核查截止日{as_of}之后，应是写错了，按“不能确定”处理；请改正");
        return row.spoil(&[field], IssueKind::UnlikelyDate, &born, message);
    }
    let mut born_too_late = false;
    for other in &fields.all {
        let Some(span) = row.parsed.cell(*other).date() else { continue };
        let other_header = &table.field(*other).header;
        if born.first > span.last {
            let message = format!("“{other_header}”早于“{header}”，两个日期都按“不能确定”处理；请改正");
            row.spoil(&[*other], IssueKind::UnlikelyDate, &span, message);
            born_too_late = true;
        } else if elapsed_years(born.first, span.last) < YOUNGEST.into() {
            let message = format!("按“{header}”推算，“{other_header}”时不满{YOUNGEST}岁，建议核实两个日期");
            row.report(*other, IssueKind::UnlikelyDate, &span.text(), message);
        }
    }
    if born_too_late {
        row.parsed.cells[field.index()] = Cell::Unreadable;
    }
}

/// Reports a row that was before the birth of a person whom it surely names.
pub(crate) fn check_people(
    fields: &DateFields,
    (birth, latest): (FieldId, Date),
    record: &Record,
    registry: &Registry<'_>,
    log: &mut IssueLog,
) {
    let Some(start) = fields.start else { return };
    let Some(span) = record.row.cell(start).date().filter(|span| span.last < latest) else { return };
    for place in &record.people {
        let Some(person) = registry.staff.get(*place as usize) else { continue };
        if person.cell(birth).date().is_some_and(|born| span.last < born.first) {
            let message = format!("这一天{}还没有出生（花名册的“出生日期”），至少有一个日期写错；请核对", person.name);
            log.report(registry.place_in(&record.row, start), IssueKind::UnlikelyDate, &span.text(), message);
        }
    }
}

impl CheckedRow<'_> {
    /// Makes dates unreadable and reports why, at the first of them.
    fn spoil(&mut self, fields: &[FieldId], kind: IssueKind, span: &DateSpan, message: String) {
        if let Some(first) = fields.first() {
            self.report(*first, kind, &span.text(), message);
        }
        for field in fields {
            self.parsed.cells[field.index()] = Cell::Unreadable;
        }
        self.whole = false;
    }
}
