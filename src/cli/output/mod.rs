//! All that leaves the program: files, the screen, and what is said of them.

mod destination;
mod diagnostics;
mod fault;
mod progress;
mod report_file;
mod streams;
mod write;

pub use destination::{Destination, WorkbookKind, folder_of, free_names, named, proof_of};
pub use diagnostics::render;
pub use fault::reason;
pub use progress::{PATIENCE, ProgressLine, new_bar, time_left};
pub use report_file::{ReportFile, not_made, proof_for};
pub use streams::{complain, err, out, remark, width};
pub use write::{is_left_unfinished, put, sweep_all, write};
