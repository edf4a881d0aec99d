//! The audit year, and the terms, months and weeks that lie in it.

use jiff::civil::{Date, date};
use thiserror::Error;

use super::term::Term;
use super::{Per, Window};

/// The twelve months that the office's books run by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// 1 January to 31 December.
    Calendar(i16),
    /// 1 September of the year to 31 August of the next.
    School(i16),
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("“{0}”不是核查年度；请写成 2023（自然年）或 2023-2024（学年）")]
pub struct PeriodError(String);

impl Period {
    /// Reads `2023` or `2023-2024`, with 年, 年度 or 学年 behind it or not. `2023学年` is the school year that begins in 2023.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let wrong = || PeriodError(text.to_string());
        let written: String = text.trim().chars().map(half_width).collect();
        let is_school = written.contains("学年");
        let bare = written.trim_end_matches('度').trim_end_matches("学年").trim_end_matches('年');
        let year = |digits: &str| -> Option<i16> {
            let digits = digits.trim().trim_end_matches('年');
            (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| (1900..2200).contains(year))
        };
        let mut parts = bare.split(['-', '–', '—', '－', '~', '～', '至', '/']).filter(|part| !part.is_empty());
        let first = parts.next().and_then(year).ok_or_else(wrong)?;
        match (parts.next().map(year), parts.next()) {
            (None, _) if is_school => Ok(Period::School(first)),
            (None, _) => Ok(Period::Calendar(first)),
            (Some(Some(second)), None) if second == first + 1 => Ok(Period::School(first)),
            _ => Err(wrong()),
        }
    }

    /// The one of its kind that holds a day.
    pub fn holding(school: bool, day: Date) -> Period {
        if school && day.month() < 9 {
            Period::School(day.year() - 1)
        } else if school {
            Period::School(day.year())
        } else {
            Period::Calendar(day.year())
        }
    }

    /// The latest one of its kind that has ended by `today`.
    pub fn latest_ended(school: bool, today: Date) -> Period {
        match Period::holding(school, today) {
            Period::Calendar(year) => Period::Calendar(year - 1),
            Period::School(year) => Period::School(year - 1),
        }
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Period {
        match self {
            Period::Calendar(year) => Period::Calendar(year - 1),
            Period::School(year) => Period::School(year - 1),
        }
    }

    pub fn start(self) -> Date {
        match self {
            Period::Calendar(year) => date(year, 1, 1),
            Period::School(year) => date(year, 9, 1),
        }
    }

    pub fn end(self) -> Date {
        match self {
            Period::Calendar(year) => date(year, 12, 31),
            Period::School(year) => date(year + 1, 8, 31),
        }
    }

    /// `2023` or `2023-2024`, as `--period` takes it.
    pub fn id(self) -> String {
        match self {
            Period::Calendar(year) => year.to_string(),
            Period::School(year) => format!("{year}-{}", year + 1),
        }
    }

    /// `2023年` or `2023-2024学年`.
    pub fn label(self) -> String {
        match self {
            Period::Calendar(year) => format!("{year}年"),
            Period::School(year) => format!("{year}-{}学年", year + 1),
        }
    }

    /// 1 January to 31 December of the year for which money is given: the one that ends in the audit year.
    fn fiscal_year(self) -> Window {
        let (Period::Calendar(year) | Period::School(year)) = self;
        let (start, end) = (date(year, 1, 1), date(year, 12, 31));
        Window { per: Per::FiscalYear, label: format!("{year}财政年度"), start, end }
    }

    /// The windows of a kind in this audit year; `as_of` is for [`Per::AsOf`]. None for [`Per::Fixed`]: the dates are a rule's.
    pub fn windows(self, per: Per, as_of: Date, calendar: &Calendar) -> Vec<Window> {
        match per {
            Per::Year => vec![Window { per, label: self.label(), start: self.start(), end: self.end() }],
            Per::FiscalYear => vec![self.fiscal_year()],
            Per::Term => calendar.terms_of(self).iter().map(Term::window).collect(),
            Per::Month => self.parts(calendar, Term::months),
            Per::Week => self.parts(calendar, Term::weeks),
            Per::AsOf => vec![Window::as_of(as_of)],
            Per::Fixed => Vec::new(),
        }
    }

    /// The months or weeks of its terms. A term may lie in two calendar years: then each has its own part of it.
    fn parts(self, calendar: &Calendar, of: impl Fn(&Term) -> Vec<Window>) -> Vec<Window> {
        let mut parts: Vec<Window> = calendar.terms_of(self).iter().flat_map(of).collect();
        if let Period::Calendar(_) = self {
            parts.retain(|part| self.holds(middle(part.start, part.end)));
        }
        // One term may end and the next begin in the same month.
        parts.dedup();
        parts
    }

    fn holds(self, day: Date) -> bool {
        self.start() <= day && day <= self.end()
    }

    /// Whether a term is judged in the audit year: it ends in it, or runs at its end. The terms of a school year may
    /// begin some days before it.
    fn has_term(self, term: &Term) -> bool {
        match self {
            Period::Calendar(_) => term.start <= self.end() && self.start() <= term.end,
            Period::School(_) => self.holds(middle(term.start, term.end)),
        }
    }

    /// The terms of the audit year with their default dates, in the order of these.
    fn default_terms(self) -> Vec<Term> {
        match self {
            Period::Calendar(year) => vec![Term::first(year - 1), Term::second(year - 1), Term::first(year)],
            Period::School(year) => Term::both(year).to_vec(),
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        _ => c,
    }
}

/// The day in the middle of two days.
fn middle(first: Date, last: Date) -> Date {
    let days = first.until(last).map_or(0, |span| span.get_days());
    first.checked_add(jiff::Span::new().days(days / 2)).unwrap_or(first)
}

/// 校历: the office's terms in the order of their dates; default dates hold if there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub terms: Vec<Term>,
}

