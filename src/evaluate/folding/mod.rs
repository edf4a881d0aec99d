//! What a row is for the measures of a table, and why it is possible and not sure.

mod amounts;
mod counted;
mod doubts;
mod occurrences;
mod posts;
mod row;

pub(super) use counted::as_counted;
pub(super) use occurrences::Occurrences;
pub(super) use row::Folding;
