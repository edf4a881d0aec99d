//! Rows of a sheet that are no records, or may be none.

mod non_records;
mod sums;
mod told;

pub(super) use non_records::without_name;
pub(super) use sums::doubt_sum;
pub(super) use told::{RowTold, told};
