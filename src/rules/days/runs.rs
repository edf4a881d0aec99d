//! Postings that follow each other: with nothing but holidays between them they are one stay, of which whole school years
//! count as years.

use crate::model::months_between;
use crate::rules::prelude::*;

/// What is taken for granted of postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// That those count which only may.
    pub maybe: bool,
    /// That each lasted as long as its dates allow.
    pub days: bool,
    /// That a school year may be over in June, and that its two terms may be those from one spring to the next winter.
    pub terms: bool,
    /// That the two terms of a school year may be spent in two schools.
    pub schools: bool,
    /// That there was no teaching on days that may have been holidays.
    pub holidays: bool,
}

impl Reading {
    pub(crate) const STRICT: Reading =
        Reading { maybe: false, days: false, terms: false, schools: false, holidays: false };
    pub(crate) const WIDE: Reading = Reading { maybe: true, days: true, terms: true, schools: true, holidays: true };
}

/// What postings are measured by.
#[derive(Clone, Copy)]
pub(crate) struct PostingTerms<'t> {
    /// Since when they count.
    pub start: Date,
    pub as_of: Date,
    /// The months that are long enough.
    pub lasting: Decimal,
    /// Whether no day from one to another is taught on.
    pub is_holiday: &'t dyn Fn(Date, Date) -> Truth,
}

/// Adds up postings in the order of their dates.
pub(super) struct Runs<'t> {
    reading: Reading,
    terms: PostingTerms<'t>,
    /// The last day so far, so that none is counted twice.
    covered: Date,
    run: Option<Run<'t>>,
}

/// Postings with nothing but holidays between them.
struct Run<'t> {
    from: Date,
    to: Date,
    /// The last day that it may have had.
    until: Date,
    months: Decimal,
    school: Option<&'t Key>,
    /// The months before it, and whether its own days are others.
    before: Decimal,
    is_apart: bool,
}

impl<'t> Runs<'t> {
    pub(super) fn new(reading: Reading, terms: PostingTerms<'t>) -> Runs<'t> {
        Runs { reading, terms, covered: terms.start.yesterday().unwrap_or(terms.start), run: None }
    }

    /// Takes a posting, by its first and last day and by those that it may have had at most; gives its last day where they were
    /// long enough with it. What follows is counted anew.
    pub(super) fn take(
        &mut self,
        (first, to): (Date, Date),
        (since, until): (Date, Date),
        school: Option<&'t Key>,
    ) -> Option<Date> {
        let from = first.max(self.covered.tomorrow().unwrap_or(self.covered));
        if from > to {
            return None;
        }
        let months = months_between(from, to);
        let run = match self.run.take() {
            Some(run) if self.is_one(&run, since, school) => Run { to, until, months: run.months + months, ..run },
            run => Run {
                from: first.max(self.terms.start),
                to,
                until,
                months,
                school,
                before: run.map_or(Decimal::ZERO, |run| run.worth(self.reading)),
                is_apart: first > self.covered,
            },
        };
        self.covered = to;
        if run.worth(self.reading) >= self.terms.lasting {
            return Some(to);
        }
        self.run = Some(run);
        None
    }

    /// Whether a posting that may begin on a day goes on with a run. From January on behind December is without a gap.
    fn is_one(&self, run: &Run<'_>, since: Date, school: Option<&Key>) -> bool {
        let gap = (run.until.tomorrow().unwrap_or(run.until), since.yesterday().unwrap_or(since));
        let is_free = match if gap.0 > gap.1 { Truth::True } else { (self.terms.is_holiday)(gap.0, gap.1) } {
            Truth::True => true,
            Truth::Unknown => self.reading.holidays,
            Truth::False => false,
        };
        is_free && (self.reading.schools || (school.is_some() && school == run.school))
    }
}

impl Run<'_> {
    /// The months until its end. A school year is a whole one.
    fn worth(&self, reading: Reading) -> Decimal {
        let years = school_years(self.from, self.to, reading.terms);
        let years = if reading.terms { years.max(calendar_years(self.from, self.to)) } else { years };
        let years = Decimal::from(years * 12);
        let years = if self.is_apart { self.before + years } else { years };
        years.max(self.before + self.months)
    }
}

/// The school years between two days, from September to July, or to June.
fn school_years(from: Date, to: Date, june: bool) -> i16 {
    let first = if from.month() <= 9 { from.year() } else { from.year() + 1 };
    let is_over = to.month() >= if june { 6 } else { 7 };
    let last = if is_over { to.year() } else { to.year() - 1 };
    (last - first).max(0)
}

/// The years between two days of a spring and an autumn term each, from March to December or January.
fn calendar_years(from: Date, to: Date) -> i16 {
    let first = if from.month() <= 3 { from.year() } else { from.year() + 1 };
    match to.month() {
        12 => (to.year() + 1 - first).max(0),
        1 => (to.year() - first).max(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{calendar_years, school_years};
    use jiff::civil::date;

    #[test]
    fn a_school_year_is_from_september_to_july_whatever_the_days() {
        assert_eq!(school_years(date(2021, 9, 30), date(2022, 7, 1), false), 1);
        assert_eq!(school_years(date(2021, 8, 1), date(2022, 8, 31), false), 1);
        assert_eq!(school_years(date(2021, 10, 1), date(2022, 7, 31), false), 0);
        assert_eq!(school_years(date(2021, 9, 1), date(2022, 6, 30), false), 0);
        assert_eq!(school_years(date(2021, 9, 1), date(2022, 6, 30), true), 1);
        assert_eq!(school_years(date(2021, 9, 1), date(2023, 7, 10), false), 2);
        assert_eq!(school_years(date(2021, 9, 1), date(2021, 9, 30), false), 0);
    }

    #[test]
    fn a_spring_and_an_autumn_term_may_be_a_year() {
        assert_eq!(calendar_years(date(2022, 2, 15), date(2023, 1, 15)), 1);
        assert_eq!(calendar_years(date(2022, 3, 31), date(2022, 12, 1)), 1);
        assert_eq!(calendar_years(date(2022, 4, 1), date(2023, 1, 15)), 0);
        assert_eq!(calendar_years(date(2022, 2, 15), date(2022, 11, 30)), 0);
        assert_eq!(calendar_years(date(2022, 3, 1), date(2023, 2, 27)), 0);
        assert_eq!(calendar_years(date(2022, 2, 15), date(2024, 1, 15)), 2);
        assert_eq!(calendar_years(date(2022, 9, 1), date(2022, 12, 31)), 0);
    }
}
