//! What a rule can say: measures, conditions, bounds, and when rows hold. Documents are made of these by `pack`, and
//! `evaluate` answers them.

pub(crate) mod bound;
pub(crate) mod condition;
mod days;
pub(crate) mod fold;
mod measure;
mod member;
mod members;
mod needs;
mod path;
mod phrases;
mod places;
mod prelude;
pub(crate) mod quantity;
mod rows;
pub(crate) mod window;

pub use bound::{Bound, Threshold, standard};
pub use condition::{Condition, Moment, Single, Test, ValueTest};
pub(crate) use fold::{Kind, Written};
pub(crate) use measure::State;
pub use measure::{MEASURES, Measure};
pub(crate) use members::{Member, MemberColumn, Members};
pub(crate) use needs::Needs;
pub(crate) use path::Scope;
pub use path::{Path, Via};
pub(crate) use phrases::{Phrases, yes_no};
pub use rows::{Link, LinkedRows};
