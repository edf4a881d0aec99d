//! Dates as clerks write them. What is sure is read; a date that can be read in two ways spans both or is unreadable.

mod context;
mod date_cell;
mod range;
mod reading;
mod serial;
mod tidy;
mod time_words;
mod written;

pub(crate) use context::DateContext;
pub(crate) use date_cell::{from_date, from_number, from_text};
pub(crate) use reading::{DateReading, SpanEnd};
pub(crate) use serial::from_serial;
