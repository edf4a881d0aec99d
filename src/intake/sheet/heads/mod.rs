//! Which of the first rows are the header of a sheet.

mod adjoining;
mod blocks;
mod signs;
mod unit_rows;

pub(crate) use adjoining::part;
pub(super) use signs::Signs;
pub(crate) use unit_rows::units_below;
