//! What the ledgers cover: their rows by institution and month. What is missing outside of that is not proved by them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::dictionary::{Dense, FieldId, TableId};
use crate::intake::{Maybe, Record, Registry};
use crate::model::{Calendar, DateSpan, LedgerCoverage, Per, Window, WordId};

/// The rows of the ledgers that time must have rows of.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By table, and by institution; those of all institutions without one. A sheet that holds a single kind of rows covers
    /// only that: its rows stand apart, by the word of the field.
    ledgers: BTreeMap<Ledger, LedgerMonths>,
}

type Ledger = (TableId, Option<u32>, Option<(FieldId, WordId)>);

/// The rows of a ledger by month.
#[derive(Clone, Debug, Default)]
pub(super) struct LedgerMonths {
    /// By the months since the year 0.
    rows: BTreeMap<i32, u32>,
    first: Option<Date>,
    last: Option<Date>,
}

impl Coverage {
    /// Takes up a row with a date that lies in one month.
    pub(super) fn add(&mut self, record: &Record, registry: &Registry<'_>) {
        let table = registry.dictionary.table(record.row.table);
        let (Some(_), Some(field)) = (table.dense, table.roles.date) else { return };
        let Some(span) = record.row.cell(field).date().filter(|span| month_of(span.first) == month_of(span.last))
        else {
            return;
        };
        let layout = registry.layouts.get(record.row.at.sheet as usize).and_then(Option::as_ref);
        let given = layout.and_then(|layout| layout.given);
        for institution in institutions_of(record, registry).into_iter().map(Some).chain([None]) {
            self.ledgers.entry((record.row.table, institution, given)).or_default().add(span);
        }
    }

    pub(super) fn join(&mut self, other: Coverage) {
        for (of, months) in other.ledgers {
            self.ledgers.entry(of).or_default().join(&months);
        }
    }

    /// The months of the ledger of an institution, or of all; where some words of a field are asked for, without the sheets
    /// that hold only others.
    pub(super) fn of(
        &self,
        table: TableId,
        institution: Option<u32>,
        asked: Option<(FieldId, &[WordId])>,
    ) -> LedgerMonths {
        let is_asked = |given: &Option<(FieldId, WordId)>| match (given, asked) {
            (Some((field, word)), Some((of, words))) => *field != of || words.contains(word),
            (None, _) | (_, None) => true,
        };
        let own = self
            .ledgers
            .range((table, institution, None)..)
            .take_while(|((of_table, of, _), _)| (*of_table, *of) == (table, institution));
        let mut months = LedgerMonths::default();
        own.filter(|((_, _, given), _)| is_asked(given)).for_each(|(_, other)| months.join(other));
        months
    }

    /// What each ledger holds, in all and by institution; and the months of a window, until the as-of day, that it should hold
    /// and does not.
    pub(crate) fn by_ledger(
        &self,
        registry: &Registry<'_>,
        window: &Window,
        as_of: Date,
        calendar: &Calendar,
    ) -> Vec<LedgerCoverage> {
        let all: BTreeSet<(TableId, Option<u32>)> = self.ledgers.keys().map(|(table, of, _)| (*table, *of)).collect();
        let of = |(table, institution): &(TableId, Option<u32>)| {
            let months = self.of(*table, *institution, None);
            let described = registry.dictionary.table(*table);
            let (first, last) = months.ends()?;
            let gaps = months.gaps(described.dense?, window, as_of, calendar);
            let named = institution.and_then(|at| registry.institutions.get(at as usize));
            Some(LedgerCoverage {
                table: described.id.clone(),
                institution: named.map(|named| named.name.to_string().into()),
                rows: months.rows.values().sum(),
                first,
                last,
                months_without_rows: gaps.iter().flat_map(|gap| months_of(*gap)).collect(),
            })
        };
        all.iter().filter_map(of).collect()
    }

    /// The first and the last day of any ledger.
    pub fn ends(&self) -> Option<(Date, Date)> {
        let of_all = || self.ledgers.iter().filter(|((_, institution, _), _)| institution.is_none());
        let first = of_all().filter_map(|(_, months)| months.first).min()?;
        Some((first, of_all().filter_map(|(_, months)| months.last).max()?))
    }

    /// How many rows all ledgers have in the months from one day to another.
    pub fn rows_between(&self, first: Date, last: Date) -> u64 {
        let months = month_of(first)..=month_of(last);
        let of_all = self.ledgers.iter().filter(|((_, institution, _), _)| institution.is_none());
        of_all.flat_map(|(_, ledger)| ledger.rows.range(months.clone())).map(|(_, rows)| u64::from(*rows)).sum()
    }
}

impl LedgerMonths {
    fn add(&mut self, span: DateSpan) {
        *self.rows.entry(month_of(span.first)).or_default() += 1;
        self.first = Some(self.first.map_or(span.first, |first| first.min(span.first)));
        self.last = self.last.max(Some(span.last));
    }

