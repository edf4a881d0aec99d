//! Conditions on a row: how they are written, whether they hold, and what they rest on.

mod form;
mod holds;
mod tree;
mod walk;

pub(crate) use form::read;
pub(crate) use holds::RowView;
pub use tree::{Condition, Moment, Single, Test, ValueTest};
