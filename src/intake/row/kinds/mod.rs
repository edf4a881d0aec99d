//! What a row is where its own word does not settle it: a lesson or a lecture may be another's, and a word for anything a visit.

mod amounts;
mod anything;
mod besides;
mod columns_beside;
mod dates;
mod less_told;
mod lessons;
mod more_told;
mod organisers;
mod row_kinds;
mod schools;
mod taught;
mod terms;
mod topics;
mod units;

pub(super) use lessons::{SeenLessons, take_names};
pub(super) use row_kinds::RowKinds;
pub use terms::names_second_term;
