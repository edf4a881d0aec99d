//! A cell as it was read, and where its reading is kept.

use jiff::civil::Date;

use crate::intake::cell::ParsedCell;

#[derive(Clone, Debug, PartialEq)]
pub(in crate::intake::row) struct CellReading {
    pub parsed: ParsedCell,
    /// What the cell adds to the print of its row.
    pub print: u64,
    /// Whether it is a topic that says that it did not take place.
    pub calls_off: bool,
    /// Whether it is a text that says nothing of what its row is.
    pub is_silent: bool,
    /// From when and until when a bracket says that it is so.
    pub dated: Option<(Date, Date)>,
}

impl CellReading {
    pub(super) const fn unreadable(print: u64) -> CellReading {
        CellReading { parsed: ParsedCell::UNREADABLE, print, calls_off: false, is_silent: false, dated: None }
    }
}

/// Where a reading is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake::row) enum KeptAt {
    At(usize),
    Last,
}

impl KeptAt {
    /// The place of the text among those that are remembered.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            KeptAt::At(place) => Some(place),
            KeptAt::Last => None,
        }
    }
}

/// A cell as it was read; `above` where it only says that it holds what the cell above it holds.
pub(in crate::intake::row) struct ReadCell<'c> {
    pub reading: &'c CellReading,
    pub above: bool,
}
