//! The files of a run: which ones are read, and what the clerk is told of those that cannot be read.

mod file_text;
mod find;

pub use file_text::{error_text, remark_text};
pub use find::{FindError, REPORT_KEYWORD, find, is_workbook_name};
