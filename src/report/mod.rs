//! The only user of rust_xlsxwriter and comfy-table: an audit becomes a workbook, a page in the terminal, or data.
//! It decides nothing: every verdict, figure and reason is shown as the assessment gives it, with personal numbers
//! masked.
//!
//! `findings` puts what was found beside the rules that it comes from, `sheet` is the layer over the workbook writer, and
//! the other folders hold what is made with them: the pages of the report and the copies of the inputs, the texts for
//! other programs (`data`) and for the terminal (`screen`), the template to fill in, and the 总表 over many offices.

mod copies;
mod data;
mod error;
mod findings;
mod pages;
mod publish;
mod screen;
mod sheet;
mod source;
mod template;
mod total;
mod workbook;

pub use data::{
    PackSource, Printed, Proof, ProofError, RunOptions, csv, inspection_json, json, jsonl, markdown, read_proof,
    write_proof,
};
pub use error::ReportError;
pub use publish::{published, published_text};
pub use screen::{compare_packs, explanation, inspection, terminal};
pub use source::{OfficeName, Report};
pub use template::{Template, template};
pub use total::{Total, summary, total, total_text};
pub use workbook::{FinishedReport, workbook};

#[cfg(test)]
mod tests;
