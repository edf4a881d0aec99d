//! Issues: what is wrong with the data, each at its cell, in words that a clerk can act on.

mod log;
mod sheet_names;

pub use log::IssueLog;
pub use sheet_names::{SheetName, SheetNames};
