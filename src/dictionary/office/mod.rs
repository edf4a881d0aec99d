//! What the office itself says beside its records: its headers and sheet names, its answers, its calendar.

mod answers;
pub mod calendar;
mod columns;

pub use answers::Answers;
pub use columns::{Columns, NOT_READ, Wish};
