//! The pages of the report, a file each.

pub(crate) mod clauses;
pub(crate) mod counts;
pub(crate) mod cover;
pub(crate) mod gaps;
pub(crate) mod issues;
mod list;
pub(crate) mod matrix;
pub(crate) mod overview;
pub(crate) mod questions;
pub(crate) mod reviews;
pub(crate) mod run;
pub(crate) mod side_by_side;
mod verdict_cell;
