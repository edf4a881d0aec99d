//! Spreadsheet files as streams of rows with addresses.
//!
//! A file is known by its first bytes, passes a preflight that refuses bombs, entities and damage, and only then meets a
//! parser. Every format comes out as the same [`Row`]; what a value means is for others to say. This crate is the only
//! user of calamine, and the only splitter of csv.

#![cfg_attr(test, allow(unreachable_pub, clippy::wildcard_enum_match_arm, reason = "nobody uses tests"))]

mod csv;
mod error;
mod format;
mod guard;
mod input;
mod ods;
mod package;
mod remark;
mod rows;
mod sniff;
mod workbook;
mod xls;
mod xlsb;
mod xlsx;

pub use error::{Fault, ReadError};
pub use format::{ForeignKind, Format, TextEncoding};
pub use input::listing::SheetInfo;
pub use input::readers::Parsing;
pub use input::source::{Beat, no_beat};
pub use package::keyword::has_keyword;
pub use remark::Remark;
pub use rows::row::{Raw, RawCell, Row, Visit, cell_name, rows_of_text};
pub use workbook::{OpenOptions, Workbook};
