//! Typed cells: every cell of a known column is a value, blank, or unreadable.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{DateSpan, RowRef};

/// The place of a word in its list of the dictionary; in an ordered list also its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u16);

/// What a cell says once it is read. What a column says often is read once and shared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(Arc<str>),
    /// Free text items of one cell: honours, short names.
    Texts(Arc<[Arc<str>]>),
    Number(Decimal),
    /// A number that is not known exactly: 40+, 3-4天. `None` leaves the upper end open.
    Between {
        low: Decimal,
        high: Option<Decimal>,
    },
    Date(DateSpan),
    Word(WordId),
    /// Words of one cell (小学、初中), in the order of the dictionary and without repetition.
    Words(Arc<[WordId]>),
    /// Words of a cell that holds others too, which are on no list.
    SomeWords(Arc<[WordId]>),
    Flag(bool),
    /// The year that a figure is for: its first and last day.
    Year {
        first: Date,
        last: Date,
    },
}

/// An amount that stands once in a merged cell, for several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedAmount {
    /// The first of the rows.
    pub first: RowRef,
    /// How many rows the cell covers.
    pub rows: u32,
    pub amount: Decimal,
}

/// What reading a cell comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Blank,
    /// Its sheet has no such column, so that nobody was asked.
    Absent,
    /// Something stands there that could not be read surely; the issue at its address says what.
    Unreadable,
    Is(Value),
}

impl Cell {
    pub fn value(&self) -> Option<&Value> {
        if let Cell::Is(value) = self { Some(value) } else { None }
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }

    pub fn text(&self) -> Option<&Arc<str>> {
        if let Cell::Is(Value::Text(text)) = self { Some(text) } else { None }
    }

    pub fn date(&self) -> Option<DateSpan> {
        if let Cell::Is(Value::Date(span)) = self { Some(*span) } else { None }
    }

    pub fn number(&self) -> Option<Decimal> {
        if let Cell::Is(Value::Number(number)) = self { Some(*number) } else { None }
    }

    /// The words of the cell: one for a single-word field.
    pub fn words(&self) -> Option<&[WordId]> {
        let value = self.value()?;
        if let Value::Word(word) = value {
            return Some(std::slice::from_ref(word));
        }
        if let Value::Words(words) = value { Some(words) } else { None }
    }
}
