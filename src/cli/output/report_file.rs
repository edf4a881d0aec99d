//! The file of a report, with its proof beside it: made before anything is printed, written afterwards.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::destination::{Destination, WorkbookKind};
use super::write::{self, FinishedWorkbook};
use crate::cli::UserError;
use crate::model::{FileStamp, sha256_hex};
use crate::report::{self, FinishedReport, Report, ReportError, RunOptions};

/// What is to be written of a report.
pub(crate) enum ReportFile<'a> {
    Nothing,
    /// With a proof beside it.
    Report(FinishedReport<'a>),
    /// Without one, which would name people.
    Published(Vec<u8>),
}

impl<'a> ReportFile<'a> {
    pub(crate) fn make(
        report: &Report<'a>,
        destination: &Destination,
        kind: WorkbookKind,
    ) -> Result<ReportFile<'a>, UserError> {
        if *destination == Destination::Nowhere {
            return Ok(ReportFile::Nothing);
        }
        let made = match kind {
            WorkbookKind::Published => report::published(report).map(ReportFile::Published),
            WorkbookKind::Report | WorkbookKind::Template => report::workbook(report).map(ReportFile::Report),
        };
        made.map_err(|error| not_made(&error))
    }

    pub(crate) fn write(
        &self,
        report: &Report<'_>,
        options: &RunOptions,
        destination: &Destination,
        stem: &str,
    ) -> Result<Option<PathBuf>, UserError> {
        let made = match self {
            ReportFile::Nothing => return Ok(None),
            ReportFile::Published(bytes) => {
                let workbook = FinishedWorkbook { kind: WorkbookKind::Published, bytes, proof: None };
                return write::write(destination, stem, &workbook);
            }
            ReportFile::Report(made) => made,
        };
        let sha256 = sha256_hex(&made.bytes);
        let proof = |path: &Path, to: &mut dyn Write| {
            proof_for(path, &sha256, report, options, made, to).map_err(|error| match error {
                ReportError::Json(error) => error.into(),
                ReportError::Workbook(_)
                | ReportError::Temporary
                | ReportError::Template(_)
                | ReportError::Lines
                | ReportError::Csv => io::Error::other(error),
            })
        };
        let kind = WorkbookKind::Report;
        write::write(destination, stem, &FinishedWorkbook { kind, bytes: &made.bytes, proof: Some(&proof) })
    }
}

/// Writes the proof of a report that has this path and digest.
pub(crate) fn proof_for(
    path: &Path,
    sha256: &str,
    report: &Report<'_>,
    options: &RunOptions,
    made: &FinishedReport<'_>,
    to: &mut dyn Write,
) -> Result<(), ReportError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stamp = FileStamp { path: (*name).into(), sha256: sha256.to_string() };
    report::write_proof(&stamp, options, &report.audit.passed_over, &made.printed, to)
}

/// Why a report was not made, and what to do.
pub(crate) fn not_made(error: &ReportError) -> UserError {
    let sentence = UserError::new(error.to_string());
    match error {
        ReportError::Temporary => sentence.advise(format!(
            "请腾出临时文件夹 {} 所在磁盘的空间再运行，或者不用 --annotate all",
            env::temp_dir().display()
        )),
        ReportError::Workbook(_)
        | ReportError::Template(_)
        | ReportError::Json(_)
        | ReportError::Lines
        | ReportError::Csv => sentence,
    }
}
