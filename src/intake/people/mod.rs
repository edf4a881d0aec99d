//! Who is who: the people, institutions and schools of a run, and those that a row names.

mod agreement;
mod asides;
mod build;
pub(crate) mod identity;
mod links;
mod named;
mod namesakes;
mod naming;
mod nearest;
mod numbers;
mod owners;
mod registry;
mod schools;
mod typos;
mod whom;

pub use build::Defaults;
pub(crate) use naming::{key as name_key, may_be_short};
pub use registry::{Entity, Registry};
