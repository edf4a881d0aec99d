//! 公示版: the report for the public, with institutions, clauses and counts, and no person.

mod public;
mod workbook;

pub use workbook::{published, published_text};
