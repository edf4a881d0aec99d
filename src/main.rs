//! Calls `cli` and turns its outcome into an exit status.

use std::process::ExitCode;

use jiaoyan::cli::{self, Heap, Status};

/// Counts the memory in use, so that reading a workbook can be capped.
#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    let status = cli::run(std::env::args_os().collect()).unwrap_or_else(|error| {
        cli::complain(&error);
        Status::NotRun
    });
    ExitCode::from(status.code())
}
