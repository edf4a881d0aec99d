//! What a kind of measure is written with.

pub(super) use jiff::civil::Date;
pub(super) use rust_decimal::Decimal;

pub(super) use super::condition::{self, Condition};
pub(super) use super::fold::{
    Adds, Cause, Character, DifferentValues, FigureUnit, FoldedRow, Folds, Gathered, Join, Key, Kind, Measured, NoRows,
    QuantitySum, RowFacts, Uncertain, Viewpoint, Written,
};
pub(super) use super::members::{Member, Members};
pub(super) use super::needs::Needs;
pub(super) use super::path::Scope;
pub(super) use super::path::{self, DATES, NUMBERS, Path, own_field};
pub(super) use super::phrases::Phrases;
pub(super) use super::quantity::Quantity;
pub(super) use super::rows::LinkedRows;
pub(super) use crate::dictionary::{At, Dictionary, FieldId, Form, TableId, nearest};
pub(super) use crate::model::{Amount, Cell, DateSpan, SharedAmount, Truth, Value, WordId, elapsed_years};
