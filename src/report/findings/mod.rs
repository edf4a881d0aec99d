//! What was found, beside the packs and rules that it comes from, and the words for it.

mod copy_names;
mod heading;
mod headline;
mod index;
pub(crate) mod phrases;
mod requirements;
mod sources;
mod subjects;

pub(crate) use heading::Heading;
pub(crate) use headline::{headline, words};
pub(crate) use index::{Index, RuledFinding, file_name, short_name};
pub(crate) use requirements::{Requirement, names, requirements, terms};
pub(crate) use sources::row_runs;
pub(crate) use subjects::{SubjectRow, subject_rows};
