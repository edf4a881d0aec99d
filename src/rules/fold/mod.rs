//! What passes between the fold over the rows and the measures: what a measure asks of it, a row as it comes out of it,
//! and what a measure answers in the end.

mod citations;
mod kind;
mod measured;
mod row;
mod total;

pub(crate) use citations::{Citations, Doubt};
pub(crate) use kind::{Adds, Character, Folds, Join, Kind, NoRows, Written};
pub(crate) use measured::{FigureUnit, Gathered, GatheredRows, ItemFigure, Measured, Viewpoint};
pub(crate) use row::{FoldedRow, Key, Naming, PathValue, RowFacts};
pub(crate) use total::{DifferentValues, QuantitySum};
