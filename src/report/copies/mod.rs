//! The annotated copies of the input sheets.

mod copy;
mod formats;
mod marks;
mod opinions;

pub(crate) use copy::write;
pub(crate) use marks::{NOTES, count};
