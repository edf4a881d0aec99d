//! The working days of 2023, on which the invented officers go to schools.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Days on which nobody visits a school: public holidays that fall on weekdays.
const HOLIDAYS: [(Date, Date); 4] = [
    (date(2023, 4, 5), date(2023, 4, 5)),
    (date(2023, 5, 1), date(2023, 5, 3)),
    (date(2023, 6, 22), date(2023, 6, 23)),
    (date(2023, 9, 29), date(2023, 10, 6)),
];

/// The stretches of 2023 in which schools are open.
const OPEN: [(Date, Date); 3] = [
    (date(2023, 1, 3), date(2023, 1, 13)),
    (date(2023, 2, 6), date(2023, 6, 30)),
    (date(2023, 9, 1), date(2023, 12, 29)),
];

/// All school days of 2023 from `first` to `last`.
pub fn school_days(first: Date, last: Date) -> Vec<Date> {
    OPEN.iter()
        .flat_map(|&(from, to)| from.series(1.day()).take_while(move |&day| day <= to))
        .filter(|&day| first <= day && day <= last)
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
        .filter(|&day| !HOLIDAYS.iter().any(|&(from, to)| from <= day && day <= to))
        .collect()
}

/// The day that a text such as 2018-12-31 names, if it names one.
pub fn iso(text: &str) -> Option<Date> {
    text.parse().ok()
}
