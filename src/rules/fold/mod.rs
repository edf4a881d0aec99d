//! What passes between the fold over the rows and the measures: what a measure asks of it, a row as it comes out of it,
//! and what a measure answers in the end.

mod cause;
mod citations;
mod doubt;
mod kind;
mod measured;
mod row;
mod spelt;
mod total;

pub(crate) use cause::{Cause, Uncertain, Unrecorded};
pub(crate) use citations::Citations;
pub(crate) use doubt::Doubt;
pub(crate) use kind::{Adds, Character, Folds, Join, Kind, NoRows, Written};
pub(crate) use measured::{FigureUnit, Gathered, GatheredRows, ItemFigure, Kin, Measured, Viewpoint};
pub(crate) use row::{FoldedRow, Key, Naming, PathValue, RowFacts};
pub(crate) use spelt::SpeltValues;
pub(crate) use total::{DifferentValues, QuantitySum};
