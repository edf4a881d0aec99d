//! Calls `cli` and turns its outcome into an exit status.

use std::process::ExitCode;

use jiaoyan::cli::{self, Status};

fn main() -> ExitCode {
    let status = cli::run(std::env::args_os().collect()).unwrap_or_else(|error| {
        cli::complain(&error);
        Status::NotRun
    });
    ExitCode::from(status.code())
}
