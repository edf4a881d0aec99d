//! A span of dates in one cell gives the start and the end of its row, where the row has no other end.

use sheets::{Raw, Row};

use super::record::ParsedRow;
use crate::dictionary::{Dictionary, FieldId, Table, TableId};
use crate::intake::cell::{ParsedCell, SpanEnd, message, shown};
use crate::intake::issues::IssueLog;
use crate::model::{Cell, DateSpan, IssueKind, RowLength, Value};

/// The fields of a table between which its rows last, and what an end that is not given means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EndFields {
    pub start: FieldId,
    pub end: FieldId,
    /// Rows without an end go on; those of the others happened on one day.
    lasts: bool,
    /// The end is when somebody left: a span of dates in the start does not surely say so.
    leaves: bool,
    /// Rows say how things stand: a span of months holds through the last day of its last one.
    stands: bool,
}

/// The ends that the cells of a row give, as far as they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GivenEnd {
    /// What the start cell says of the end, with its column.
    pub by_start: Option<(SpanEnd, u32)>,
    /// Whether the end cell itself says that it has not come.
    pub is_open: bool,
    /// Whether what stands in the end cell is no date.
    pub is_garbled: bool,
}

impl GivenEnd {
    /// Takes what the cell of a field, in a column, says of the end.
    pub(super) fn take(&mut self, read: &ParsedCell, (field, column): (FieldId, u32), ends: EndFields) {
        match read.end {
            Some(end) if ends.start == field => self.by_start = Some((end, column)),
            Some(_) if ends.end == field => self.is_open = true,
            None if ends.end == field => self.is_garbled = read.is_garbled(),
            Some(_) | None => {}
        }
    }
}

impl EndFields {
    pub(super) fn of(id: TableId, dictionary: &Dictionary) -> Option<EndFields> {
        let roles = &dictionary.table(id).roles;
        let (start, end) = (roles.beginning()?, roles.end?);
        let leaves = id == dictionary.schema.staff.table;
        let stands = !leaves && dictionary.table(id).at_one_time;
        Some(EndFields { start, end, lasts: roles.date.is_none(), leaves, stands })
    }

    /// Lets a row of which one date can be read and the other is garbled be of any length.
    fn stretch(self, given: GivenEnd, row: &mut ParsedRow) {
        let start_is_garbled = *row.cell(self.start) == Cell::Unreadable && row.cell(self.end).date().is_some();
        if !self.lasts && (given.is_garbled || start_is_garbled) {
            row.length = Some(RowLength::Any);
        }
    }

    /// Gives the row the end that its start cell has; false when something is wrong with it.
    pub(super) fn settle_row(
        self,
        row: Row<'_>,
        given: GivenEnd,
        table: &Table,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        self.stretch(given, parsed);
        let by_start = given.by_start.and_then(|(_, column)| Some((column, row.cell(column)?)));
        let issue =
            by_start.and_then(|(column, cell)| Some((column, cell, self.settle(given, table, parsed, &cell.value)?)));
        self.fill_months(parsed);
        let Some((column, cell, (kind, message))) = issue else { return true };
        log.report(parsed.at.cell(column), kind, &shown(&cell.value), message);
        false
    }

    /// Lets what stands from one month to another one stand to the end of it.
    fn fill_months(self, parsed: &mut ParsedRow) {
        let month = |field| parsed.cell(field).date().filter(DateSpan::is_month);
        if let (true, Some(_), Some(end)) = (self.stands, month(self.start), month(self.end)) {
            parsed.cells[self.end.index()] = Cell::Is(Value::Date(DateSpan::day(end.last)));
        }
    }

    /// Puts the end that the start cell gives into the row. What is wrong with it is returned as kind and message.
    fn settle(self, given: GivenEnd, table: &Table, row: &mut ParsedRow, raw: &Raw<'_>) -> Option<(IssueKind, String)> {
        let header = &table.field(self.start).header;
        let is = |span: DateSpan| Cell::Is(Value::Date(span));
        let conflict = || Some((IssueKind::ConflictingEnd, message(IssueKind::ConflictingEnd, header, raw)));
        let range = |text: String| Some((IssueKind::DateRange, format!("“{header}”{text}")));
        let (cell, issue) = match (given.by_start?.0, row.cell(self.end)) {
            (SpanEnd::On(_), Cell::Blank) if given.is_open => (Cell::Unreadable, conflict()),
            (SpanEnd::On(_), Cell::Blank | Cell::Absent) if self.leaves => {
                let own = &table.field(self.end).header;
                let text = format!("写的是一段日期，什么时候离岗不能确定；请把离岗的日期写在“{own}”一列");
                (Cell::Unreadable, range(text))
            }
            (SpanEnd::On(span), Cell::Blank | Cell::Absent) => (is(span), None),
            (SpanEnd::On(span), Cell::Is(Value::Date(own))) => match agreed(span, *own) {
                Some(both) => (is(both), None),
                None => (is(span.with(*own)), conflict()),
            },
            (SpanEnd::Open | SpanEnd::Now, Cell::Blank | Cell::Absent) if !self.lasts => {
                let text = "没有写到哪一天结束，有几天不能确定；请写明起止日期，例如 2023-09-04至2023-09-08";
                (Cell::Unreadable, range(text.to_string()))
            }
            (SpanEnd::Open | SpanEnd::Now, Cell::Absent) => (Cell::Blank, None),
            (SpanEnd::Now, Cell::Is(_)) => (Cell::Unreadable, conflict()),
            (SpanEnd::Perhaps, Cell::Blank) if self.lasts && !self.leaves && !given.is_open => {
                (Cell::Unreadable, range(perhaps_over(&table.field(self.end).header)))
            }
            (
                SpanEnd::On(_) | SpanEnd::Open | SpanEnd::Now | SpanEnd::Perhaps,
                Cell::Absent | Cell::Blank | Cell::Is(_) | Cell::Unreadable,
            ) => {
                return None;
            }
        };
        row.cells[self.end.index()] = cell;
        issue
    }
}

/// What is said of a start that tells a school year or a term, where no end is written.
fn perhaps_over(end: &str) -> String {
    format!(
        "写的是一段时间，“{end}”空着，是只有这一段还是以后一直在，不能确定；请在“{end}”写明到哪一天，还没有结束的写“至今”"
    )
}

/// The narrower of two dates of which one lies in the other.
fn agreed(one: DateSpan, other: DateSpan) -> Option<DateSpan> {
    match (one.holds(other), other.holds(one)) {
        (true, _) => Some(other),
        (false, true) => Some(one),
        (false, false) => None,
    }
}
