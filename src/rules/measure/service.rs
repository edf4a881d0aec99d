//! `service`: years of unbroken service since the later of the start and the last postings that are long enough.

use crate::dictionary::FieldKind;
use crate::model::{CellRef, plain};
use crate::rules::Via;
use crate::rules::days::{Posting, PostingTerms, Reading, in_doubt, last_reset};
use crate::rules::fold::{Doubt, Unrecorded};
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
    school: Option<FieldId>,
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
            let table = scope.dictionary.table(rows.table);
            let (start, end, school) = (table.roles.start, table.roles.end, table.field_of_kind(FieldKind::School));
            Some(Service { from, rows, lasting: lasting?, start, end, school })
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
        let keys = self.school.map(|field| (row.facts.value)(Path { via: Via::Own, field }).keys());
        let school = keys.filter(|keys| keys.len() == 1).and_then(|keys| keys.into_iter().next().flatten());
        let place = |field: Option<FieldId>| field.map(row.facts.place);
        let cells = [place(self.start), place(self.end), place(self.school)];
        let (open, truth) = (end.is_blank(), row.truth);
        state.0.push(Posting { truth, start: start.date(), end: end.date(), open, school, cells });
    }

    fn more(&self, state: &mut Postings, _: TableId, _: &[DateSpan]) {
        let truth = Truth::Unknown;
        state.0.push(Posting { truth, start: None, end: None, open: false, school: None, cells: [None; 3] });
    }

    fn outcome(&self, found: Gathered<'_, Postings>, at: &impl Viewpoint) -> Measured {
        let is_absent = found.rows.first().is_some_and(|rows| rows.absent.is_some());
        if let Some(start) = at.cell(self.from).date().filter(|_| is_absent) {
            // Whatever postings there were, it is no longer than since the start.
            let high = elapsed_years(start.first.min(at.as_of()), at.as_of());
            let without = found.measure(at, |_, _| Measured::default());
            return Measured { amount: Some(Amount { low: Decimal::ZERO, high: Some(high) }), ..without };
        }
        found.measure(at, |postings, _| {
            let Some(start) = at.cell(self.from).date() else { return Measured::unknown_field(self.from, at) };
            let as_of = at.as_of();
            let is_holiday = |first, last| at.is_holiday(first, last);
            let terms = PostingTerms { start: start.first, as_of, lasting: self.lasting, is_holiday: &is_holiday };
            let goes_on = postings.0.iter().map(|posting| posting.goes_on(as_of)).fold(Truth::False, Truth::or);
            let amount = years_of_service(&postings.0, start, terms);
            let mut measured = Measured { goes_on: Some(goes_on), ..Measured::of(amount) };
            if start.exact().is_none() {
                measured.doubt(self.from, format!("“{}”没有写明是哪一天", at.header(self.from)), at);
            }
            let doubt = in_doubt(&postings.0, terms);
            let days = doubt.days || goes_on == Truth::Unknown;
            measured.lacks.extend(self.causes(&postings.0, Reading { days, ..doubt }, at));
            measured
        })
    }
}

impl Service {
    /// What about the postings leaves open how long the service is.
    fn causes(&self, postings: &[Posting], doubt: Reading, at: &impl Viewpoint) -> Vec<Cause> {
        let (id, dictionary) = (self.rows.table, at.dictionary());
        let sheet = &dictionary.table(id).sheet;
        let cause = |doubt: Doubt, cells: Vec<CellRef>| {
            let words = format!("{sheet}有{}行{}", cells.len(), doubt.words(id, dictionary));
            let is_there = !cells.is_empty();
            is_there.then(|| Cause::new(Uncertain::rows(id, doubt, dictionary), words).at(cells))
        };
        let cells = |place: usize, is_asked: &dyn Fn(&Posting) -> bool| -> Vec<CellRef> {
            postings.iter().filter(|posting| is_asked(posting)).filter_map(|posting| posting.cells[place]).collect()
        };
        let is_vague = |span: Option<DateSpan>| span.is_some_and(|span| span.exact().is_none());
        let has_end = |posting: &Posting| posting.open || posting.end.is_some();
        let dates = [
            self.start.and_then(|field| {
                cause(Doubt::Day(field), cells(0, &|posting| is_vague(posting.start) && has_end(posting)))
            }),
            self.start.and_then(|field| cause(Doubt::Field(field), cells(0, &|posting| posting.start.is_none()))),
            self.end.and_then(|field| cause(Doubt::Day(field), cells(1, &|posting| is_vague(posting.end)))),
            self.end.and_then(|field| cause(Doubt::Field(field), cells(1, &|posting| !has_end(posting)))),
        ];
        let is_of_terms = |posting: &Posting| posting.end.is_some_and(|end| [1, 6, 12].contains(&end.last.month()));
        let holidays = || Cause::new(Uncertain::Unrecorded(Unrecorded::Holidays), "没有提供校历");
        let mut causes: Vec<Cause> = dates.into_iter().filter(|_| doubt.days).flatten().collect();
        causes.extend(doubt.terms.then(|| cause(Doubt::TwoTerms, cells(1, &is_of_terms))).flatten());
        causes.extend(doubt.schools.then(|| cause(Doubt::TwoSchools, cells(2, &|_| true))).flatten());
        causes.extend(doubt.holidays.then(holidays));
        causes
    }
}

impl Join for Postings {
    fn join(&mut self, other: &Postings) {
        self.0.extend(other.0.iter().cloned());
    }
}

/// Years of unbroken service since the later of the start and the last postings that are long enough.
fn years_of_service(postings: &[Posting], start: DateSpan, terms: PostingTerms<'_>) -> Amount {
    let since = |day: Date| elapsed_years(day.min(terms.as_of), terms.as_of);
    let strict = since(last_reset(postings, Reading::STRICT, terms).map_or(start.first, |day| day.max(start.first)));
    let wide = since(last_reset(postings, Reading::WIDE, terms).map_or(start.last, |day| day.max(start.last)));
    Amount { low: wide.min(strict), high: Some(strict.max(wide)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn posting(start: Date, end: Option<Date>, truth: Truth) -> Posting {
        let (open, end) = (end.is_none(), end.map(DateSpan::day));
        Posting { truth, start: Some(DateSpan::day(start)), end, open, school: None, cells: [None; 3] }
    }

    fn years(postings: &[Posting]) -> Amount {
        let (start, as_of) = (date(2015, 9, 1), date(2023, 8, 31));
        let terms = PostingTerms { start, as_of, lasting: Decimal::from(12), is_holiday: &|_, _| Truth::False };
        years_of_service(postings, DateSpan::day(start), terms)
    }

    #[test]
    fn two_half_years_in_a_school_break_the_service_and_one_does_not() {
        let first = posting(date(2019, 9, 1), Some(date(2020, 2, 29)), Truth::True);
        let second = posting(date(2021, 3, 1), Some(date(2021, 8, 31)), Truth::True);
        assert_eq!(years(&[first.clone(), second]), Amount::exactly(Decimal::TWO));
        assert_eq!(years(&[first]).exact(), Some(Decimal::new(799, 2)));
    }

    #[test]
    fn a_posting_that_may_not_count_leaves_both_ends() {
        let maybe = posting(date(2019, 9, 1), Some(date(2020, 8, 31)), Truth::Unknown);
        assert_eq!(years(&[maybe]), Amount { low: Decimal::from(3), high: Some(Decimal::new(799, 2)) });
    }
}
