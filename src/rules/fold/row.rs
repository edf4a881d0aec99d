//! A row as the fold hands it to a measure: whose it is, when it was, how much it says.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::dictionary::{FieldId, SchoolWords};
use crate::model::{Cell, CellRef, DateSpan, RowLength, SharedAmount, Truth, Unlisted, Value, WordId};
use crate::rules::members::Member;
use crate::rules::quantity::Quantity;

/// More events than one date cell can stand for, for rows whose number of events is not known.
const MANY_EVENTS: u16 = 366;

/// A row for one subject in one window.
pub(crate) struct FoldedRow<'r> {
    /// Whether it is the subject's and satisfies the filter.
    pub truth: Truth,
    /// Whether it holds in the window.
    pub within: Truth,
    /// The first and last day of the window that is judged.
    pub days: (Date, Date),
    pub facts: &'r RowFacts<'r>,
}

/// What a row says, whoever is judged.
pub(crate) struct RowFacts<'r> {
    /// By field of its table.
    pub cells: &'r [Cell],
    /// What it adds, as [`Folds::adds`](super::Folds::adds) asks; the upper end counts each event that it may stand for.
    pub quantity: Quantity,
    /// The amount that it adds, if it stands once for several rows.
    pub shared: Option<SharedAmount>,
    /// Whether it satisfies `of-which`.
    pub part: Truth,
    /// The first and last day of an event, if they are known.
    pub extent: Option<(DateSpan, DateSpan)>,
    /// The days of a span of dates that cannot be placed.
    pub length: Option<RowLength>,
    /// Whether it is an event whose end is written down.
    pub has_end: bool,
    /// How many events it may stand for. `None` if that is not known.
    pub events: Option<u16>,
    /// What is to be covered.
    pub members: &'r [Member],
    /// The cells of each row, where it is made of several of one person: what they cover stays apart.
    pub rows: &'r [Vec<Cell>],
    /// The value that a path leads to.
    pub value: &'r dyn Fn(crate::rules::Path) -> PathValue<'r>,
    /// Where a field of it stands.
    pub place: &'r dyn Fn(FieldId) -> CellRef,
}

impl FoldedRow<'_> {
    /// Whether it counts in the window.
    pub(crate) fn counts(&self) -> Truth {
        self.truth.and(self.within)
    }
}

impl RowFacts<'_> {
    /// How many events it may stand for, for amounts that must have an upper end.
    pub(crate) fn events_at_most(&self) -> u16 {
        self.events.unwrap_or(MANY_EVENTS)
    }

    /// The first and last day of an event, if both are exact.
    pub(crate) fn exact_days(&self) -> Option<(Date, Date)> {
        self.extent.and_then(|(start, end)| start.exact().zip(end.exact()))
    }
}

/// The value of a path: the cell, and what it names.
#[derive(Clone, Copy)]
pub(crate) struct PathValue<'r> {
    /// `None` if the path leads through something unknown.
    pub cell: Option<&'r Cell>,
    pub named: Naming<'r>,
}

/// Whom or what a cell surely names.
#[derive(Clone, Copy)]
pub(crate) enum Naming<'r> {
    Nothing,
    /// People by their places in the roster, and others.
    People {
        sure: &'r [u32],
        others: Option<&'r Unlisted>,
    },
    School(u32),
    /// A place that may be any number of schools.
    AnySchools,
    /// Several schools in one cell, as they are written.
    Schools(&'r str, &'r SchoolWords),
}

/// A value that can be told from others. People and schools are the same however they are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Person(u32),
    School(u32),
    Text(Arc<str>),
    Word(WordId),
    Number(Decimal),
    Day(Date),
    Flag(bool),
    /// A year by its first and last day.
    Year(Date, Date),
}

impl PathValue<'_> {
    /// Whether it may name any number of people or schools.
    pub(crate) fn names_any(&self) -> bool {
        match self.named {
            Naming::People { others, .. } => others.is_some_and(|others| others.any),
            Naming::AnySchools => true,
            Naming::School(_) | Naming::Schools(..) | Naming::Nothing => false,
        }
    }

    /// Whether it names people whom the roster lacks.
    pub(crate) fn names_strangers(&self) -> bool {
        match self.named {
            Naming::People { others, .. } => others.is_some_and(|others| !others.no_roster),
            Naming::School(_) | Naming::Schools(..) | Naming::AnySchools | Naming::Nothing => false,
        }
    }

    /// The values of the cell; `None` stands for one that is not known.
    pub(crate) fn keys(&self) -> Vec<Option<Key>> {
        match self.named {
            Naming::School(place) => return vec![Some(Key::School(place))],
            Naming::People { sure, others } => {
                let sure = sure.iter().map(|place| Some(Key::Person(*place)));
                let named = others.iter().flat_map(|others| &others.names).map(|name| Some(Key::Text(name.clone())));
                let more = others.map_or(0, |others| usize::from(others.more));
                return sure.chain(named).chain(std::iter::repeat_n(None, more)).collect();
            }
            Naming::Schools(text, words) => {
                let all = words.several(text).unwrap_or_default();
                return all.into_iter().map(|name| Some(Key::Text(name.into()))).collect();
            }
            Naming::AnySchools => return vec![None],
            Naming::Nothing => {}
        }
        match self.cell {
            None | Some(Cell::Blank | Cell::Absent | Cell::Unreadable) => vec![None],
            Some(Cell::Is(value)) => keys_of(value),
        }
    }
}

fn keys_of(value: &Value) -> Vec<Option<Key>> {
    let word = |word: &WordId| Some(Key::Word(*word));
    match value {
        Value::Text(text) => vec![Some(Key::Text(text.clone()))],
        Value::Texts(texts) => texts.iter().map(|text| Some(Key::Text(text.clone()))).collect(),
        Value::Number(number) => vec![Some(Key::Number(*number))],
        Value::Between { .. } => vec![None],
        Value::Date(span) => vec![span.exact().map(Key::Day)],
        Value::Word(one) => vec![word(one)],
        Value::Words(words) => words.iter().map(word).collect(),
        Value::SomeWords(words) => words.iter().map(word).chain([None]).collect(),
        Value::Flag(flag) => vec![Some(Key::Flag(*flag))],
        Value::Year { first, last } => vec![Some(Key::Year(*first, *last))],
    }
}
