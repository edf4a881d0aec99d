//! Why a report cannot be written.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ReportError {
    #[error("无法生成核查报告工作簿")]
    Workbook(#[from] XlsxError),
    #[error("原表副本要保留全部行，先暂存在临时文件夹，那里写不进去（磁盘可能已满）")]
    Temporary,
    #[error("无法生成模板工作簿")]
    Template(#[source] XlsxError),
    #[error("无法生成 JSON")]
    Json(#[from] serde_json::Error),
    #[error("无法生成 JSON 行")]
    Lines,
    #[error("无法生成 csv")]
    Csv,
}

/// How the error of an operation of the system shows itself in a panic. A workbook that is saved to memory has no other.
const OF_SYSTEM: &str = "Os { code";

/// Makes a workbook. Where the disk is full, rust_xlsxwriter panics over its temporary file: that becomes an error.
pub(crate) fn guarded<T>(make: impl FnOnce() -> Result<T, ReportError>) -> Result<T, ReportError> {
    // After an error nothing of the workbook is looked at any more.
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Err(ReportError::Workbook(XlsxError::TempFileError(..)))) => Err(ReportError::Temporary),
        Ok(made) => made,
        Err(panic) if said(&*panic).contains(OF_SYSTEM) => Err(ReportError::Temporary),
        Err(panic) => resume_unwind(panic),
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// What was made, else what was said of it.
    fn outcome(make: impl FnOnce() -> Result<u8, ReportError>) -> String {
        match catch_unwind(AssertUnwindSafe(|| guarded(make))) {
            Ok(Ok(made)) => made.to_string(),
            Ok(Err(error)) => error.to_string(),
            Err(panic) => format!("panic: {}", said(&*panic)),
        }
    }

    #[test]
    fn a_temporary_file_that_cannot_be_written_is_an_error_and_another_panic_goes_on() {
        let full = "原表副本要保留全部行，先暂存在临时文件夹，那里写不进去（磁盘可能已满）";
        let broken = || Err::<(), _>(io::Error::from_raw_os_error(28));
        assert_eq!(outcome(|| Ok(7)), "7");
        assert_eq!(outcome(|| panic!("another")), "panic: another");
        let write = || {
            broken().expect("Couldn't write to xml file");
            Ok(7)
        };
        assert_eq!(outcome(write), full);
        let refused =
            || Err(ReportError::Workbook(XlsxError::TempFileError("/t".into(), io::Error::from_raw_os_error(2))));
        assert_eq!(outcome(refused), full);
        assert_eq!(outcome(|| Err(ReportError::Csv)), "无法生成 csv");
    }
}
