//! Rows of a sheet that are no records, or may be none.

mod blocks;
mod column_sums;
mod gaps;
mod marks;
mod non_records;
mod owners;
mod recorded;
mod sections;
mod silent;
mod subtotals;
mod sums;
mod titles;
mod told;

pub(super) use blocks::BlockYears;
pub(super) use gaps::Gaps;
pub use marks::RowMarks;
pub(super) use non_records::is_named;
pub(super) use owners::take_owner;
pub(super) use sections::Sections;
pub(super) use silent::is_silent;
pub use subtotals::Subtotal;
pub(super) use sums::doubt_sum;
pub(super) use told::{RowTold, report_left, told};
