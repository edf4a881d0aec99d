//! Who is who: the people, institutions and schools of a run, and those that a row names.

mod build;
mod links;
mod named;
mod naming;
mod nearest;
mod registry;

pub use build::Defaults;
pub use registry::{Entity, Registry};
