//! One after the other: the rows of a person who changed the post or the institution.

use jiff::civil::Date;

use crate::model::{Cell, CellRef};

/// The time in which one of a person's rows holds, and what it says then.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenure {
    /// The earliest first day, and the latest last one.
    pub first: Date,
    pub last: Date,
    /// By field; what the row leaves blank is as in the others, and the dates are those of the whole time in post.
    pub cells: Vec<Cell>,
    pub places: Vec<Option<CellRef>>,
    pub institution: Option<u32>,
}
