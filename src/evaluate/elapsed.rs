//! Time since something: since the last row, or of service that is broken by long enough postings.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{Amount, DateSpan, Truth, elapsed_years, months_between};

/// When the last row was: the latest sure one, and the latest that may have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Last {
    sure: Option<Date>,
    possible: Option<Date>,
    /// Whether a row may have been on any day, because its date is not known.
    any_day: bool,
}

impl Last {
    /// Adds a row that ended in a span of days; none when its date is not known.
    pub fn add(&mut self, truth: Truth, ended: Option<DateSpan>) {
        match ended {
            Some(span) => {
                if truth == Truth::True {
                    self.sure = self.sure.max(Some(span.first));
                }
                self.possible = self.possible.max(Some(span.last));
            }
            None => self.any_day = true,
        }
    }

    pub fn join(&mut self, other: &Last) {
        self.sure = self.sure.max(other.sure);
        self.possible = self.possible.max(other.possible);
        self.any_day |= other.any_day;
    }

    /// Whether no row is sure, so that only the start counts.
    pub fn is_start_only(&self) -> bool {
        self.sure.is_none()
    }

    /// Years since the last row, else since the start; the upper end is open where neither is known.
    pub fn amount(&self, start: Option<DateSpan>, as_of: Date) -> Amount {
        let since = |day: Date| elapsed_years(day.min(as_of), as_of);
        let low_of = |day: Option<Date>| day.map(since);
        let high = low_of(self.sure).or(start.map(|span| since(span.first)));
        let low = match (self.any_day, self.possible, start) {
            (true, _, _) => Decimal::ZERO,
            (false, Some(possible), _) => since(possible),
            (false, None, Some(span)) => since(span.last),
            (false, None, None) => Decimal::ZERO,
        };
        Amount { low, high: high.map(|high| high.max(low)) }
    }
}

/// A posting: when it began and ended (none: not yet), and whether it surely counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub truth: Truth,
    pub start: Option<DateSpan>,
    pub end: Option<DateSpan>,
    /// Whether the end is blank, so that it still goes on.
    pub open: bool,
}

impl Stretch {
    /// Whether it goes on, on a day.
    pub fn goes_on(&self, day: Date) -> Truth {
        let began = self.start.map_or(Truth::Unknown, |span| {
            if span.first > day {
                Truth::False
            } else if span.last <= day {
                Truth::True
            } else {
                Truth::Unknown
            }
        });
        let lasts = match self.end {
            _ if self.open => Truth::True,
            Some(span) if span.first >= day => Truth::True,
            Some(span) if span.last < day => Truth::False,
            Some(_) | None => Truth::Unknown,
        };
        began.and(lasts).and(self.truth)
    }

    /// Its surest and shortest, or its possible and longest extent; none when it may not have been at all, or has
    /// no known dates.
    fn extent(&self, sure: bool, as_of: Date) -> Option<(Date, Date)> {
        if sure && self.truth != Truth::True {
            return None;
        }
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

/// Years of unbroken service since the later of the start and the last postings that add up to `lasting` months.
pub(super) fn service(stretches: &[Stretch], start: DateSpan, lasting: Decimal, as_of: Date) -> Amount {
    let reset = |sure: bool| {
        let extents = stretches.iter().filter_map(|stretch| stretch.extent(sure, as_of));
        last_reset(extents.collect(), start.first, lasting)
    };
    let since = |day: Date| elapsed_years(day.min(as_of), as_of);
    let high = since(reset(true).map_or(start.first, |day| day.max(start.first)));
    let low = since(reset(false).map_or(start.last, |day| day.max(start.last)));
    Amount { low, high: Some(high.max(low)) }
}

/// The end of the last postings since `start` that add up to so many months. Overlapping ones count once.
fn last_reset(mut extents: Vec<(Date, Date)>, start: Date, lasting: Decimal) -> Option<Date> {
    extents.sort();
    let (mut reset, mut months, mut covered) = (None, Decimal::ZERO, start.yesterday().unwrap_or(start));
    for (from, to) in extents {
        let from = from.max(covered.tomorrow().unwrap_or(covered));
        if from > to {
            continue;
        }
        months += months_between(from, to);
        covered = to;
        if months >= lasting {
            reset = Some(to);
            months = Decimal::ZERO;
        }
    }
    reset
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn posting(start: Date, end: Option<Date>, truth: Truth) -> Stretch {
        Stretch { truth, start: Some(DateSpan::day(start)), end: end.map(DateSpan::day), open: end.is_none() }
    }

    #[test]
    fn two_half_years_in_a_school_break_the_service_and_one_does_not() {
        let start = DateSpan::day(date(2015, 9, 1));
        let first = posting(date(2019, 9, 1), Some(date(2020, 2, 29)), Truth::True);
        let second = posting(date(2021, 3, 1), Some(date(2021, 8, 31)), Truth::True);
        let twelve = Decimal::from(12);
        let as_of = date(2023, 8, 31);
        let both = service(&[first.clone(), second], start, twelve, as_of);
        assert_eq!(both, Amount::exactly(Decimal::TWO));
        let one = service(&[first], start, twelve, as_of);
        assert_eq!(one.exact(), Some(Decimal::new(799, 2)));
    }

    #[test]
    fn a_posting_that_may_not_count_leaves_both_ends() {
        let start = DateSpan::day(date(2015, 9, 1));
        let maybe = posting(date(2019, 9, 1), Some(date(2020, 8, 31)), Truth::Unknown);
        let amount = service(&[maybe], start, Decimal::from(12), date(2023, 8, 31));
        assert_eq!(amount, Amount { low: Decimal::from(3), high: Some(Decimal::new(799, 2)) });
    }

    #[test]
    fn without_a_row_time_runs_from_the_start() {
        let last = Last::default();
        let start = Some(DateSpan::day(date(2020, 12, 31)));
        assert_eq!(last.amount(start, date(2023, 12, 31)), Amount::exactly(Decimal::from(3)));
        assert_eq!(last.amount(None, date(2023, 12, 31)), Amount { low: Decimal::ZERO, high: None });
    }
}
