//! Rows: a row of cells becomes a typed row, or is told to be no record.

mod apart;
mod blank_names;
mod columns;
mod ends;
mod figures;
mod flags;
mod kinds;
mod merged;
mod notes;
mod parser;
mod prints;
mod record;
mod remarks;
mod required;
mod sheet_rows;

pub use apart::{RowMarks, Subtotal};
pub(in crate::intake) use flags::contradict;
pub use kinds::names_second_term;
pub(in crate::intake) use notes::BesidesNote;
pub use notes::{CountedEvents, LaterRemark, NamedBeside, RowNotes, ToldAmount};
pub(in crate::intake) use notes::{DatedState, HeldTime};
pub use parser::RowParser;
pub use record::{Again, Maybe, ParsedRow, Record, RecordDoubt, RowOutcome, SchoolLink};
pub(in crate::intake) use remarks::{speaks_of, widen};
pub use sheet_rows::{RowRemark, SheetRows};
