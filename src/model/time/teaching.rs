//! The months of teaching, in which a ledger that is kept has rows.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::calendar::Calendar;
use super::term::Term;
use crate::model::Truth;

impl Calendar {
    /// Whether half of the working days of a month, given by its first day, lie in teaching weeks.
    pub fn is_teaching_month(&self, month: Date) -> bool {
        let (taught, working) = self.taught(month);
        2 * taught >= working
    }

    /// Whether a quarter of them do: a ledger that ends before such a month, or begins behind it, may lack some of it.
    pub fn has_teaching(&self, month: Date) -> bool {
        let (taught, working) = self.taught(month);
        4 * taught >= working
    }

    /// Whether no day from one to another is taught on. Where no term of the office's says so, the months with the long holidays
    /// may be without teaching.
    pub fn is_holiday(&self, first: Date, last: Date) -> Truth {
        let days = || first.series(Span::new().days(1)).take_while(|day| *day <= last);
        // No holidays are longer.
        if days().nth(100).is_some() {
            return Truth::False;
        }
        let terms: Vec<Term> = [first, last].into_iter().flat_map(|day| self.of_school_year(day)).collect();
        let is_taught = |day: Date| match self.is_teaching_day(day) {
            Some(taught) => Truth::from(taught),
            None if is_weekend(day) || !terms.iter().any(|term| term.holds_week_of(day)) => Truth::False,
            None if matches!(day.month(), 1 | 2 | 7 | 8) => Truth::Unknown,
            None => Truth::True,
        };
        !days().map(is_taught).fold(Truth::False, Truth::or)
    }

    /// The terms of the school year of a day: the office's, and those with default dates that it does not give.
    fn of_school_year(&self, day: Date) -> Vec<Term> {
        let year = if day.month() >= 8 { day.year() } else { day.year() - 1 };
        let mut terms: Vec<Term> = self.terms.iter().filter(|term| term.is_of_school_year(year)).cloned().collect();
        let is_given = |term: &Term| terms.iter().any(|given| given.start <= term.end && term.start <= given.end);
        let defaults: Vec<Term> = Term::both(year).into_iter().filter(|term| !is_given(term)).collect();
        terms.extend(defaults);
        terms
    }

    /// Of the working days of a month, how many lie in teaching weeks: of the office's terms, and of those with default dates
    /// that it does not give. And how many working days there are.
    fn taught(&self, month: Date) -> (usize, usize) {
        let terms = self.of_school_year(month);
        let working = month.series(Span::new().days(1)).take_while(|day| day.month() == month.month());
        let working: Vec<Date> = working.filter(|day| !is_weekend(*day)).collect();
        let taught = |day: &&Date| terms.iter().any(|term| term.holds_week_of(**day));
        (working.iter().filter(taught).count(), working.len())
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use jiff::civil::date;

    #[test]
    fn without_a_calendar_the_whole_months_of_teaching_are_those_between_the_holidays() {
        let calendar = Calendar::default();
        let of_2023 = (1..=12).filter(|month| calendar.is_teaching_month(date(2023, *month, 1)));
        assert_eq!(of_2023.collect::<Vec<_>>(), [3, 4, 5, 6, 9, 10, 11, 12]);
        let more = (1..=12).filter(|month| calendar.has_teaching(date(2023, *month, 1)));
        assert_eq!(more.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 9, 10, 11, 12]);
    }
}