    fn join(&mut self, other: &LedgerMonths) {
        for (month, rows) in &other.rows {
            *self.rows.entry(*month).or_default() += rows;
        }
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }

    pub(super) fn ends(&self) -> Option<(Date, Date)> {
        self.first.zip(self.last)
    }

    /// The spans of a window, until the as-of day, that the ledger does not cover. An as-of window looks back without end.
    pub(super) fn gaps(&self, dense: Dense, window: &Window, as_of: Date, calendar: &Calendar) -> Vec<DateSpan> {
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
                self.months_without(span, window.per == Per::Term, calendar)
            }
            // Not yet is no gap.
            Dense::Year if window.end > as_of || self.has_rows(window.start, end) => Vec::new(),
            Dense::Year => vec![DateSpan { first: window.start, last: end }],
        }
    }

    fn has_rows(&self, first: Date, last: Date) -> bool {
        self.rows.range(month_of(first)..=month_of(last)).next().is_some()
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
            Dense::Month => self.months_without(DateSpan { first: begun, last: end }, false, calendar),
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

    /// The months of teaching that lie wholly in a span and have no row, or, where none does, the months that it touches. Of a
    /// term, a month with some teaching is asked for too that lies before the first row or behind the last one.
    fn months_without(&self, span: DateSpan, is_term: bool, calendar: &Calendar) -> Vec<DateSpan> {
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        let months =
            std::iter::successors(Some(span.first.first_of_month()), next).take_while(|month| *month <= span.last);
        let months: Vec<DateSpan> = months.map(DateSpan::month).collect();
        let is_outside =
            |month: &DateSpan| self.ends().is_none_or(|(first, last)| month.last < first || last < month.first);
        let is_taught = |month: &DateSpan| {
            calendar.is_teaching_month(month.first)
                || (is_term && is_outside(month) && calendar.has_teaching(month.first))
        };
        let is_asked = |month: &&DateSpan| span.holds(**month) && is_taught(month);
        let asked: Vec<&DateSpan> = months.iter().filter(is_asked).collect();
        let asked = if asked.is_empty() { months.iter().collect() } else { asked };
        let empty = asked.into_iter().filter(|month| !self.rows.contains_key(&month_of(month.first)));
        let within =
            |month: &DateSpan| DateSpan { first: month.first.max(span.first), last: month.last.min(span.last) };
        empty.map(within).collect()
    }
}

/// Whose ledger a row is of: of the institutions that it names, else of those of the only people that it names or may name.
fn institutions_of(record: &Record, registry: &Registry<'_>) -> Vec<u32> {
    if !record.institutions.is_empty() {
        return record.institutions.clone();
    }
    let people = match &record.maybe_people {
        Maybe::These(places) if record.people.is_empty() => places,
        Maybe::These(_) | Maybe::Nobody | Maybe::Anybody => &record.people,
    };
    let mut of: Vec<u32> = people.iter().filter_map(|place| registry.staff.get(*place as usize)?.institution).collect();
    of.sort_unstable();
    of.dedup();
    if record.people.is_empty() && of.len() > 1 { Vec::new() } else { of }
}

/// The months that a span touches: `2023-09`.
fn months_of(span: DateSpan) -> Vec<String> {
    let next = |month: &Date| month.last_of_month().tomorrow().ok();
    let months = std::iter::successors(Some(span.first.first_of_month()), next);
    months.take_while(|month| *month <= span.last).map(|month| month.strftime("%Y-%m").to_string()).collect()
}

fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// Spans in their order, those that touch as one.
pub(crate) fn merged(spans: &[DateSpan]) -> Vec<DateSpan> {
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|span| (span.first, span.last));
    let mut runs: Vec<DateSpan> = Vec::new();
    for span in sorted {
        match runs.last_mut().filter(|run| run.last.tomorrow().map_or(true, |next| span.first <= next)) {
            Some(run) => run.last = run.last.max(span.last),
            None => runs.push(span),
        }
    }
    runs
}

/// Spans in words: `2023年9月至12月、2024年3月`, `2022年3月以前`.
pub(crate) fn in_words(gaps: &[DateSpan]) -> String {
    let run = |run: &DateSpan| {
        let (first, last) = (run.first, run.last);
        let whole = first == first.first_of_month() && last == last.last_of_month();
        match (first == Date::MIN, whole) {
            (true, _) => format!("{last}以前"),
            (false, true) if first.month() == 1 && last.month() == 12 && first.year() == last.year() => {
                format!("{}年", first.year())
            }
            (false, true) if run.is_month() => run.text(),
            (false, true) if first.year() == last.year() => {
                format!("{}年{}月至{}月", first.year(), first.month(), last.month())
            }
            (false, true) => format!("{}年{}月至{}年{}月", first.year(), first.month(), last.year(), last.month()),
            (false, false) => run.text(),
        }
    };
    merged(gaps).iter().map(run).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::{LedgerMonths, in_words};
    use crate::dictionary::Dense;
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
