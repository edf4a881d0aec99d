//! What a row is where its own word does not settle it: a lesson or a lecture may be another's, and a word for anything a visit.

mod amounts;
mod anything;
mod besides;
mod columns_beside;
mod dates;
mod lessons;
mod organisers;
mod row_kinds;
mod schools;
mod seen;
mod taught;
mod terms;
mod told;
mod topics;
mod units;

pub(super) use row_kinds::RowKinds;
pub(super) use seen::{SeenLessons, take_names};
pub use terms::names_second_term;
