//! xls workbooks (BIFF 5 and 8, also in et files).

pub(crate) mod book;
mod container;
mod dense;
mod labels;
mod preflight;
#[cfg(test)]
mod preflight_tests;
mod records;
mod sheet_scan;
