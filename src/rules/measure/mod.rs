//! 指标: the number computed for a subject and a window. Each kind has a file of its own, and all stand in the registry.

mod count;
mod days;
mod distinct;
mod field;
mod figure;
mod missing;
mod names;
mod ratio;
mod registry;
mod service;
mod share;
mod since;
mod span;
mod sum;

pub(crate) use registry::State;
pub use registry::{MEASURES, Measure};
