//! `service`: years of unbroken service since the later of the start and the last postings that are long enough.

use crate::model::{months_between, plain};
use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    from: FieldId,
    rows: LinkedRows,
    /// The months of postings that break the service.
    lasting: Decimal,
    /// The columns of the rows that say when a posting began and ended.
    start: Option<FieldId>,
    end: Option<FieldId>,
}

/// The postings of a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings(Vec<Posting>);

impl Kind for Service {
    type State = Postings;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Service> {
        written.table(|form| {
            let from = form.required_text("from");
            let lasting = form.number("lasting-months");
            if lasting.is_none() {
                form.missing("lasting-months");
            }
            let from = own_field(form, &from, scope, DATES)?;
            let (rows, _) = LinkedRows::read(form, scope)?;
            let roles = scope.dictionary.table(rows.table).roles;
            Some(Service { from, rows, lasting: lasting?, start: roles.start, end: roles.end })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let (from, rows, months) = (phrases.header(self.from), phrases.rows(&self.rows), plain(self.lasting));
        format!("从{from}起连续在岗的年数，{rows}累计满{months}个月的，从结束之日重新起算")
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.own(self.from);
        self.end.into_iter().for_each(|end| needs.field(self.rows.table, end));
    }

    fn character(&self) -> Character {
        Character::AS_OF_ONLY
    }

    /// A posting long before the window may have broken the service, so all of them are measured.
    fn folds(&self) -> Vec<Folds<'_>> {
        vec![Folds { in_windows: false, ..Folds::of(&self.rows) }]
    }

    fn add(&self, state: &mut Postings, row: &FoldedRow<'_>) {
        let cell = |field: Option<FieldId>| field.map_or(&Cell::Unreadable, |field| &row.facts.cells[field.index()]);
        let (start, end) = (cell(self.start), cell(self.end));
        state.0.push(Posting { truth: row.truth, start: start.date(), end: end.date(), open: end.is_blank() });
    }

    fn more(&self, state: &mut Postings, _: TableId, _: &[DateSpan]) {
        state.0.push(Posting { truth: Truth::Unknown, start: None, end: None, open: false });
    }

    fn outcome(&self, found: Gathered<'_, Postings>, at: &impl Viewpoint) -> Measured {
        found.measure(at, |postings, _| {
            let Some(start) = at.cell(self.from).date() else { return Measured::unknown_field(self.from, at) };
            let as_of = at.as_of();
            let goes_on = postings.0.iter().map(|posting| posting.goes_on(as_of)).fold(Truth::False, Truth::or);
            let amount = years_of_service(&postings.0, start, self.lasting, as_of);
            let mut measured = Measured { goes_on: Some(goes_on), ..Measured::of(amount) };
            if start.exact().is_none() {
                measured.doubt(self.from, format!("“{}”没有写明是哪一天", at.header(self.from)), at);
            }
            measured
        })
    }
}

impl Join for Postings {
    fn join(&mut self, other: &Postings) {
        self.0.extend(other.0.iter().cloned());
    }
}

/// A posting: when it began and ended (`None`: not yet), and whether it surely counts.
#[derive(Clone, Debug)]
struct Posting {
    truth: Truth,
    start: Option<DateSpan>,
    end: Option<DateSpan>,
    /// Whether the end is blank, so that it still goes on.
    open: bool,
}

impl Posting {
    fn goes_on(&self, day: Date) -> Truth {
        let began = self.start.map_or(Truth::Unknown, |span| Truth::of(span.last <= day, span.first > day));
        let lasts = match self.end {
            _ if self.open => Truth::True,
            end => end.map_or(Truth::Unknown, |span| Truth::of(span.first >= day, span.last < day)),
        };
        began.and(lasts).and(self.truth)
    }

    /// The shortest certain extent, or the longest possible one. `None` if it is uncertain or undated.
    fn extent(&self, sure: bool, as_of: Date) -> Option<(Date, Date)> {
        if sure && self.truth != Truth::True {
            return None;
        }
        let start = self.start.map(|span| if sure { span.last } else { span.first });
        let end = match self.end {
            _ if self.open => Some(as_of),
            Some(span) => Some(if sure { span.first } else { span.last }),
            None if sure => None,
            None => Some(as_of),
        };
        let (start, end) = (start.or((!sure).then_some(Date::MIN))?, end?.min(as_of));
        (start <= end).then_some((start, end))
    }
}

/// Years of unbroken service since the later of the start and the last postings that add up to `lasting` months.
fn years_of_service(postings: &[Posting], start: DateSpan, lasting: Decimal, as_of: Date) -> Amount {
    let reset = |sure: bool| {
        let extents = postings.iter().filter_map(|posting| posting.extent(sure, as_of));
        last_reset(extents.collect(), start.first, lasting)
    };
    let since = |day: Date| elapsed_years(day.min(as_of), as_of);
    let high = since(reset(true).map_or(start.first, |day| day.max(start.first)));
    let low = since(reset(false).map_or(start.last, |day| day.max(start.last)));
    Amount { low, high: Some(high.max(low)) }
}

/// The months from a day to another. Whole school years, from the beginning of the autumn term to the summer holidays, are
/// whole years.
fn months_of(from: Date, to: Date) -> Decimal {
    let begins = matches!((from.month(), from.day()), (8, 15..) | (9, ..=15));
    let ends = matches!((to.month(), to.day()), (7 | 8, _));
    let years = if begins && ends { to.year() - from.year() } else { 0 };
    months_between(from, to).max(Decimal::from(years * 12))
}

/// The end of the last postings since `start` that add up to so many months. Overlapping ones count once.
fn last_reset(mut extents: Vec<(Date, Date)>, start: Date, lasting: Decimal) -> Option<Date> {
    extents.sort();
    let (mut reset, mut months, mut covered) = (None, Decimal::ZERO, start.yesterday().unwrap_or(start));
    for (from, to) in extents {
        let from = from.max(covered.tomorrow().unwrap_or(covered));
        if from > to {
            continue;
        }
        months += months_of(from, to);
        covered = to;
        if months >= lasting {
            reset = Some(to);
            months = Decimal::ZERO;
        }
    }
    reset
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn posting(start: Date, end: Option<Date>, truth: Truth) -> Posting {
        Posting { truth, start: Some(DateSpan::day(start)), end: end.map(DateSpan::day), open: end.is_none() }
    }

    #[test]
    fn two_half_years_in_a_school_break_the_service_and_one_does_not() {
        let start = DateSpan::day(date(2015, 9, 1));
        let first = posting(date(2019, 9, 1), Some(date(2020, 2, 29)), Truth::True);
        let second = posting(date(2021, 3, 1), Some(date(2021, 8, 31)), Truth::True);
        let twelve = Decimal::from(12);
        let as_of = date(2023, 8, 31);
        let both = years_of_service(&[first.clone(), second], start, twelve, as_of);
        assert_eq!(both, Amount::exactly(Decimal::TWO));
        let one = years_of_service(&[first], start, twelve, as_of);
        assert_eq!(one.exact(), Some(Decimal::new(799, 2)));
    }

    #[test]
    fn a_posting_that_may_not_count_leaves_both_ends() {
        let start = DateSpan::day(date(2015, 9, 1));
        let maybe = posting(date(2019, 9, 1), Some(date(2020, 8, 31)), Truth::Unknown);
        let amount = years_of_service(&[maybe], start, Decimal::from(12), date(2023, 8, 31));
        assert_eq!(amount, Amount { low: Decimal::from(3), high: Some(Decimal::new(799, 2)) });
    }
}
