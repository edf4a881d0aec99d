//! Which table a sheet is, and what is in the way where it is none.

mod recognised;
mod sums;
mod tell;

pub use recognised::{LeavesOpen, Nearly, OfficerList, OtherYear, Recognised};
