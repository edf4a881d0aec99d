//! What the ledgers cover: their rows by institution and month. What is missing outside of that is not proved by them.

mod ledgers;
mod months;
mod owners;
mod spans;

pub use ledgers::Coverage;
pub(super) use ledgers::Rows;
pub(super) use owners::owners;
pub(crate) use spans::{in_words, merged};
