//! What was found as texts for other programs, a file a format, and the proof that a report is of its inputs.

mod csv;
mod inspection;
mod json;
mod jsonl;
mod markdown;
mod proof;

pub use csv::csv;
pub(crate) use inspection::format;
pub use inspection::inspection_json;
pub use json::{Printed, json};
pub use jsonl::jsonl;
pub use markdown::markdown;
pub use proof::{PackSource, Proof, ProofError, RunOptions, read_proof, write_proof};
