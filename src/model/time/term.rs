//! School terms, and the weeks and months of teaching that lie in them.

use jiff::civil::{Date, Weekday, date};

use super::{Per, Window};

/// A school term: with default dates, or as the office gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub name: String,
    pub start: Date,
    pub end: Date,
    /// The first and last days of the holidays in it.
    pub holidays: Vec<(Date, Date)>,
    /// Weekend days on which teaching is made up.
    pub make_up_days: Vec<Date>,
    /// The Monday of the first teaching week and the number of weeks, if the dates are default ones.
    assumed: Option<(Date, usize)>,
}

/// Teaching weeks of a term if the office gives no calendar.
const TEACHING_WEEKS: usize = 20;

impl Term {
    pub fn given(name: String, start: Date, end: Date, holidays: Vec<(Date, Date)>, make_up_days: Vec<Date>) -> Term {
        Term { name, start, end, holidays, make_up_days, assumed: None }
    }

    /// 第一学期 of the school year that begins in `year`: 1 September to 31 January, teaching from 1 September.
    pub(super) fn first(year: i16) -> Term {
        let name = format!("{year}-{}学年第一学期", year + 1);
        Term::assumed(name, date(year, 9, 1), date(year + 1, 1, 31), date(year, 9, 1))
    }

    /// 第二学期: 1 February to 31 August, teaching from 20 February.
    pub(super) fn second(year: i16) -> Term {
        let name = format!("{year}-{}学年第二学期", year + 1);
        Term::assumed(name, date(year + 1, 2, 1), date(year + 1, 8, 31), date(year + 1, 2, 20))
    }

    fn assumed(name: String, start: Date, end: Date, teaching_from: Date) -> Term {
        let assumed = Some((monday_of(teaching_from), TEACHING_WEEKS));
        Term { name, start, end, holidays: Vec::new(), make_up_days: Vec::new(), assumed }
    }

    /// The two terms of the school year that begins in `year`, with default dates.
    pub(super) fn both(year: i16) -> [Term; 2] {
        [Term::first(year), Term::second(year)]
    }

    pub(super) fn is_of_school_year(&self, year: i16) -> bool {
        date(year, 8, 1) <= self.start && self.start < date(year + 1, 8, 1)
    }

    /// Whether a day lies in a teaching week of the term.
    pub(super) fn holds_week_of(&self, day: Date) -> bool {
        let (first, last) = match self.assumed {
            Some((monday, weeks)) => {
                let weeks = i32::try_from(weeks).unwrap_or(i32::MAX);
                (monday, monday.checked_add(jiff::Span::new().weeks(weeks)).unwrap_or(self.end))
            }
            None => (self.start, self.end.tomorrow().unwrap_or(self.end)),
        };
        first <= day && day < last
    }

    pub(super) fn window(&self) -> Window {
        Window { per: Per::Term, label: self.name.clone(), start: self.start, end: self.end }
    }

    pub(super) fn teaches_on(&self, day: Date) -> bool {
        let holiday = self.holidays.iter().any(|(first, last)| *first <= day && day <= *last);
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.make_up_days.contains(&day) || (!holiday && !weekend)
    }

    /// Whether a window holds a day of the term on which the country may rest: 元旦, 清明, 劳动节 and 国庆节, with the days that are often added.
    pub(super) fn may_rest_in(&self, window: &Window) -> bool {
        let rests = |day: Date| match (day.month(), day.day()) {
            (1, 1..=3) | (4, 4..=6) | (5, 1..=5) | (10, 1..=7) => self.teaches_on(day),
            _ => false,
        };
        window.start.series(jiff::Span::new().days(1)).take_while(|day| *day <= window.end).any(rests)
    }

    /// Monday to Sunday, cut to the term: weeks 1 to 20 by default, else those that hold a teaching day.
    pub(super) fn weeks(&self) -> Vec<Window> {
        let (first, count) = self.assumed.unwrap_or((monday_of(self.start), usize::MAX));
        let mondays = first.series(jiff::Span::new().weeks(1)).take_while(|monday| *monday <= self.end).take(count);
        let week = |(number, monday): (u32, Date)| -> Option<Window> {
            let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
            Some(Window {
                per: Per::Week,
                label: format!("{}第{number}周", self.name),
                start: monday.max(self.start),
                end: sunday.min(self.end),
            })
        };
        let weeks = (1..).zip(mondays).filter_map(week);
        weeks.filter(|week| self.assumed.is_some() || self.holds_teaching(week)).collect()
    }

    fn holds_teaching(&self, week: &Window) -> bool {
        week.start.series(jiff::Span::new().days(1)).take_while(|day| *day <= week.end).any(|day| self.teaches_on(day))
    }

    /// The whole months that hold a day of a teaching week of the term.
    pub(super) fn months(&self) -> Vec<Window> {
        let weeks = self.weeks();
        let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Vec::new() };
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        let months = std::iter::successors(Some(first.start.first_of_month()), next);
        let window = |month: Date| Window {
            per: Per::Month,
            label: format!("{}年{}月", month.year(), month.month()),
            start: month,
            end: month.last_of_month(),
        };
        months.take_while(|month| *month <= last.end).map(window).collect()
    }
}

fn monday_of(day: Date) -> Date {
    let back = i32::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
}
