//! The child: does the work under a memory cap, and says on its channel how it goes.

use std::env;
use std::error::Error;
use std::fmt;
use std::io::{self, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::thread::{self, Builder};
use std::time::Duration;

use crate::channel::{self, Event};
use crate::heap;
use crate::limits::Limits;

/// The stack for the work, in bytes: what the main thread has, except on Windows, where that is an eighth of it.
const STACK: usize = 8 << 20;
/// How often the child looks whether its parent is still there.
const PULSE: Duration = Duration::from_secs(1);

/// Whether this process is a child: the environment variable `mark` is set, as [`attend`](crate::attend) sets it. A
/// parent gives its child a pipe, so a terminal on standard input means that somebody has set the variable by hand.
pub fn is_child(mark: &str) -> bool {
    env::var_os(mark).is_some() && !io::stdin().is_terminal()
}

/// Why a process could not be set up as a child.
#[derive(Debug)]
pub enum SetUpError {
    /// Standard input is no channel, so no parent has started this process.
    NoChannel,
    /// The system gave no thread.
    Thread(io::Error),
}

impl fmt::Display for SetUpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetUpError::NoChannel => f.write_str("standard input is not a channel to a parent"),
            SetUpError::Thread(error) => write!(f, "cannot start a thread: {error}"),
        }
    }
}

impl Error for SetUpError {}

/// Does the work of a child and announces the exit status that it gives. `None` if the work panicked; then the parent
/// says what happened.
///
/// # Errors
/// The process cannot be set up for the work.
pub fn work(limits: Limits, work: impl FnOnce() -> u8 + Send) -> Result<Option<u8>, SetUpError> {
    channel::open().map_err(|_| SetUpError::NoChannel)?;
    heap::cap(limits.bytes());
    say_where_it_panics();
    Builder::new().spawn(pulse).map_err(SetUpError::Thread)?;
    let outcome = if cfg!(windows) { on_a_large_stack(work).map_err(SetUpError::Thread)? } else { caught(work) };
    let code = outcome.ok();
    if let Some(code) = code {
        channel::say(&Event::Done(code));
    }
    Ok(code)
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

/// Tells only the place of a panic: its text may hold a part of the user's data.
fn say_where_it_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
        channel::say(&Event::Panic(place.unwrap_or_default()));
    }));
}

/// Ends the process soon after its parent has gone, whatever the work is at.
fn pulse() {
    loop {
        channel::pulse();
        thread::sleep(PULSE);
    }
}
