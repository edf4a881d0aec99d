//! The child: does the work of the command under a memory cap, and says on its channel how it goes.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread::{self, Builder};
use std::time::Duration;

use super::channel::{self, Word};
use super::limits::Limits;
use super::{MARK, heap};
use crate::cli::{Refusal, Status, complain, fault};

/// The stack for the work, in bytes: what the main thread has, except on Windows, where that is an eighth of it.
const STACK: usize = 8 << 20;
/// How often the child looks whether its parent is still there.
const PULSE: Duration = Duration::from_secs(1);

/// Runs the work of a command, prints what kept it from being done, and gives its exit status.
///
/// # Errors
/// The process cannot be set up for the work.
pub fn run(limits: Limits, work: impl FnOnce() -> anyhow::Result<Status> + Send) -> Result<Status, Refusal> {
    let refuse = |error: io::Error| Refusal::new(format!("程序没有启动成：{}", fault::reason(&error)));
    channel::open().map_err(|_| Refusal::new(format!("环境变量 {MARK} 是程序自己用的，请去掉它再运行")))?;
    heap::cap(limits.bytes());
    say_where_it_panics();
    Builder::new().spawn(pulse).map_err(refuse)?;
    let outcome = if cfg!(windows) { on_a_large_stack(work).map_err(refuse)? } else { caught(work) };
    let status = match outcome {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => {
            complain(&error);
            Status::NotRun
        }
        // Without its last word the parent says what happened.
        Err(_) => return Ok(Status::NotRun),
    };
    channel::say(&Word::Done(status.code()));
    Ok(status)
}

/// The allocator of Linux is slower on any thread but the main one, so the work stays there where its stack is large.
fn caught<T>(work: impl FnOnce() -> T) -> thread::Result<T> {
    // After a panic nothing of the work is looked at any more.
    panic::catch_unwind(AssertUnwindSafe(work))
}

fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<thread::Result<T>> {
    thread::scope(|scope| {
        let worker = Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        Ok(worker.join())
    })
}

/// The text of a panic may hold what stands in a cell, so only its place is told.
fn say_where_it_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
        channel::say(&Word::Panic(place.unwrap_or_default()));
    }));
}

/// Ends the process soon after its parent has gone, whatever the work is at.
fn pulse() {
    loop {
        channel::pulse();
        thread::sleep(PULSE);
    }
}
