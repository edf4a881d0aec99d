//! A subject of a rule in one of its windows, and what a measure gives for it.

use std::iter;

use jiff::civil::Date;

use super::accumulate::Tally;
use super::facts::{Facts, View};
use super::figure;
use super::plan::{Plan, RulePlan};
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::{Cell, CellRef, Window, WordId};
use crate::rules::fold::{GatheredRows, ItemFigure, Measured, Viewpoint};
use crate::rules::{Measure, Members, State};

/// A subject of a rule in one of its windows.
#[derive(Clone, Copy)]
pub(super) struct Instance<'a> {
    pub plan: &'a Plan<'a>,
    pub tally: &'a Tally,
    pub facts: &'a Facts<'a>,
    pub rule: &'a RulePlan<'a>,
    pub subject: usize,
    pub window: usize,
}

impl<'a> Instance<'a> {
    pub(super) fn view(&self) -> Option<View<'a>> {
        self.facts.subject(self.rule.rule.each, self.subject)
    }

    /// What a measure comes to. `place` is the place of its first rows, and is moved behind its last.
    pub(super) fn measured(&self, measure: &Measure, place: &mut usize) -> Measured {
        let mut found = iter::from_fn(|| {
            let found = self.found(*place)?;
            *place += 1;
            Some(found)
        });
        measure.result(&mut found, self)
    }

    fn found(&self, place: usize) -> Option<GatheredRows<'a, State>> {
        let rows = self.plan.measured.get(place)?;
        let column = rows.folds.members.and_then(Members::column).map(|column| column.table);
        let table = rows.folds.rows.table;
        let accumulated = self.tally.accumulated(self.plan, place, self.subject, self.window);
        let (state, citations) = accumulated.map(|found| (found.state, found.citations)).unzip();
        Some(GatheredRows {
            table,
            absent: iter::once(table).chain(column).find(|table| !self.facts.has_rows(*table)),
            members: &rows.members,
            state,
            citations: citations.unwrap_or_default(),
        })
    }
}

impl Viewpoint for Instance<'_> {
    fn dictionary(&self) -> &Dictionary {
        self.facts.dictionary()
    }

    fn each(&self) -> TableId {
        self.rule.rule.each
    }

    fn cell(&self, field: FieldId) -> &Cell {
        self.view().map_or(&Cell::Unreadable, |view| view.cell(field))
    }

    fn place(&self, field: FieldId) -> Option<CellRef> {
        self.facts.place(self.rule.rule.each, self.subject, field)
    }

    fn window(&self) -> &Window {
        &self.rule.windows[self.window]
    }

    fn as_of(&self) -> Date {
        self.facts.when.as_of
    }

    fn is_teaching_day(&self, date: Date) -> bool {
        self.facts.when.calendar.is_teaching_day(date).unwrap_or(true)
    }

    fn has_rows(&self, table: TableId) -> bool {
        self.facts.has_rows(table)
    }

    fn figure(&self, item: WordId) -> Option<ItemFigure> {
        let institution = self.view().and_then(|view| view.institution)?;
        Some(figure::of(self.facts, item, institution, self.window()))
    }
}
