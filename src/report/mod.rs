//! The only user of rust_xlsxwriter and comfy-table: an audit becomes a workbook, a page in the terminal, or JSON.
//! It decides nothing.
