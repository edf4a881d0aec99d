//! What headers say beside the name of a column: a second header further down a sheet, and the titles above the first.

mod second;
mod titles;
mod units;

pub(crate) use second::{HeaderNames, HeaderRow};
pub(crate) use titles::{date_context, title_texts};
