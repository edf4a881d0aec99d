//! The result of an audit: one value that every output is made from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CellRef, Finding, Issue, LedgerCoverage, Masked, Question, Verdict};

/// An audit's whole result, in the form of the JSON contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Assessment {
    pub schema: &'static str,
    pub tool: String,
    pub period: String,
    pub as_of: jiff::civil::Date,
    pub packs: Vec<PackStamp>,
    pub inputs: Vec<Input>,
    /// By pack, rule (in the pack's order), subject (in the order of its table) and window.
    pub findings: Vec<Finding>,
    pub manual: Vec<ManualCheck>,
    pub issues: Vec<Issue>,
    /// What the ledgers hold, by table and institution.
    pub coverage: Vec<LedgerCoverage>,
    /// What is to be settled first, in the order of how many verdicts it frees.
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackStamp {
    pub id: String,
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    pub path: Masked,
    pub sha256: String,
    pub sheets: Vec<Sheet>,
    /// What was noticed about the file as a whole: its encoding, an extension that does not fit, hidden sheets.
    #[serde(skip)]
    pub notes: Vec<Masked>,
}

/// A sheet of an input. `rows` are the rows with content below the header: used + partly + unused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub name: Masked,
    /// The table of the dictionary that it was read as; `None` if it is no known table.
    pub table: Option<String>,
    pub rows: u32,
    pub used: u32,
    pub partly: u32,
    pub unused: u32,
    /// The row that the headers stand in, from 1.
    #[serde(skip)]
    pub header_row: Option<u32>,
}

/// What a person checks by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ManualCheck {
    pub pack: String,
    pub clause: String,
    pub ask: String,
}

/// What stands in a cell of an input, kept for the annotated copy.
#[derive(Clone, Debug, PartialEq)]
pub enum RawText {
    Text(Arc<str>),
    Number(f64),
    /// A serial of the 1900 date system.
    Date(f64),
    Flag(bool),
    /// An error value, or a formula without a result.
    Broken,
}

/// A kept row: its number from 1, and its cells by column from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyRow {
    pub number: u32,
    pub cells: Vec<(u32, RawText)>,
}

/// The rows of an input sheet that the report shows again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copy {
    /// In ascending order of their numbers. Below the header they hold only the columns that the audit reads.
    pub rows: Vec<CopyRow>,
    /// The columns from 0 that are left out below the header because the audit does not use them, in ascending order.
    pub uncopied: Vec<u32>,
    /// Whether rows with nothing to say were left out because the sheet is long.
    pub shortened: bool,
    /// How many rows are left out because they name strangers only.
    pub withheld: u32,
}

impl Copy {
    /// Whether the row with this number, from 1, is shown again.
    pub fn has_row(&self, number: u32) -> bool {
        self.rows.binary_search_by_key(&number, |row| row.number).is_ok()
    }
}

impl Assessment {
    pub const SCHEMA: &'static str = "jiaoyan.assessment/1";

    /// All sheets of all inputs with the path of their file, in the order that [`super::RowRef::sheet`] counts.
    pub fn sheets(&self) -> impl Iterator<Item = (&Input, &Sheet)> {
        self.inputs.iter().flat_map(|input| input.sheets.iter().map(move |sheet| (input, sheet)))
    }

    /// `file!sheet!B17`
    pub fn cell_text(&self, cell: CellRef) -> String {
        match self.sheets().nth(cell.row.sheet as usize) {
            Some((input, sheet)) => cell_text(&input.path, &sheet.name, cell),
            None => String::new(),
        }
    }

    /// Whether any 应 or 原则上 is unmet.
    pub fn has_gap(&self) -> bool {
        self.findings.iter().any(Finding::is_gap)
    }

    /// Whether anything could not be judged.
    pub fn has_review(&self) -> bool {
        self.findings.iter().any(|finding| finding.verdict == Verdict::Review)
    }
}

/// `file!sheet!B17`: the file by its name, because the folders before it say nothing to the reader of a report.
pub(crate) fn cell_text(path: &str, sheet: &str, cell: CellRef) -> String {
    format!("{}{}{}", sheet_prefix(path, sheet), super::column_letters(cell.column), cell.row.row)
}

/// `file!sheet!`, which the names of its cells begin with.
pub(crate) fn sheet_prefix(path: &str, sheet: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    format!("{file}!{sheet}!")
}
