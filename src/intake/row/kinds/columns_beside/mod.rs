//! Columns that are not read and say the same as one that is, or how much of it holds.

mod lengths;
mod levels;
mod periods;
mod rivals;
mod seconds;
mod studied;
mod totals;

pub(super) use lengths::Lengths;
pub(super) use levels::LowerLevels;
pub(super) use periods::ToldPeriods;
pub(super) use rivals::Rivals;
pub(super) use seconds::SecondColumns;
pub(super) use studied::Studied;
pub(super) use totals::ToldTotals;
