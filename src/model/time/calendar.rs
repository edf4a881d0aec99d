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
            Per::Year => vec![self.window()],
            Per::FiscalYear => vec![self.fiscal_year()],
            Per::Term => calendar.terms_of(self).iter().map(Term::window).collect(),
            Per::Month => self.parts(calendar, Term::months),
            Per::Week => self.parts(calendar, Term::weeks),
            Per::AsOf => vec![Window::as_of(as_of)],
            Per::Fixed => Vec::new(),
        }
    }

    /// All of it.
    pub fn window(self) -> Window {
        Window { per: Per::Year, label: self.label(), start: self.start(), end: self.end() }
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

    /// Whether the office gives the term that holds a week or a month; if not, its teaching weeks are not known. Nor is a week known
    /// that holds a public holiday, of a term without any holidays.
    pub fn knows(&self, window: &Window) -> bool {
        let is_silent = |term: &Term| window.per == Per::Week && term.holidays.is_empty() && term.may_rest_in(window);
        self.terms.iter().any(|term| term.start <= window.end && window.start <= term.end && !is_silent(term))
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
#[path = "calendar_tests.rs"]
mod tests;
