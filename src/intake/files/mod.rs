//! The files of a run: which ones are read, and what the clerk is told of those that cannot be read.

mod error_text;
mod find;
mod remark_text;

pub use error_text::error_text;
pub use find::{FindError, REPORT_KEYWORD, find, is_workbook_name};
pub use remark_text::remark_text;
