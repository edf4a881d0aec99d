//! Rows: a row of cells becomes a typed row, or is told to be no record.

mod column;
mod ends;
mod non_records;
mod parser;
mod prints;
mod record;
mod sheet_rows;

pub use parser::{RowOutcome, RowParser};
pub use record::{Maybe, ParsedRow, Record, SchoolLink};
pub use sheet_rows::{RowRemark, SheetRows};
