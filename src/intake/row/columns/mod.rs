//! The columns of a sheet that are read, and the texts that they have seen.

mod column;
mod read_columns;
mod reading;
mod states;
mod text_notes;

pub(super) use column::ColumnReader;
pub(super) use read_columns::{KnownRow, ReadColumns};
pub(super) use reading::{CellReading, ReadCell};
pub(super) use text_notes::TextNotes;
