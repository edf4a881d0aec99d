//! What a rule can say: measures, conditions, bounds, and when rows hold. Documents are made of these by `pack`, and
//! `evaluate` answers them.

pub(crate) mod bound;
pub(crate) mod condition;
mod link;
pub(crate) mod measure;
mod members;
pub(crate) mod quantity;
pub(crate) mod window;
mod words;

pub use bound::{Bound, Threshold};
pub(crate) use condition::Scope;
pub use condition::{Condition, Moment, Path, Test, Via};
pub use link::Link;
pub use measure::{Measure, Rows, Start};
pub use members::Members;
