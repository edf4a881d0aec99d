//! The annotated copies of the input sheets.

mod columns;
mod copy;
mod marks;
mod opinions;
mod values;

pub(crate) use copy::write;
pub(crate) use marks::{NOTES, count};
