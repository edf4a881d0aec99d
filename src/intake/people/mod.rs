//! Who is who: the people, institutions and schools of a run, and those that a row names.

mod build;
mod entity;
mod links;
mod named;
mod naming;
mod nearest;
mod registry;
mod roster;

pub use build::Defaults;
pub use entity::Entity;
pub use registry::Registry;
