//! Postings of a person in schools: how long they lasted together, and when they last were long enough.

use super::runs::{PostingTerms, Reading, Runs};
use crate::model::CellRef;
use crate::rules::prelude::*;

/// A posting: when it began and ended (`None`: not known), and whether it surely counts.
#[derive(Clone, Debug)]
pub(crate) struct Posting {
    pub truth: Truth,
    pub start: Option<DateSpan>,
    pub end: Option<DateSpan>,
    /// Whether the end is blank, so that it still goes on.
    pub open: bool,
    /// The school, if it is known.
    pub school: Option<Key>,
    /// Where its start, its end and its school stand; nowhere for a posting that nobody saw.
    pub cells: [Option<CellRef>; 3],
}

impl Posting {
    pub(crate) fn goes_on(&self, day: Date) -> Truth {
        let began = self.start.map_or(Truth::Unknown, |span| Truth::of(span.last <= day, span.first > day));
        let lasts = match self.end {
            _ if self.open => Truth::True,
            end => end.map_or(Truth::Unknown, |span| Truth::of(span.first >= day, span.last < day)),
        };
        began.and(lasts).and(self.truth)
    }

    /// Its first and last day. `None` if it does not count, or is not dated.
    pub(super) fn extent(&self, reading: Reading, as_of: Date) -> Option<(Date, Date)> {
        if !reading.maybe && self.truth != Truth::True {
            return None;
        }
        let sure = !reading.days;
        let start = self.start.map(|span| if sure { span.last } else { span.first });
        let end = match self.end {
            _ if self.open => Some(as_of),
            Some(span) => Some(if sure { span.first } else { span.last }),
            None if sure => None,
            None => Some(as_of),
        };
        let (start, end) = (start.or((!sure).then_some(Date::MIN))?, end?.min(as_of));
        (start <= end).then_some((start, end))
    }
}

/// The end of the last postings that add up to enough months. Overlapping ones count once.
pub(crate) fn last_reset(postings: &[Posting], reading: Reading, terms: PostingTerms<'_>) -> Option<Date> {
    let longest = Reading { days: true, ..reading };
    let extents =
        |posting: &Posting| Some((posting.extent(reading, terms.as_of)?, posting.extent(longest, terms.as_of)?));
    let dated = postings.iter().filter_map(|posting| Some((extents(posting)?, posting.school.as_ref())));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(extents, _)| *extents);
    let mut runs = Runs::new(reading, terms);
    dated.into_iter().filter_map(|((extent, longest), school)| runs.take(extent, longest, school)).last()
}

/// Which of the things that may be taken for granted leave it open when postings last were long enough.
pub(crate) fn in_doubt(postings: &[Posting], terms: PostingTerms<'_>) -> Reading {
    let reset = |reading| last_reset(postings, reading, terms);
    let (strict, wide) = (reset(Reading::STRICT), reset(Reading::WIDE));
    let pairs = |set: fn(&mut Reading, bool)| {
        let (mut with, mut without) = (Reading::STRICT, Reading::WIDE);
        set(&mut with, true);
        set(&mut without, false);
        [(reset(with), strict), (reset(without), wide)]
    };
    let matters = |set| pairs(set).into_iter().any(|(one, other)| one != other);
    let found = Reading {
        maybe: matters(|reading, maybe| reading.maybe = maybe),
        terms: matters(|reading, terms| reading.terms = terms),
        schools: matters(|reading, schools| reading.schools = schools),
        holidays: matters(|reading, holidays| reading.holidays = holidays),
        days: false,
    };
    // Some days more or less are asked about where nothing else is in doubt.
    let is_far = |(one, other): (Option<Date>, Option<Date>)| match (one, other) {
        (Some(one), Some(other)) => one.until(other).map_or(0, |span| span.get_days()).abs() > 31,
        (one, other) => one != other,
    };
    let days = if found == Reading::STRICT {
        strict != wide
    } else {
        pairs(|reading, days| reading.days = days).into_iter().any(is_far)
    };
    Reading { days, ..found }
}
