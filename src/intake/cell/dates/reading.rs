//! What a date cell says.

use super::range::Ranges;
use super::written::DateCandidates;
use crate::model::{DateSpan, IssueKind};

/// What a date cell says: a date, or two that are the ends of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateReading {
    /// None where it may be any day.
    pub span: Option<DateSpan>,
    pub end: Option<SpanEnd>,
    /// How many dates the cell names; none when there is no telling.
    pub dates: Option<u16>,
    pub issue: Option<IssueKind>,
}

/// The end of a span that a cell gives with its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanEnd {
    On(DateSpan),
    /// Left open: `2023.9-`.
    Open,
    /// Not yet come: 至今.
    Now,
}

impl DateReading {
    pub(super) fn sure(span: DateSpan) -> DateReading {
        DateReading { span: Some(span), end: None, dates: Some(1), issue: None }
    }

    pub(super) fn unreadable(issue: IssueKind) -> DateReading {
        DateReading { span: None, end: None, dates: Some(1), issue: Some(issue) }
    }

    /// All that a date can be: one, several, or a day that nothing places.
    pub(super) fn of(candidates: &DateCandidates) -> DateReading {
        match (candidates.spans.as_slice(), candidates.unplaced) {
            ([], true) => DateReading::unreadable(IssueKind::DateWithoutYear),
            ([], false) => DateReading::unreadable(IssueKind::UnreadableDate),
            ([only], false) => DateReading::sure(*only),
            ([_, ..], true) => DateReading::unreadable(IssueKind::AmbiguousDate),
            ([first, rest @ ..], false) => {
                let span = rest.iter().fold(*first, |all, one| all.with(*one));
                DateReading { issue: Some(IssueKind::AmbiguousDate), ..DateReading::sure(span) }
            }
        }
    }

    pub(super) fn of_ranges(ranges: &Ranges) -> DateReading {
        let Some((start, end)) = ranges.ends.first().copied() else {
            let kind = if ranges.unplaced { IssueKind::DateWithoutYear } else { IssueKind::UnreadableDate };
            return DateReading::unreadable(kind);
        };
        if ranges.unplaced {
            return DateReading::unreadable(IssueKind::AmbiguousDate);
        }
        let all = ranges.ends.iter().fold((start, end), |(start, end), one| (start.with(one.0), end.with(one.1)));
        let issue = (ranges.ends.len() > 1).then_some(IssueKind::AmbiguousDate);
        DateReading { end: Some(SpanEnd::On(all.1)), issue, ..DateReading::sure(all.0) }
    }
}
