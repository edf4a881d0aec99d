//! The two ends of a watched run, with the errors of both in plain Chinese.

use std::ffi::OsString;

use watched::{Limits, OnLine, SetUpError};

use super::ending;
use crate::cli::{Status, UserError, output};

/// The environment variable that makes the program the child of another.
const MARK: &str = "JIAOYAN_WATCHED";

/// How a child ended.
pub enum ChildEnd {
    /// It did its work and had this exit status.
    Own(Status),
    /// Something befell it: what it was at, and what to do.
    Cut(UserError),
}

/// Whether this process is a child.
pub fn is_child() -> bool {
    watched::is_child(MARK)
}

/// Does the work of a command in this process, which is a child. What kept the work from being done is printed here.
/// Errors: the process cannot be set up for the work.
pub fn work(limits: Limits, work: impl FnOnce() -> anyhow::Result<Status> + Send) -> anyhow::Result<Status> {
    let mut status = Status::NotRun;
    let code = watched::work(limits, || {
        status = work().unwrap_or_else(|error| {
            output::complain(&error);
            Status::NotRun
        });
        status.code()
    });
    match code {
        Ok(_) => Ok(status),
        Err(SetUpError::NoChannel) => {
            Err(UserError::new(format!("环境变量 {MARK} 是程序自己用的，请去掉它再运行")).into())
        }
        Err(SetUpError::Thread(error)) => Err(output::failed("程序没有启动成", &error).into()),
    }
}

/// Runs a command line in a child; gives the child's exit status. The words begin with the program's name, and must be
/// complete: nobody can be asked in the child. Errors: the child could not be started, or did not come to its own end.
pub fn run(limits: Limits, words: &[OsString]) -> Result<Status, UserError> {
    match attend(limits, words, None)? {
        ChildEnd::Own(status) => Ok(status),
        ChildEnd::Cut(error) => {
            clear_line();
            Err(error)
        }
    }
}

/// Runs a command line in a child, and looks after it until it has ended. What it prints goes where this process
/// prints, unless `on_line` takes it line by line. Errors: the child could not be started.
pub fn attend(limits: Limits, words: &[OsString], on_line: Option<OnLine<'_>>) -> Result<ChildEnd, UserError> {
    let end = watched::attend(MARK, limits, words, on_line).map_err(|error| {
        output::failed("程序不能再次启动自己来读取台账", &error)
            .advise("请检查程序文件是否还在原处、杀毒软件是否拦截了它")
    })?;
    Ok(match end {
        watched::End::Exited(code) => ChildEnd::Own(Status::of(code).unwrap_or(Status::NotRun)),
        watched::End::Cut(stage, cause) => ChildEnd::Cut(ending::explain(&stage, &cause, limits)),
    })
}

/// Takes away the line of progress that a child has left behind.
fn clear_line() {
    let terminal = console::Term::stderr();
    if terminal.is_term() {
        let _ = terminal.clear_line();
    }
}
