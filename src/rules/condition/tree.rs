//! Conditions on a row, resolved against the dictionary.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::dictionary::TableId;
use crate::model::WordId;
use crate::rules::path::Path;

/// A condition on a row. The answer is true, false or unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them hold. An empty one always does.
    All(Vec<Condition>),
    Any(Vec<Condition>),
    /// At least so many of them hold: 符合下列条件中的两项以上.
    Some {
        at_least: usize,
        of: Vec<Condition>,
    },
    One(Single),
}

/// A condition that is not made of others.
#[derive(Clone, Debug, PartialEq)]
pub enum Single {
    Test {
        path: Path,
        test: Test,
    },
    /// Related rows exist in a held table.
    Has {
        table: TableId,
        filter: Box<Condition>,
    },
    /// The row's school is, or is not, a contact school of the row's person.
    ContactSchool(bool),
}

/// What is asked of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Value(ValueTest),
    Present(bool),
    /// Something is written there; where the column or the row that has it is not there, nothing is.
    Said(bool),
    /// No other row of the table has the same value.
    Unique,
    SameAs(Path),
    /// So many years lie between this field and the moment. What only the tolerance saves is unknown.
    YearsBefore {
        moment: Moment,
        at_least: Option<Decimal>,
        at_most: Option<Decimal>,
        tolerance: Decimal,
    },
    Not(Box<Test>),
}

/// A test that needs nothing but the value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueTest {
    /// Any of these words.
    Words(Vec<WordId>),
    /// A word of an ordered list that is at least, or at most, this one.
    WordAtLeast(WordId),
    WordAtMost(WordId),
    Texts(Vec<String>),
    /// Any of these parts.
    Contains(Vec<String>),
    Flag(bool),
    Numbers(Vec<Decimal>),
    NumberAtLeast(Decimal),
    NumberAtMost(Decimal),
    DateAtLeast(Date),
    DateAtMost(Date),
}

impl Test {
    /// The other field that the test compares with, if it does.
    pub fn other(&self) -> Option<Path> {
        match self {
            Test::SameAs(other) | Test::YearsBefore { moment: Moment::Field(other), .. } => Some(*other),
            Test::Not(inner) => inner.other(),
            Test::YearsBefore { moment: Moment::AsOf, .. }
            | Test::Value(_)
            | Test::Present(_)
            | Test::Said(_)
            | Test::Unique => None,
        }
    }
}

/// The moment up to which years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Field(Path),
    AsOf,
}
