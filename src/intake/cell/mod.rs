//! Cells: what stands under a known header becomes a value, blank, or unreadable.

mod clean;
mod dates;
mod messages;
mod number;
mod number_text;
mod numerals;
mod parser;
mod periods;
mod reserves;
mod words;

pub(super) use clean::{clean, without_space};
pub(crate) use dates::from_serial;
pub(super) use dates::{DateContext, SpanEnd};
pub(super) use messages::{message, shown};
pub(super) use numerals::to_digits;
pub(super) use parser::{CellParser, ParsedCell, as_one_date};
pub(super) use reserves::parted;
pub(super) use words::denies;
