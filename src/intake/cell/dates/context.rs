//! The year of a date that says none: from the sheet's name, the titles above the header, or the file's name.

use jiff::civil::Date;

use super::time_words::{Mention, mentions};
use crate::model::DateSpan;

/// When the rows of a sheet are, as far as its names and titles surely say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateContext {
    /// `None` if nothing says it, or what says it contradicts itself.
    span: Option<DateSpan>,
    /// The months that are named without a year, as by a sheet called 9月.
    months: Option<(i8, i8)>,
}
/// Longer texts above the header are instructions.
const TITLE_LENGTH: usize = 40;

impl DateContext {
    pub(crate) fn new<'t>(
        names: impl IntoIterator<Item = &'t str>,
        titles: impl IntoIterator<Item = &'t str>,
    ) -> DateContext {
        let named = names.into_iter().flat_map(|text| mentions(text, true));
        let titled = titles.into_iter().filter(|text| text.chars().count() <= TITLE_LENGTH);
        let mut context = DateContext::default();
        let mut contradicts = false;
        for mention in named.chain(titled.flat_map(|text| mentions(text, false))) {
            match mention {
                Mention::Span(span) => {
                    let before = context.span.unwrap_or(span);
                    let both = DateSpan { first: before.first.max(span.first), last: before.last.min(span.last) };
                    contradicts |= both.first > both.last;
                    context.span = Some(both);
                }
                Mention::Months(first, last) => {
                    let (from, to) = context.months.unwrap_or((first, last));
                    let both = (from.max(first), to.min(last));
                    contradicts |= both.0 > both.1;
                    context.months = Some(both);
                }
            }
        }
        if contradicts { DateContext::default() } else { context }
    }

    /// The days that a month and a day can be, each in another year.
    pub(crate) fn days(&self, month: i8, day: i8) -> Vec<DateSpan> {
        self.in_each_year(month, |year| Date::new(year, month, day).ok().map(DateSpan::day))
    }

    /// The months that a month without a year can be.
    pub(crate) fn months(&self, month: i8) -> Vec<DateSpan> {
        self.in_each_year(month, |year| Date::new(year, month, 1).ok().map(DateSpan::month))
    }

    /// The days that a day of the month can be.
    pub(crate) fn days_of_any_month(&self, day: i8) -> Vec<DateSpan> {
        (1..=12).flat_map(|month| self.days(month, day)).collect()
    }

    /// The months that are named without a year.
    pub(crate) fn named_months(&self) -> Option<(i8, i8)> {
        self.months.filter(|_| self.span.is_none())
    }

    pub(crate) fn allows(&self, days: DateSpan) -> bool {
        self.span.is_none_or(|own| own.first <= days.last && days.first <= own.last)
    }

    /// The time that is surely said; of months without a year those that are nearest to some days. `None` if none is said.
    pub(crate) fn near(&self, days: DateSpan) -> Option<DateSpan> {
        let Some((first, last)) = self.months.filter(|_| self.span.is_none()) else { return self.span };
        let of_year = |year: i16| {
            let (first, last) = (Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month());
            Some(DateSpan { first, last })
        };
        let apart = |span: &DateSpan| (span.first - days.last).get_days().max((days.first - span.last).get_days());
        (days.first.year() - 1..=days.last.year() + 1).filter_map(of_year).min_by_key(apart)
    }

    fn in_each_year(&self, month: i8, span: impl Fn(i16) -> Option<DateSpan>) -> Vec<DateSpan> {
        let is_named = self.months.is_none_or(|(first, last)| (first..=last).contains(&month));
        let years = self.span.filter(|_| is_named).map(|span| span.first.year()..=span.last.year());
        years.into_iter().flatten().filter_map(span).filter(|span| self.allows(*span)).collect()
    }
}

#[cfg(test)]
#[path = "context_tests.rs"]
mod tests;
