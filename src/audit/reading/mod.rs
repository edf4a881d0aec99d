//! From files to rows: files are opened, sheets told apart, and every row goes one way, whether its table is kept in memory
//! or streamed past the tally.

mod absences;
mod attained;
mod book;
mod codes;
mod folders;
mod lists;
mod near_rows;
mod row_path;
mod run_sheets;
mod stream;
mod summed;
mod totals;
mod workload;

pub(super) use attained::hear_unread;
pub(super) use book::{InputBook, drop_copies, open, open_each};
pub(super) use lists::{date_newcomers, set_aside};
pub(super) use row_path::KeptTables;
pub(super) use row_path::SheetReader;
pub(super) use run_sheets::{RunSheet, Sheets, recognise_each};
pub(super) use stream::stream;
