//! What the child says to the process that watches it: short lines on its standard input, which is the writing end of
//! a pipe.
//!
//! The work reads nothing from standard input, so the channel needs no other handle, and standard output and standard
//! error stay those of the user.

use std::fs::File;
use std::io::{self, Write};
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a child says, one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A new task begins, as from a fresh start.
    Start,
    /// A file is being opened or read. Several may be at the same time, and one of them several times.
    Begin(String),
    /// That is done, once.
    End(String),
    /// The reading goes on.
    Beat,
    /// No file is being read.
    Rest,
    /// Output is being written, first under this name. The name is empty where it cannot be said in a line.
    Writing(String),
    /// The output has its final name.
    Written,
    /// The memory cap was hit.
    Exhausted,
    /// The program panicked at this place of its source.
    Panic(String),
    /// The work ended with this exit status.
    Done(u8),
}

/// A line stays shorter than this many bytes, so that the system takes it in one piece.
const LONGEST: usize = 480;
const EXHAUSTED: &str = "exhausted";

impl Event {
    fn line(&self) -> String {
        match self {
            Event::Start => "start".to_string(),
            Event::Begin(name) => format!("begin {}", shortened(name)),
            Event::End(name) => format!("end {}", shortened(name)),
            Event::Beat => "beat".to_string(),
            Event::Rest => "rest".to_string(),
            Event::Writing(path) if path.len() > LONGEST || path.contains(['\n', '\r']) => "writing ".to_string(),
            Event::Writing(path) => format!("writing {path}"),
            Event::Written => "written".to_string(),
            Event::Exhausted => EXHAUSTED.to_string(),
            Event::Panic(place) => format!("panic {}", shortened(place)),
            Event::Done(code) => format!("done {code}"),
        }
    }

    /// Reads a line. `None` if it says nothing.
    pub(crate) fn of(line: &str) -> Option<Event> {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        match name {
            "start" => Some(Event::Start),
            "begin" => Some(Event::Begin(rest.to_string())),
            "end" => Some(Event::End(rest.to_string())),
            "beat" => Some(Event::Beat),
            "rest" => Some(Event::Rest),
            "writing" => Some(Event::Writing(rest.to_string())),
            "written" => Some(Event::Written),
            EXHAUSTED => Some(Event::Exhausted),
            "panic" => Some(Event::Panic(rest.to_string())),
            "done" => rest.parse().ok().map(Event::Done),
            _ => None,
        }
    }
}

/// One line of a few hundred bytes; of a long path, its end.
fn shortened(text: &str) -> String {
    let line = text.replace(['\n', '\r'], " ");
    let excess = line.len().saturating_sub(LONGEST);
    match (excess..line.len()).find(|at| line.is_char_boundary(*at)) {
        Some(start) if excess > 0 => format!("…{}", &line[start..]),
        Some(_) | None => line,
    }
}

/// The writing end, in a child.
static CHANNEL: OnceLock<File> = OnceLock::new();

/// Takes standard input as the channel. From then on the events that are said go out.
///
/// # Errors
/// Standard input is not there, or cannot be written to: then it is no channel.
pub(crate) fn open() -> io::Result<()> {
    let mut file = standard_input()?;
    file.write_all(b"\n")?;
    // A second channel cannot be asked for: a process runs one command.
    let _ = CHANNEL.set(file);
    Ok(())
}

#[cfg(unix)]
fn standard_input() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn standard_input() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdin().as_handle().try_clone_to_owned().map(File::from)
}

/// Says an event to the parent. In a process that is no child this does nothing. When the parent is gone there is nobody
/// left to work for, and the process ends.
pub fn say(event: &Event) {
    send(format!("{}\n", event.line()).as_bytes());
}

/// Sends an empty line, which says nothing, to learn whether the parent is still there.
pub(crate) fn pulse() {
    send(b"\n");
}

/// The exit status of a child whose parent is gone; nobody sees it.
const ORPHANED: i32 = 2;

fn send(line: &[u8]) {
    if let Some(mut channel) = CHANNEL.get()
        && channel.write_all(line).is_err()
    {
        process::exit(ORPHANED);
    }
}

/// Says that the memory cap was hit, and takes no memory for that. Another thread may be in the middle of a line.
pub(crate) fn say_exhausted() {
    if let Some(mut channel) = CHANNEL.get() {
        let _ = channel.write_all(b"\nexhausted\n");
    }
}

/// The parent need not hear of progress more often than this.
const APART: Duration = Duration::from_millis(100);

/// Says that the reading goes on, unless that was said just now.
pub fn beat() {
    static START: OnceLock<Instant> = OnceLock::new();
    static LAST: AtomicU64 = AtomicU64::new(0);
    // In steps of `APART` from the first beat; the first step is 1.
    let step = START.get_or_init(Instant::now).elapsed().as_millis() / APART.as_millis() + 1;
    let step = u64::try_from(step).unwrap_or(u64::MAX);
    if LAST.swap(step, Ordering::Relaxed) != step {
        say(&Event::Beat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_comes_back_from_its_line() {
        let events = [
            Event::Start,
            Event::Begin("a file (final).xlsx".to_string()),
            Event::End("a file (final).xlsx".to_string()),
            Event::Beat,
            Event::Rest,
            Event::Writing("folder/.~abc123.tmp".to_string()),
            Event::Written,
            Event::Exhausted,
            Event::Panic("src/main.rs:7".to_string()),
            Event::Done(3),
        ];
        for event in events {
            assert_eq!(Event::of(&event.line()), Some(event));
        }
        for line in ["", "begins a", "done", "done x", "done 256"] {
            assert_eq!(Event::of(line), None, "{line}");
        }
        assert_eq!(Event::of("\nexhausted\n".trim_matches('\n')), Some(Event::Exhausted));
    }

    #[test]
    fn a_name_that_is_long_or_has_line_breaks_is_one_short_line() {
        assert_eq!(shortened("a\nb\rc"), "a b c");
        let name = format!("head{}tail", "é".repeat(300));
        let short = shortened(&name);
        assert!(short.starts_with("…é") && short.ends_with("étail") && short.len() <= LONGEST + 3, "{short}");
        assert_eq!(Event::Writing(name.clone()).line(), "writing ");
        assert_eq!(Event::Writing("a\nb".to_string()).line(), "writing ");
    }
}
