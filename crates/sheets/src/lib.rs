//! Spreadsheet files as streams of rows.
