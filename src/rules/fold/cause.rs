//! Why something is not known, in words and in a form that can be asked about: equal causes are one question.

use super::doubt::Doubt;
use crate::dictionary::{Dictionary, FieldId, TableId};
use crate::model::{CellRef, DateSpan, WordId};

/// Why an amount or a condition is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub of: Uncertain,
    /// As a part of a sentence.
    pub words: String,
    /// The first cells that say it.
    pub cells: Vec<CellRef>,
    /// Where it is a time without rows: when that is.
    pub spans: Vec<DateSpan>,
}

/// What is not certain. One answer settles all that it leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Uncertain {
    /// Whether a sheet, by its number, holds rows of a table. It is not read.
    Sheet(TableId, u32),
    /// What is missing in sheets of a table that say so themselves.
    Gaps(TableId),
    /// What stands to the right of sheets of a table and is not read.
    Beside(TableId),
    /// Whether there was nothing in a time of which a ledger has no rows: that of an institution, or of all.
    Time(TableId, Option<u32>),
    /// What somebody did of whom there is no book, but of others.
    Person(TableId, u32),
    /// What there was of a word, of which there is no book, but of others.
    Kind(TableId, WordId),
    /// What other years and schools there were, where all lists of a table are for one.
    Extract(TableId),
    /// What other sheets, columns or remarks say that a table has rows for.
    Elsewhere(TableId),
    /// What people came to by a total that sheets of a table tell, where their rows add up to something else.
    Total(TableId),
    /// All of a table that is not given, or has no rows.
    Table(TableId),
    /// Rows of a table, or those who are judged by it.
    Rows(TableId, Doubt),
    /// What the figures say of an item.
    Figure(WordId),
    Unrecorded(Unrecorded),
}

/// What no table of the office says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unrecorded {
    /// Whether somebody on leave is excused.
    Excuse,
    /// Which weeks and months are holidays.
    Holidays,
    /// Where the people of an institution are of whom the roster has nobody.
    People,
    /// Where the rows of a school are of which a list of others has none.
    Rows(TableId),
    /// Which reading of a document is meant by a rule, by its place.
    Reading(u32),
    /// Whether a rule makes an exception.
    Exception(u32),
    /// Whether a ground counts on which a rule is relaxed; each ground is asked about on its own.
    Relaxed(u32),
}

impl Uncertain {
    /// Rows of a table that are doubtful in some way. Whether a cell, its amount or its column is in doubt, one question
    /// asks about the field.
    pub(crate) fn rows(table: TableId, doubt: Doubt, dictionary: &Dictionary) -> Uncertain {
        match doubt {
            Doubt::Column(field) | Doubt::Quantity(field) => Uncertain::Rows(table, Doubt::Field(field)),
            Doubt::Beyond(via, field) => Uncertain::Rows(via.table(dictionary, table), Doubt::Field(field)),
            Doubt::Unlisted(via) => Uncertain::Rows(via.table(dictionary, table), doubt),
            Doubt::ListedThen(via) => Uncertain::Rows(via.table(dictionary, table), Doubt::OldList),
            Doubt::Name
            | Doubt::Field(_)
            | Doubt::Reading(_)
            | Doubt::Date
            | Doubt::Day(_)
            | Doubt::TwoTerms
            | Doubt::Ended
            | Doubt::OtherYear(_)
            | Doubt::TwoSchools
            | Doubt::Number(_)
            | Doubt::Denied(_)
            | Doubt::Repeated
            | Doubt::OutOfPost
            | Doubt::Again
            | Doubt::SameEvent
            | Doubt::Nameless
            | Doubt::PerhapsTwice
            | Doubt::OldList
            | Doubt::OtherBook
            | Doubt::Besides(_)
            | Doubt::Misspelt => Uncertain::Rows(table, doubt),
        }
    }
}

impl Cause {
    pub(crate) fn new(of: Uncertain, words: impl Into<String>) -> Cause {
        Cause { of, words: words.into(), cells: Vec::new(), spans: Vec::new() }
    }

    pub(crate) fn at(self, cells: impl IntoIterator<Item = CellRef>) -> Cause {
        Cause { cells: cells.into_iter().collect(), ..self }
    }

    /// A table is absent or has no rows.
    pub(crate) fn no_rows(table: TableId, dictionary: &Dictionary) -> Cause {
        let sheet = &dictionary.table(table).sheet;
        Cause::new(Uncertain::Table(table), format!("没有“{sheet}”，或其中没有记录"))
    }

    /// A field of a row is not known.
    pub(crate) fn of_field(table: TableId, field: FieldId, words: impl Into<String>) -> Cause {
        Cause::new(Uncertain::Rows(table, Doubt::Field(field)), words)
    }
}
