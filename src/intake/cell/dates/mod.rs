//! Dates as clerks write them. What is sure is read; a date that can be read in two ways spans both or is unreadable.

mod bare;
mod context;
mod date_cell;
mod range;
mod tidy;
mod time_words;
mod written;

pub(crate) use bare::{number_or_year, text_or_year};
pub(crate) use context::DateContext;
pub(crate) use date_cell::{DateReading, SpanEnd, from_date, from_serial, shortened};
