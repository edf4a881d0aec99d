//! xlsb workbooks.

pub(crate) mod book;
mod preflight;
mod records;
mod sheet_scan;
