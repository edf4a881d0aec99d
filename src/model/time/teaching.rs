//! The months of teaching, in which a ledger that is kept has rows.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::calendar::Calendar;
use super::term::Term;

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

    /// Of the working days of a month, how many lie in teaching weeks: of the office's terms, and of those with default dates
    /// that it does not give. And how many working days there are.
    fn taught(&self, month: Date) -> (usize, usize) {
        let year = if month.month() >= 8 { month.year() } else { month.year() - 1 };
        let mut terms: Vec<Term> = self.terms.iter().filter(|term| term.is_of_school_year(year)).cloned().collect();
        let is_given = |term: &Term| terms.iter().any(|given| given.start <= term.end && term.start <= given.end);
        let defaults: Vec<Term> = Term::both(year).into_iter().filter(|term| !is_given(term)).collect();
        terms.extend(defaults);
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
