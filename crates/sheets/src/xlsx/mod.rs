//! xlsx (and xlsm) workbooks.

mod book;
mod comments;
mod cursor;
mod lookup;
pub(crate) mod opening;
mod parser;
mod pieces;
mod plain;
mod strings;
mod struck;
#[cfg(test)]
mod tests;
