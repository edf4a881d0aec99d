//! All that leaves the program: files, the screen, and what is said of them.

mod destination;
mod progress;
mod report_file;
mod streams;
mod write;

pub(super) use destination::{Destination, WorkbookKind, folded, folder_of, free_names, named, proof_of};
pub(super) use progress::{ProgressLine, StatusLine, time_left};
pub(super) use report_file::{ReportFile, not_made, proof_for};
pub use streams::complain;
pub(super) use streams::render;
pub(super) use streams::{err, out, remark, show, width};
pub(super) use streams::{failed, reason};
pub(super) use write::{FinishedWorkbook, is_left_unfinished, put, sweep, write};
