//! All that leaves the program: files, the screen, and what is said of them.

mod destination;
mod diagnostics;
mod fault;
mod progress;
mod report_file;
mod streams;
mod write;

pub use destination::{Destination, WorkbookKind, folded, folder_of, free_names, named, proof_of};
pub use diagnostics::render;
pub use fault::{failed, reason};
pub use progress::{ProgressLine, StatusLine, time_left};
pub use report_file::{ReportFile, not_made, proof_for};
pub use streams::{complain, err, out, remark, show, width};
pub use write::{FinishedWorkbook, is_left_unfinished, put, sweep, write};
