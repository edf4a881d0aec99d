//! Which of the first rows are the header of a sheet.

mod adjoining;
mod blocks;
mod unit_rows;

pub(crate) use adjoining::part;
pub(crate) use unit_rows::units_below;