impl Calendar {
    /// The terms that are judged in an audit year: the office's, and with default dates those that it does not give.
    pub fn terms_of(&self, period: Period) -> Vec<Term> {
        let given = self.terms.iter().filter(|term| period.has_term(term)).cloned();
        let mut terms: Vec<Term> = given.chain(self.assumed(period)).collect();
        terms.sort_by_key(|term| term.start);
        terms
    }

    /// The terms of an audit year that the office's calendar does not give; none when it gives no term at all.
    pub fn lacking(&self, period: Period) -> Vec<Term> {
        if self.terms.is_empty() { Vec::new() } else { self.assumed(period) }
    }

    /// Whether the office gives the term that holds a week or a month; if not, its teaching weeks are not known.
    pub fn knows(&self, window: &Window) -> bool {
        self.terms.iter().any(|term| term.start <= window.end && window.start <= term.end)
    }

    /// Whether a day is a teaching day; `None` if no term of the office's holds it.
    pub fn is_teaching_day(&self, day: Date) -> Option<bool> {
        self.terms.iter().find(|term| term.start <= day && day <= term.end).map(|term| term.teaches_on(day))
    }

    /// The terms with default dates in which no term of the office's has its middle, cut so that they overlap with none.
    fn assumed(&self, period: Period) -> Vec<Term> {
        let is_given = |assumed: &Term| {
            let mut middles = self.terms.iter().map(|term| middle(term.start, term.end));
            middles.any(|day| assumed.start <= day && day <= assumed.end)
        };
        let cut = |mut assumed: Term| {
            for term in &self.terms {
                if term.start < assumed.start && assumed.start <= term.end {
                    assumed.start = term.end.tomorrow().unwrap_or(term.end);
                } else if assumed.start < term.start && term.start <= assumed.end {
                    assumed.end = term.start.yesterday().unwrap_or(term.start);
                }
            }
            assumed
        };
        period.default_terms().into_iter().filter(|term| !is_given(term)).map(cut).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_calendar_year_or_a_school_year() {
        assert_eq!(Period::parse("2023"), Ok(Period::Calendar(2023)));
        for school in [
            "2023-2024",
            "2023-2024学年",
            "2023学年",
            "2023学年度",
            "2023—2024学年度",
            "２０２３-２０２４",
            "2023/2024",
        ] {
            assert_eq!(Period::parse(school), Ok(Period::School(2023)), "{school}");
        }
        assert_eq!(Period::parse("2023年度"), Ok(Period::Calendar(2023)));
        for wrong in ["", "23", "2023-2025", "2023-2024-2025", "2023.9"] {
            assert_eq!(Period::parse(wrong), Err(PeriodError(wrong.to_string())));
        }
    }

    #[test]
    fn without_a_period_the_latest_year_that_has_ended_is_taken() {
        let latest = |school, day| Period::latest_ended(school, day).id();
        assert_eq!(latest(false, date(2024, 1, 1)), "2023");
        assert_eq!(latest(true, date(2024, 8, 31)), "2022-2023");
        assert_eq!(latest(true, date(2024, 9, 1)), "2023-2024");
        let holding = |school, day| Period::holding(school, day).id();
        assert_eq!(holding(false, date(2023, 6, 30)), "2023");
        assert_eq!(holding(true, date(2024, 8, 31)), "2023-2024");
        assert_eq!(holding(true, date(2024, 9, 1)), "2024-2025");
    }

    fn spans(period: Period, per: Per, calendar: &Calendar) -> Vec<(String, Date, Date)> {
        period.windows(per, period.end(), calendar).into_iter().map(|w| (w.label, w.start, w.end)).collect()
    }

    #[test]
    fn the_terms_of_a_year_are_those_that_end_in_it_and_the_one_that_runs_at_its_end() {
        let autumn = |year: i16| (format!("{year}-{}学年第一学期", year + 1), date(year, 9, 1), date(year + 1, 1, 31));
        let spring =
            |year: i16| (format!("{year}-{}学年第二学期", year + 1), date(year + 1, 2, 1), date(year + 1, 8, 31));
        let terms = |period| spans(period, Per::Term, &Calendar::default());
        assert_eq!(terms(Period::Calendar(2023)), [autumn(2022), spring(2022), autumn(2023)]);
        assert_eq!(terms(Period::School(2023)), [autumn(2023), spring(2023)]);
        let months = spans(Period::Calendar(2023), Per::Month, &Calendar::default());
        let months: Vec<i8> = months.iter().map(|(_, start, _)| start.month()).collect();
        assert_eq!(months, [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]);
        let weeks = spans(Period::Calendar(2023), Per::Week, &Calendar::default());
        assert_eq!((weeks[0].1, weeks[weeks.len() - 1].2), (date(2023, 1, 2), date(2023, 12, 31)));
    }

    #[test]
    fn a_term_that_the_calendar_lacks_keeps_its_default_dates() {
        let named = |name: &str, start, end| Term::given(name.to_string(), start, end, Vec::new(), Vec::new());
        let autumn = named("秋季", date(2023, 8, 28), date(2024, 2, 2));
        let calendar = Calendar { terms: vec![autumn] };
        let terms = spans(Period::School(2023), Per::Term, &calendar);
        let spring = ("2023-2024学年第二学期".to_string(), date(2024, 2, 3), date(2024, 8, 31));
        assert_eq!(terms, [("秋季".to_string(), date(2023, 8, 28), date(2024, 2, 2)), spring.clone()]);
        let lacking = |period| calendar.lacking(period).into_iter().map(|term| term.name).collect::<Vec<_>>();
        assert_eq!(lacking(Period::School(2023)), std::slice::from_ref(&spring.0));
        assert_eq!(lacking(Period::Calendar(2024)), [spring.0, "2024-2025学年第一学期".to_string()]);
        assert!(Calendar::default().lacking(Period::School(2023)).is_empty());
        let weeks = Period::School(2023).windows(Per::Week, date(2024, 8, 31), &calendar);
        let known: Vec<bool> = weeks.iter().map(|week| calendar.knows(week)).collect();
        assert!(known[0] && !known[known.len() - 1]);
        assert_eq!(weeks[0].start, date(2023, 8, 28));
        assert_eq!(spans(Period::School(2022), Per::Term, &calendar).len(), 2);
    }

    #[test]
    fn money_goes_by_the_calendar_year_that_ends_in_the_audit_year() {
        for period in [Period::Calendar(2023), Period::School(2023)] {
            let year = ("2023财政年度".to_string(), date(2023, 1, 1), date(2023, 12, 31));
            assert_eq!(spans(period, Per::FiscalYear, &Calendar::default()), [year]);
        }
    }

    #[test]
    fn a_term_has_twenty_teaching_weeks_and_the_months_that_they_touch() {
        let period = Period::School(2023);
        let weeks = period.windows(Per::Week, period.end(), &Calendar::default());
        assert_eq!(weeks.len(), 40);
        assert_eq!((weeks[0].start, weeks[0].end), (date(2023, 9, 1), date(2023, 9, 3)));
        assert_eq!(weeks[1].start, date(2023, 9, 4));
        let months: Vec<String> =
            period.windows(Per::Month, period.end(), &Calendar::default()).into_iter().map(|w| w.label).collect();
        assert_eq!(
            months,
            [
                "2023年9月",
                "2023年10月",
                "2023年11月",
                "2023年12月",
                "2024年1月",
                "2024年2月",
                "2024年3月",
                "2024年4月",
                "2024年5月",
                "2024年6月",
                "2024年7月"
            ]
        );
    }

    #[test]
    fn a_week_without_a_teaching_day_is_left_out_and_a_made_up_saturday_teaches() {
        let holidays = vec![(date(2023, 9, 29), date(2023, 10, 6))];
        let name = "2023-2024学年第一学期".to_string();
        let term = Term::given(name, date(2023, 9, 4), date(2024, 1, 19), holidays, vec![date(2023, 10, 7)]);
        let calendar = Calendar { terms: vec![term] };
        let period = Period::School(2023);
        let of_first = |calendar: &Calendar| {
            let mut weeks = period.windows(Per::Week, period.end(), calendar);
            weeks.retain(|week| week.label.contains("第一学期"));
            weeks
        };
        let weeks = of_first(&calendar);
        assert!(calendar.knows(&weeks[0]) && !Calendar::default().knows(&weeks[0]));
        // The week of the holiday holds the Saturday that makes up for it.
        assert_eq!(weeks.len(), 20);
        assert_eq!((weeks[4].start, weeks[4].end), (date(2023, 10, 2), date(2023, 10, 8)));
        let teaches = |day| calendar.is_teaching_day(day);
        assert_eq!(teaches(date(2023, 10, 7)), Some(true));
        assert_eq!(teaches(date(2023, 10, 5)), Some(false));
        assert_eq!(teaches(date(2024, 2, 1)), None);
        let mut without = calendar.clone();
        without.terms[0].make_up_days.clear();
        assert_eq!(of_first(&without).len(), 19);
    }
}
