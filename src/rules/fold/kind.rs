//! What a kind of measure is: how it is written and said, and how rows are folded into its state.

use super::measured::{Gathered, Measured, Viewpoint};
use super::row::FoldedRow;
use crate::dictionary::{FieldId, Form, Node, TableId};
use crate::model::DateSpan;
use crate::rules::condition::Condition;
use crate::rules::members::Members;
use crate::rules::needs::Needs;
use crate::rules::path::{Path, Scope};
use crate::rules::phrases::Phrases;
use crate::rules::rows::LinkedRows;

/// The value of a key of a pack.
pub(crate) struct Written<'w, 's, 't> {
    pub key: &'w str,
    pub node: Node<'t>,
    /// The table that the key stands in.
    pub form: &'w Form<'s, 't>,
}

impl<'w, 's, 't> Written<'w, 's, 't> {
    pub(crate) fn of(form: &'w Form<'s, 't>, key: &'static str) -> Option<Written<'w, 's, 't>> {
        form.node(key).map(|node| Written { key, node, form })
    }

    /// Reads the value as a table; a key of it that was not asked for is a defect.
    pub(crate) fn table<T>(&self, read: impl FnOnce(&Form<'s, 't>) -> Option<T>) -> Option<T> {
        let inner = self.node.form(self.form.source(), self.key)?;
        let read = read(&inner);
        inner.finish();
        read
    }
}

/// A kind of measure: how a pack writes it, and what it makes of rows. Its state is what the rows of a subject in a window
/// came to so far.
pub(crate) trait Kind: Sized {
    type State: Join;

    /// Reads it; `None` after its defects were noted.
    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<Self>;

    /// What is computed, as a phrase.
    fn words(&self, phrases: Phrases<'_>) -> String;

    /// Collects the tables and columns that it looks at besides those of the rows that it folds.
    fn needs(&self, _: &mut Needs<'_>) {}

    fn character(&self) -> Character {
        Character::PLAIN
    }

    /// The rows that are folded, with what the fold computes of each.
    fn folds(&self) -> Vec<Folds<'_>> {
        Vec::new()
    }

    fn add(&self, _: &mut Self::State, _: &FoldedRow<'_>) {}

    /// More rows of a table may be there that nobody has seen, each in one of these spans.
    fn more(&self, _: &mut Self::State, _: TableId, _: &[DateSpan]) {}

    /// What is measured in the end.
    fn outcome(&self, found: Gathered<'_, Self::State>, at: &impl Viewpoint) -> Measured;
}

/// A state that takes up another one, of rows that come behind its own.
pub(crate) trait Join {
    fn join(&mut self, other: &Self);
}

/// The state of a measure that folds no rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct NoRows;

impl Join for NoRows {
    fn join(&mut self, _: &NoRows) {}
}

/// What judging and explaining ask about a kind.
pub(crate) struct Character {
    /// Whether more rows never make it less.
    pub grows: bool,
    /// Whether it runs until a day, so that it is asked as of one only.
    pub as_of_only: bool,
    /// Whether it counts what is missing of a list.
    pub lists: bool,
    /// Why the rows of an explanation may add up to something else.
    pub sum_note: Option<&'static str>,
}

impl Character {
    pub(crate) const PLAIN: Character = Character { grows: false, as_of_only: false, lists: false, sum_note: None };
    pub(crate) const GROWS: Character = Character { grows: true, ..Character::PLAIN };
    pub(crate) const AS_OF_ONLY: Character = Character { as_of_only: true, ..Character::PLAIN };
}

/// Rows that a measure folds, and what it asks of the fold.
#[derive(Clone, Copy)]
pub(crate) struct Folds<'m> {
    pub rows: &'m LinkedRows,
    /// Rows that satisfy this instead of the filter are possible, not sure.
    pub or_where: Option<&'m Condition>,
    pub adds: Adds,
    /// Whether the cell of the amount shows where a row stands.
    pub shows_amount: bool,
    /// The condition of [`RowFacts::part`](super::RowFacts::part).
    pub of_which: Option<&'m Condition>,
    /// Whether a row counts only in the windows in which it holds.
    pub in_windows: bool,
    /// What is to be covered.
    pub members: Option<&'m Members>,
    /// By what rows are told apart, or cover something.
    pub by: &'m [Path],
}

/// What a row adds to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adds {
    Nothing,
    /// One for each event that it may stand for.
    Events,
    /// One for each date of it, however many things it says to stand for.
    Dates,
    Field(FieldId),
}

impl<'m> Folds<'m> {
    /// Rows of which only the truth and the dates matter.
    pub(crate) fn of(rows: &'m LinkedRows) -> Folds<'m> {
        Folds {
            rows,
            or_where: rows.or_where.as_ref(),
            adds: Adds::Nothing,
            shows_amount: false,
            of_which: None,
            in_windows: true,
            members: None,
            by: &[],
        }
    }
    /// The tables and columns that the fold looks at.
    pub(crate) fn needs(&self, needs: &mut Needs<'_>) {
        let table = self.rows.table;
        needs.rows(self.rows);
        if let Adds::Field(field) = self.adds {
            needs.field(table, field);
        }
        needs.conditions(self.of_which, table);
        needs.conditions(self.or_where, table);
        if let Some(column) = self.members.and_then(Members::column) {
            let roles = needs.dictionary.table(column.table).roles;
            roles.start.into_iter().chain(roles.end).for_each(|field| needs.field(column.table, field));
            needs.field(column.table, column.field);
            needs.condition(&column.filter, column.table);
        }
    }
}
