//! What was found, beside the packs and rules that it comes from, and the words for it.

mod coverage;
mod heading;
mod index;
pub(crate) mod phrases;
mod requirements;
mod sources;

pub(crate) use coverage::{ledger_name, ledgers, sheets_read};
pub(crate) use heading::Heading;
pub(crate) use index::{Index, RuledFinding, SubjectRow, file_name, short_name, subject_rows};
pub(crate) use phrases::{headline, words};
pub(crate) use requirements::{Requirement, names, requirements, terms};
pub(crate) use sources::row_runs;
