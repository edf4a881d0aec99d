//! What was found, beside the packs and rules that it comes from, and the words for it.

mod copy_names;
mod heading;
mod index;
pub(crate) mod phrases;
mod requirements;
mod sources;

pub(crate) use heading::Heading;
pub(crate) use index::{Entry, Index, file_name, short_name};
pub(crate) use requirements::{Requirement, names, requirements, terms};
pub(crate) use sources::row_runs;
