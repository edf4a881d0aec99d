//! ods workbooks.

mod attributes;
pub(crate) mod book;
mod cell;
mod cells;
mod content;
mod text;
