//! A ledger by month, and what of a window it does not cover.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::dictionary::Dense;
use crate::model::{Calendar, DateSpan, Per, Window};

/// In this month a school year is over, and the next one may have begun.
const SUMMER: i8 = 7;

/// The rows of a ledger by month.
#[derive(Clone, Debug, Default)]
pub(in crate::evaluate) struct LedgerMonths {
    /// By the months since the year 0.
    pub(in crate::evaluate) rows: BTreeMap<i32, u32>,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
    /// The only calendar year that the names of its sheets say.
    pub(super) named: Option<i16>,
    /// The calendar years of which it is made of books, by their names and rows.
    years: BTreeSet<i16>,
}

impl LedgerMonths {
    pub(super) fn add(&mut self, span: DateSpan) {
        *self.rows.entry(month_of(span.first)).or_default() += 1;
        self.first = Some(self.first.map_or(span.first, |first| first.min(span.first)));
        self.last = self.last.max(Some(span.last));
    }

    pub(super) fn join(&mut self, other: &LedgerMonths) {
        for (month, rows) in &other.rows {
            *self.rows.entry(*month).or_default() += rows;
        }
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        self.named = self.named.or(other.named);
    }

    /// Joins the rows of a book, which may be that of a calendar year.
    pub(super) fn join_book(&mut self, book: &LedgerMonths) {
        self.join(book);
        self.years.extend(book.named.filter(|year| book.first.is_some_and(|first| first.year() == *year)));
    }

    pub(in crate::evaluate) fn ends(&self) -> Option<(Date, Date)> {
        self.first.zip(self.last)
    }

    /// The spans of a window, until the as-of day, that the ledger does not cover. An as-of window looks back without end.
    pub(in crate::evaluate) fn gaps(
        &self,
        dense: Dense,
        window: &Window,
        as_of: Date,
        calendar: &Calendar,
    ) -> Vec<DateSpan> {
        let end = window.end.min(as_of);
        if window.per == Per::AsOf {
            return self.gaps_until(dense, end, calendar);
        }
        if end < window.start {
            return Vec::new();
        }
        match dense {
            Dense::Month => {
                let span = DateSpan { first: window.start, last: end };
                let is_term = window.per == Per::Term;
                // A term that ends in the middle of a month is over then: what it has of the month is asked for.
                let whole = if is_term && window.end <= as_of { whole_months(span) } else { span };
                self.months_without(span, whole, is_term, calendar)
            }
            // Not yet is no gap.
            Dense::Year if window.end > as_of => Vec::new(),
            Dense::Year if self.has_rows(window.start, end) => self.behind_school_year(end).into_iter().collect(),
            Dense::Year => vec![DateSpan { first: window.start, last: end }],
        }
    }

    fn has_rows(&self, first: Date, last: Date) -> bool {
        self.rows.range(month_of(first)..=month_of(last)).next().is_some()
    }

    /// What lies behind books that begin in the second half of a year and end by the summer of a later one: they are of school
    /// years, so that the autumn may stand in the next one. A book of that calendar year is none of them.
    fn behind_school_year(&self, end: Date) -> Option<DateSpan> {
        let (first, last) = self.ends()?;
        let year = last.year();
        let is_school_year = first.year() < year
            && first.month() >= SUMMER
            && last.month() <= SUMMER
            && self.has_rows(date(year - 1, SUMMER + 1, 1), date(year - 1, 11, 30))
            && !self.years.contains(&year);
        let behind = last.last_of_month().tomorrow().ok()?;
        (is_school_year && date(year, SUMMER + 1, 31) < end).then_some(DateSpan { first: behind, last: end })
    }

    /// What lies before the first row, and what is missing since.
    fn gaps_until(&self, dense: Dense, end: Date, calendar: &Calendar) -> Vec<DateSpan> {
        let Some((first, last)) = self.ends().filter(|(first, _)| *first <= end) else {
            return vec![DateSpan { first: Date::MIN, last: end }];
        };
        let begun = match dense {
            Dense::Month => first.first_of_month(),
            Dense::Year => first,
        };
        let before = DateSpan { first: Date::MIN, last: begun.yesterday().unwrap_or(begun) };
        let since = match dense {
            Dense::Month => {
                let span = DateSpan { first: begun, last: end };
                self.months_without(span, span, false, calendar)
            }
            Dense::Year => self.years_without(first.year(), last, end),
        };
        std::iter::once(before).chain(since).collect()
    }

    /// The calendar years behind the first one that have no row, and what is more than a year behind the last row.
    fn years_without(&self, first: i16, last: Date, end: Date) -> Vec<DateSpan> {
        let year = |year: i16| DateSpan { first: date(year, 1, 1), last: date(year, 12, 31) };
        let empty = (first + 1..last.year()).map(year).filter(|year| !self.has_rows(year.first, year.last));
        let behind = last.checked_add(jiff::Span::new().years(1)).ok().filter(|behind| *behind < end);
        empty.chain(behind.map(|behind| DateSpan { first: behind, last: end })).collect()
    }

