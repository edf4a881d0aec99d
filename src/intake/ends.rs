//! A span of dates in one cell gives the start and the end of its row, where the row has no other end.

use sheets::Raw;

use super::cells::Parsed;
use super::dates::End;
use super::issues::message;
use super::record::ParsedRow;
use crate::dictionary::{FieldId, Table};
use crate::model::{Cell, DateSpan, IssueKind, Value};

/// The fields of a table between which its rows last, and what an end that is not given means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    pub start: FieldId,
    pub end: FieldId,
    /// Rows without an end go on; those of the others happened on one day.
    lasts: bool,
    /// The end is when somebody left: a span of dates in the start does not surely say so.
    leaves: bool,
}

/// The ends that the cells of a row give, as far as they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What the start cell says of the end, with its column.
    pub by_start: Option<(End, u32)>,
    /// Whether the end cell itself says that it has not come.
    pub is_open: bool,
}

impl Ends {
    pub fn of(table: &Table) -> Option<Ends> {
        let (date, end) = (table.field_named("date"), table.field_named("end-date")?);
        let start = date.or_else(|| table.field_named("start-date"))?;
        Some(Ends { start, end, lasts: date.is_none(), leaves: table.id == "staff" })
    }

    /// Puts the end that the start cell gives into the row. What is wrong with it is returned as kind and message.
    pub fn settle(
        self,
        given: Given,
        table: &Table,
        row: &mut ParsedRow,
        raw: &Raw<'_>,
    ) -> Option<(IssueKind, String)> {
        let (end, _) = given.by_start?;
        let header = &table.field(self.start).header;
        let cell = &mut row.cells[self.end.index()];
        let conflict = || Some((IssueKind::ConflictingEnd, message(IssueKind::ConflictingEnd, header, raw)));
        match (end, &*cell) {
            (End::On(_), Cell::Blank) if given.is_open => {
                *cell = Cell::Unreadable;
                conflict()
            }
            (End::On(span), Cell::Blank) if !self.leaves => {
                *cell = Cell::Is(Value::Date(span));
                None
            }
            (End::On(_), Cell::Blank) => {
                *cell = Cell::Unreadable;
                let own = &table.field(self.end).header;
                let text = format!("“{header}”写的是一段日期，什么时候离岗不能确定；请把离岗的日期写在“{own}”一列");
                Some((IssueKind::DateRange, text))
            }
            (End::On(span), Cell::Is(Value::Date(own))) => match agreed(span, *own) {
                Some(both) => {
                    *cell = Cell::Is(Value::Date(both));
                    None
                }
                None => {
                    *cell = Cell::Is(Value::Date(span.with(*own)));
                    conflict()
                }
            },
            (End::Open | End::Now, Cell::Blank) if self.lasts => None,
            (End::Open | End::Now, Cell::Blank) => {
                *cell = Cell::Unreadable;
                let text = format!(
                    "“{header}”没有写到哪一天结束，有几天不能确定；请写明起止日期，例如 2023-09-04至2023-09-08"
                );
                Some((IssueKind::DateRange, text))
            }
            (End::Now, Cell::Is(_)) => {
                *cell = Cell::Unreadable;
                conflict()
            }
            (End::On(_) | End::Open | End::Now, Cell::Is(_) | Cell::Unreadable) => None,
        }
    }
}

/// The narrower of two dates of which one lies in the other.
fn agreed(one: DateSpan, other: DateSpan) -> Option<DateSpan> {
    match (one.holds(other), other.holds(one)) {
        (true, _) => Some(other),
        (false, true) => Some(one),
        (false, false) => None,
    }
}

/// A span of dates where only one date belongs: it may be any day of it.
pub fn as_one_date(parsed: Parsed) -> Parsed {
    let Some(end) = parsed.end else { return parsed };
    let cell = match (&parsed.cell, end) {
        (Cell::Is(Value::Date(start)), End::On(end)) => Cell::Is(Value::Date(start.with(end))),
        (_, End::On(_) | End::Open | End::Now) => Cell::Unreadable,
    };
    Parsed { cell, end: None, issue: parsed.issue.or(Some(IssueKind::DateRange)), ..parsed }
}
