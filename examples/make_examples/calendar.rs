//! The working days on which the invented officers go to schools.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// When schools are open, and the public holidays in it that fall on weekdays.
pub struct Year {
    pub open: &'static [(Date, Date)],
    pub holidays: &'static [(Date, Date)],
}

pub const YEAR_2023: Year = Year {
    open: &[
        (date(2023, 1, 3), date(2023, 1, 13)),
        (date(2023, 2, 6), date(2023, 6, 30)),
        (date(2023, 9, 1), date(2023, 12, 29)),
    ],
    holidays: &[
        (date(2023, 4, 5), date(2023, 4, 5)),
        (date(2023, 5, 1), date(2023, 5, 3)),
        (date(2023, 6, 22), date(2023, 6, 23)),
        (date(2023, 9, 29), date(2023, 10, 6)),
    ],
};

pub const SCHOOL_YEAR_2023: Year = Year {
    open: &[(date(2023, 9, 4), date(2024, 1, 19)), (date(2024, 2, 26), date(2024, 6, 28))],
    holidays: &[
        (date(2023, 9, 29), date(2023, 10, 6)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2024, 4, 4), date(2024, 4, 5)),
        (date(2024, 5, 1), date(2024, 5, 3)),
        (date(2024, 6, 10), date(2024, 6, 10)),
    ],
};

impl Year {
    /// All school days from `first` to `last`.
    pub fn days(&self, first: Date, last: Date) -> Vec<Date> {
        self.open
            .iter()
            .flat_map(|&(from, to)| from.series(1.day()).take_while(move |&day| day <= to))
            .filter(|&day| first <= day && day <= last)
            .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
            .filter(|&day| !self.holidays.iter().any(|&(from, to)| from <= day && day <= to))
            .collect()
    }
}

/// The day that a text such as 2018-12-31 names, if it names one.
pub fn iso(text: &str) -> Option<Date> {
    text.parse().ok()
}
