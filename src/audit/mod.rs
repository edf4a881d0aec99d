//! The way of the data: files are read, rows are taken in and tallied, amounts are judged, and one result comes out.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::model::{Assessment, Copy, Period};
use crate::pack::Pack;

/// What an audit is run with.
pub struct Settings {
    pub inputs: Vec<PathBuf>,
    pub packs: Vec<Pack>,
    /// The audit year; the latest one that has ended by `today` when it is not given.
    pub period: Option<Period>,
    /// The day the audit looks back from; the end of the audit year or `today`, whichever is earlier, when not given.
    pub as_of: Option<Date>,
    /// 层级 of rows and institutions that do not say: 市级, 县级, 镇街.
    pub level: Option<String>,
    /// The institution of a roster that names none.
    pub institution: Option<String>,
    pub today: Date,
}

/// An audit's whole result.
#[derive(Debug)]
pub struct Audit {
    pub assessment: Assessment,
    /// For each sheet of the assessment, the rows that the report shows again.
    pub copies: Vec<Copy>,
    /// What the run did that nobody asked for: the audit year it took, files it passed over. Plain Chinese.
    pub notes: Vec<String>,
}

/// Is told how far the reading is, so that a long run can show it.
pub trait Progress {
    /// A file is about to be read; `done` of `all` files are.
    fn file(&self, name: &str, done: usize, all: usize);
    /// So many rows of it were read since the last call.
    fn rows(&self, rows: u64);
}

// ---- stub: replaced by the audit itself ----

/// Why an audit could not be run.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct AuditError(String);

pub fn run(_settings: &Settings, _progress: &dyn Progress) -> Result<Audit, AuditError> {
    Err(AuditError("这一版还不能核查".to_string()))
}

// ---- end of stub ----
