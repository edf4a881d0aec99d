//! The remarks of a sheet: what stands in columns beside those of its table, and whether it denies the row or excuses the person.

mod column;
mod columns;
mod holding;
mod times;
mod unfilled;

pub(super) use columns::{RemarkColumns, denial};
pub(super) use times::says_day_only;
