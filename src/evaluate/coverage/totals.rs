//! What sheets say that somebody came to, beside what their rows add up to.

use crate::dictionary::{FieldId, TableId};
use crate::model::CellRef;

/// What a sheet says that somebody came to in a year, where their rows in it add up to something else.
#[derive(Clone, Debug)]
pub struct OtherTotal {
    pub table: TableId,
    /// What is added up.
    pub field: FieldId,
    pub person: u32,
    pub year: i16,
    /// Whether it is more.
    pub is_more: bool,
    pub at: CellRef,
    pub words: String,
}
