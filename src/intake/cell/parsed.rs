//! What a cell was read as.

use super::dates::SpanEnd;
use crate::model::{Cell, IssueKind, Value};

/// A parsed cell, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedCell {
    pub cell: Cell,
    pub issue: Option<IssueKind>,
    /// The end of the span that a date cell gives with its start; of an end's own cell, that it has not come.
    pub end: Option<SpanEnd>,
    /// How many dates a date cell names; none when there is no telling.
    pub dates: Option<u16>,
}

pub(crate) fn known(value: Value) -> ParsedCell {
    ParsedCell { cell: Cell::Is(value), issue: None, end: None, dates: Some(1) }
}

/// What is only known in part.
pub(crate) fn doubtful(value: Value, kind: IssueKind) -> ParsedCell {
    ParsedCell { issue: Some(kind), ..known(value) }
}

pub(crate) fn unreadable(kind: IssueKind) -> ParsedCell {
    ParsedCell { cell: Cell::Unreadable, issue: Some(kind), end: None, dates: Some(1) }
}

pub(crate) fn blank(end: Option<SpanEnd>) -> ParsedCell {
    ParsedCell { cell: Cell::Blank, issue: None, end, dates: Some(1) }
}

/// A span of dates where only one date belongs: it may be any day of it.
pub fn as_one_date(parsed: ParsedCell) -> ParsedCell {
    let Some(end) = parsed.end else { return parsed };
    let cell = match (&parsed.cell, end) {
        (Cell::Is(Value::Date(start)), SpanEnd::On(end)) => Cell::Is(Value::Date(start.with(end))),
        (_, SpanEnd::On(_) | SpanEnd::Open | SpanEnd::Now) => Cell::Unreadable,
    };
    ParsedCell { cell, end: None, issue: parsed.issue.or(Some(IssueKind::DateRange)), ..parsed }
}
