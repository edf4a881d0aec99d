//! Who is who: the people, institutions and schools of a run, and those that a row names.

mod agreement;
mod build;
mod entities;
pub(crate) mod identity;
mod levels;
mod links;
mod named;
mod names;
mod numbers;
mod offices;
mod owners;
mod registry;
mod schools;
mod told;
mod whom;

use names::{naming, nearest, typos, unlisted};

pub use build::Defaults;
pub use entities::{Entity, Tenure};
pub(crate) use names::naming::{behind_name, key as name_key, may_be_short};
pub use registry::Registry;
pub use told::{BesideLedgers, UnreadRow};
