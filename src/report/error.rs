//! Why a report cannot be written.

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

/// A report that could not be written.
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
