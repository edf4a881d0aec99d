//! Why an audit could not be run, in a sentence that a clerk can act on.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sheets::ReadError;
use thiserror::Error;

use crate::intake::HeaderError;
use crate::intake::files::{FindError, error_text};
use crate::model::Period;

/// Why an audit could not be run.
#[derive(Debug, Error)]
pub enum AuditError {
    #[error(transparent)]
    Find(#[from] FindError),
    /// No source of the error: the sentence says it all, and the reader's own words are English.
    #[error("{}", error_text(.0))]
    Read(ReadError),
    /// Books that cannot be read to their ends, by their places; the sentence is of the first.
    #[error("{}", .0.values().next().map(error_text).unwrap_or_default())]
    Damaged(BTreeMap<usize, ReadError>),
    /// Several things are wrong: each by a sentence of its own.
    #[error("{}", sentences(.0))]
    Several(Vec<AuditError>),
    /// `sheet` says the file and the sheet. The sentence holds the whole cause.
    #[error("{sheet}：{fault}")]
    Header { sheet: String, fault: HeaderError },
    /// `names` are those that could be meant, or all of a few.
    #[error("{}", subject(.wanted.as_deref(), .names))]
    Subject { wanted: Option<String>, names: Vec<String> },
    #[error("核查年度{}还没有开始（第一天是{}，今天是{today}），没有可以核查的；请改 --period", .period.label(), .period.start())]
    NotBegun { period: Period, today: Date },
    #[error("不认识的层级“{written}”；可以写：{allowed}")]
    Level { written: String, allowed: String },
}

impl From<ReadError> for AuditError {
    fn from(error: ReadError) -> AuditError {
        AuditError::Read(error)
    }
}

impl AuditError {
    /// Errors: the errors, when there are any, as one.
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

fn subject(wanted: Option<&str>, names: &[String]) -> String {
    let listed = if names.is_empty() { String::new() } else { format!("；可以写：{}", names.join("、")) };
    match wanted {
        Some(wanted) => format!("台账里没有叫“{wanted}”的核查对象{listed}"),
        None => format!("这条规则核查的对象不止一个，请用 --person 写明是哪一个{listed}"),
    }
}
