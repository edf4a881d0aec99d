//! Folds rows into accumulators: one for each measure of rows, subject and window. No row is kept, so a tally stays small.

use std::cell::LazyCell;

use super::coverage::Coverage;
use super::facts::{Facts, View};
use super::folding::{Folding, as_counted};
use super::plan::{MeasuredRows, Plan};
use crate::dictionary::TableId;
use crate::intake::Record;
use crate::model::Truth;
use crate::rules::fold::{Citations, Doubt, FoldedRow, Join, Kind, RowFacts};
use crate::rules::{Link, State};

/// The accumulators of a plan. Rows that may be anybody's go to one accumulator that all subjects share.
pub struct Tally {
    pub coverage: Coverage,
    rows: Vec<Vec<Option<Box<Accumulator>>>>,
}

/// What the rows of a subject in a window came to so far, and where they stand.
#[derive(Clone)]
pub(super) struct Accumulator {
    pub state: State,
    pub citations: Citations,
}

impl Tally {
    pub fn new(plan: &Plan<'_>) -> Tally {
        Tally { coverage: Coverage::default(), rows: plan.measured.iter().map(empty).collect() }
    }

    /// A tally for the rows of one table.
    pub fn of_table(plan: &Plan<'_>, table: TableId) -> Tally {
        let mut tally = Tally { coverage: Coverage::default(), rows: vec![Vec::new(); plan.measured.len()] };
        for place in plan.rows_of(table) {
            tally.rows[*place] = empty(&plan.measured[*place]);
        }
        tally
    }

    /// Adds another tally of the same plan, whose rows come after these.
    pub fn join(&mut self, other: Tally) {
        self.coverage.join(other.coverage);
        for (own, other) in self.rows.iter_mut().zip(other.rows) {
            for (own, other) in own.iter_mut().zip(other) {
                match (own.as_deref_mut(), other) {
                    (_, None) => {}
                    (None, other) => *own = other,
                    (Some(own), Some(other)) => own.join(&other),
                }
            }
        }
    }

    /// Folds a row. `own` is its place among the rows of its table, for rules about each of them. Returns whether
    /// the row is among the first few that are shown for a subject.
    pub fn fold(&mut self, plan: &Plan<'_>, facts: &Facts<'_>, record: &Record, own: Option<usize>) -> bool {
        self.coverage.add(record, facts.registry, &facts.remits);
        let mut shown = false;
        let (for_people, for_office) = (record, record.for_office());
        for place in plan.rows_of(record.row.table) {
            let rows = &plan.measured[*place];
            let record = as_counted(facts, rows, (for_people, for_office.as_ref()));
            if rows.excluded.as_ref().is_some_and(|excluded| excluded.holds(&record.row)) {
                continue;
            }
            let filter = if rows.personal { Truth::True } else { rows.filter(facts, View::record(record, None)) };
            if filter == Truth::False {
                continue;
            }
            let folding = Folding { facts, rows, record, filter };
            let value = |path| folding.value(path);
            let cell = |field| facts.registry.place(record.row.at, field);
            let row = LazyCell::new(|| folding.row_facts(&value, &cell));
            let accumulators = &mut self.rows[*place];
            folding.each_subject(own, |subject, link| {
                shown |= fold_for(&folding, accumulators, subject, link.and(folding.once(subject)), &row);
            });
        }
        shown
    }

    /// The rows of a person that went to their own accumulator of a window. `None` if none did.
    pub(super) fn own(&self, plan: &Plan<'_>, place: usize, subject: usize, window: usize) -> Option<&Citations> {
        let rows = &plan.measured[place];
        let own = self.rows[place].get(subject * rows.windows.len() + window)?.as_deref();
        own.filter(|_| rows.folds.rows.link == Link::Person).map(|own| &own.citations)
    }

    /// The accumulator of a subject in a window, joined with what may be anybody's. `None` if no row went there.
    pub(super) fn accumulated(
        &self,
        plan: &Plan<'_>,
        place: usize,
        subject: usize,
        window: usize,
    ) -> Option<Accumulator> {
        let rows = &plan.measured[place];
        let at =
            |subject: usize| self.rows[place].get(subject * rows.windows.len() + window).and_then(Option::as_deref);
        match (at(subject), at(rows.subjects)) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            (Some(own), Some(anybody)) => {
                let mut joined = own.clone();
                joined.join(anybody);
                Some(joined)
            }
        }
    }
}

fn empty(rows: &MeasuredRows<'_>) -> Vec<Option<Box<Accumulator>>> {
    vec![None; (rows.subjects + 1) * rows.windows.len()]
}

/// Adds a row to the accumulators of a subject, one for each window that it holds in.
fn fold_for<'r>(
    folding: &Folding<'_, '_>,
    accumulators: &mut [Option<Box<Accumulator>>],
    subject: usize,
    link: Truth,
    row: &'r LazyCell<RowFacts<'r>, impl FnOnce() -> RowFacts<'r>>,
) -> bool {
    let filter = folding.filter_for(subject);
    if filter == Truth::False {
        return false;
    }
    let rows = folding.rows;
    let held = folding.held();
    let mut shown = false;
    for (place, window) in rows.windows.iter().enumerate() {
        let within = folding.within(&held, place);
        if within == Truth::False {
            continue;
        }
        let accumulator = accumulators[subject * rows.windows.len() + place].get_or_insert_with(|| {
            Box::new(Accumulator { state: rows.measure.start(), citations: Citations::default() })
        });
        let days = (window.start, window.end.min(folding.facts.when.as_of));
        let posted = folding.posted(subject, &held, window);
        let truth = link.and(filter).and(posted);
        rows.measure.add(&mut accumulator.state, &FoldedRow { truth, within, days, facts: row });
        let out = (posted == Truth::Unknown).then_some(Doubt::OutOfPost);
        let first = folding.doubt(link, filter, within);
        let doubt = first.or(out).or_else(|| folding.amount_doubt(row));
        shown |= accumulator.citations.add(folding.cell_of(doubt), doubt);
        // Whoever settles the first doubt still has the other one.
        if let (Some(_), Some(other)) = (first, out) {
            accumulator.citations.doubt_too(folding.cell_of(out), other);
        }
    }
    shown
}

impl Accumulator {
    fn join(&mut self, other: &Accumulator) {
        self.state.join(&other.state);
        self.citations.join(&other.citations);
    }
}
