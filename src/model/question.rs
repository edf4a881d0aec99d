//! 先核对这些: what is to be settled before more can be judged; and what the ledgers hold.

use jiff::civil::Date;
use serde::Serialize;

use super::{CellRef, Masked};

/// A cause of doubt, asked about once. Plain Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    pub ask: Masked,
    /// What to do.
    pub answer: Masked,
    /// How many verdicts nothing else leaves open.
    pub frees: usize,
    /// How many verdicts it leaves open, alone or with other causes.
    pub concerns: usize,
    /// The first cells to look at: `活动台账.xlsx!活动台账!A5`.
    pub cells: Vec<Masked>,
    /// Lines for the file of `--columns` that settle it, with the likely answer. Empty where only the records can say.
    pub lines: Vec<Masked>,
    #[serde(skip)]
    pub at: Vec<CellRef>,
    /// The findings that it leaves open, by their places in the assessment, in ascending order.
    #[serde(skip)]
    pub findings: Vec<u32>,
}

/// What a ledger holds, of one institution, or without one of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LedgerCoverage {
    /// The table of the dictionary.
    pub table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<Masked>,
    /// Rows with a date that lies in one month.
    pub rows: u32,
    pub first: Date,
    pub last: Date,
    /// Months of the audit year that have none and should: `2023-09`.
    pub months_without_rows: Vec<String>,
}
