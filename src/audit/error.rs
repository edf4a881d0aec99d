//! Why an audit could not be run, in a sentence that a clerk can act on.

use thiserror::Error;

use crate::intake::HeaderError;
use crate::read::ReadError;

/// Why an audit could not be run.
#[derive(Debug, Error)]
pub enum AuditError {
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Several things are wrong: each by a sentence of its own.
    #[error("{}", sentences(.0))]
    Several(Vec<AuditError>),
    /// `sheet` says the file and the sheet.
    #[error("{sheet}：{source}")]
    Header { sheet: String, source: HeaderError },
    #[error("不认识的层级“{written}”；可以写：{allowed}")]
    Level { written: String, allowed: String },
}

impl AuditError {
    /// # Errors
    /// The errors, when there are any, as one.
    pub(super) fn all(mut errors: Vec<AuditError>) -> Result<(), AuditError> {
        match errors.len() {
            0 => Ok(()),
            1 => Err(errors.remove(0)),
            _ => Err(AuditError::Several(errors)),
        }
    }
}

fn sentences(errors: &[AuditError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
