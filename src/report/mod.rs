//! The only user of rust_xlsxwriter and comfy-table: an audit becomes a workbook, a page in the terminal, or JSON.
//! It decides nothing.

// ---- stub: replaced by the report itself ----

use crate::audit::Audit;
use crate::model::Assessment;
use crate::pack::Pack;

pub struct Report {
    pub audit: Audit,
    pub packs: Vec<Pack>,
    /// What the run was asked for, by its Chinese name, defaults included.
    pub options: Vec<(String, String)>,
}

#[derive(Debug, thiserror::Error)]
#[error("报告没有做成")]
pub struct ReportError;

pub fn workbook(_report: &Report) -> Result<Vec<u8>, ReportError> {
    Err(ReportError)
}

pub fn terminal(_report: &Report, _width: Option<u16>) -> String {
    String::new()
}

pub fn json(assessment: &Assessment) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(assessment)
}

// ---- end of stub ----