    /// Of a span the months of teaching that lie wholly in `whole` and have no row, or, where none does, the months that it
    /// touches. Of a term, a month with some teaching is asked for too that lies before the first row or behind the last one.
    fn months_without(&self, span: DateSpan, whole: DateSpan, is_term: bool, calendar: &Calendar) -> Vec<DateSpan> {
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        let months =
            std::iter::successors(Some(span.first.first_of_month()), next).take_while(|month| *month <= span.last);
        let months: Vec<DateSpan> = months.map(DateSpan::month).collect();
        let is_empty = |month: &DateSpan| !self.rows.contains_key(&month_of(month.first));
        if !months.iter().any(is_empty) {
            return Vec::new();
        }
        let is_outside =
            |month: &DateSpan| self.ends().is_none_or(|(first, last)| month.last < first || last < month.first);
        let is_taught = |month: &DateSpan| {
            calendar.is_teaching_month(month.first)
                || (is_term && is_outside(month) && calendar.has_teaching(month.first))
        };
        let is_asked = |month: &&DateSpan| whole.holds(**month) && is_taught(month);
        let asked: Vec<&DateSpan> = months.iter().filter(is_asked).collect();
        let asked = if asked.is_empty() { months.iter().collect() } else { asked };
        let empty = asked.into_iter().filter(|month| is_empty(month));
        let within =
            |month: &DateSpan| DateSpan { first: month.first.max(span.first), last: month.last.min(span.last) };
        empty.map(within).collect()
    }
}

/// The months that a span touches.
fn whole_months(span: DateSpan) -> DateSpan {
    DateSpan { first: span.first.first_of_month(), last: span.last.last_of_month() }
}

/// The months since the year 0.
pub(super) fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

#[cfg(test)]
mod tests {
    use super::LedgerMonths;
    use crate::dictionary::Dense;
    use crate::evaluate::in_words;
    use crate::model::{Calendar, DateSpan, Per, Window};
    use jiff::civil::{Date, date};

    fn ledger(days: &[Date]) -> LedgerMonths {
        let mut months = LedgerMonths::default();
        days.iter().for_each(|day| months.add(DateSpan::day(*day)));
        months
    }

    fn gaps(ledger: &LedgerMonths, dense: Dense, (start, end): (Date, Date), as_of: Date) -> String {
        let window = Window { per: Per::Year, label: String::new(), start, end };
        in_words(&ledger.gaps(dense, &window, as_of, &Calendar::default()))
    }

    const YEAR: (Date, Date) = (date(2023, 1, 1), date(2023, 12, 31));

    #[test]
    fn each_month_of_teaching_must_have_a_row() {
        let whole: Vec<Date> = [3, 4, 5, 6, 9, 10, 11, 12].map(|month| date(2023, month, 28)).to_vec();
        assert_eq!(gaps(&ledger(&whole), Dense::Month, YEAR, YEAR.1), "");
        assert_eq!(gaps(&ledger(&whole[..4]), Dense::Month, YEAR, YEAR.1), "2023年9月至12月");
        assert_eq!(gaps(&ledger(&whole[..4]), Dense::Month, YEAR, date(2023, 9, 29)), "");
        assert_eq!(gaps(&ledger(&[]), Dense::Month, YEAR, YEAR.1), "2023年3月至6月、2023年9月至12月");
        let week = (date(2023, 2, 20), date(2023, 2, 26));
        assert_eq!(gaps(&ledger(&whole), Dense::Month, week, YEAR.1), "2023-02-20至2023-02-26");
    }

    #[test]
    fn a_ledger_of_the_year_covers_it_with_a_row() {
        assert_eq!(gaps(&ledger(&[date(2023, 3, 1)]), Dense::Year, YEAR, YEAR.1), "");
        assert_eq!(gaps(&ledger(&[date(2022, 3, 1)]), Dense::Year, YEAR, YEAR.1), "2023年");
        assert_eq!(gaps(&ledger(&[date(2022, 3, 1)]), Dense::Year, YEAR, date(2023, 6, 1)), "");
    }

    #[test]
    fn books_of_school_years_end_in_summer() {
        let of = |days: &[Date]| gaps(&ledger(days), Dense::Year, YEAR, YEAR.1);
        assert_eq!(of(&[date(2022, 9, 5), date(2023, 6, 2)]), "2023年7月至12月");
        assert_eq!(of(&[date(2021, 8, 25), date(2022, 10, 8), date(2023, 7, 9)]), "2023年8月至12月");
        for other in [date(2022, 3, 1), date(2023, 10, 8), date(2024, 3, 1)] {
            assert_eq!(of(&[date(2022, 9, 5), date(2023, 6, 2), other]), "");
        }
        let school_year = (date(2022, 9, 1), date(2023, 8, 31));
        let rows = ledger(&[date(2022, 9, 5), date(2023, 6, 2)]);
        assert_eq!(gaps(&rows, Dense::Year, school_year, YEAR.1), "");
    }

    #[test]
    fn what_lies_before_the_first_row_is_not_known() {
        let until = |ledger: &LedgerMonths, dense| {
            let window = Window::as_of(date(2023, 12, 31));
            in_words(&ledger.gaps(dense, &window, date(2023, 12, 31), &Calendar::default()))
        };
        assert_eq!(until(&ledger(&[date(2023, 3, 6)]), Dense::Year), "2023-03-05以前");
        assert_eq!(
            until(&ledger(&[date(2020, 3, 6), date(2023, 1, 9)]), Dense::Year),
            "2020-03-05以前、2021年1月至2022年12月"
        );
        assert_eq!(until(&ledger(&[date(2020, 3, 6)]), Dense::Year), "2020-03-05以前、2021-03-06至2023-12-31");
        assert_eq!(until(&ledger(&[]), Dense::Year), "2023-12-31以前");
    }
}
