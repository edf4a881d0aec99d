//! The remarks of a sheet: what stands in columns beside those of its table, and whether it denies the row or excuses the person.

mod attained;
mod column;
mod columns;
mod day_parts;
mod holding;
mod messages;
mod times;
mod told;
mod unfilled;

pub(in crate::intake) use attained::{speaks_of, widen};
pub(super) use columns::RemarkColumns;
pub(super) use messages::denial;
pub(super) use times::says_day_only;
