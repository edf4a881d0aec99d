//! What sheets are called, and what they say beside the rows of tables.

mod gaps;
mod names;
mod officers;

pub use gaps::GapWords;
pub use names::{Corrects, Hints, SheetWords};
pub use officers::OfficerWords;
