//! What the child says to the process that watches it: short lines on its standard input, which is the writing end of
//! a pipe.
//!
//! The program reads nothing from standard input once it works, so the channel needs no other handle, and standard
//! output and standard error stay those of the clerk.

use std::fs::File;
use std::io::{self, Write};
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::cli::Status;

/// One line of the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// The work on another office begins.
    Start,
    /// A file is being opened or read; several may be, and one of them several times.
    File(String),
    /// That is done, once.
    Left(String),
    /// That goes on.
    Beat,
    /// No file is being read.
    Rest,
    /// A report is being written, first under this name, where that can be said in a line.
    Writing(String),
    /// The report has its place.
    Written,
    /// The memory cap was hit.
    Exhausted,
    /// The program panicked, at this place of its source.
    Panic(String),
    /// The work ended with this exit status.
    Done(u8),
}

/// A line stays shorter than this many bytes, so that the system takes it in one piece.
const LONGEST: usize = 480;
const EXHAUSTED: &str = "exhausted";

impl Word {
    fn line(&self) -> String {
        match self {
            Word::Start => "start".to_string(),
            Word::File(name) => format!("file {}", shortened(name)),
            Word::Left(name) => format!("left {}", shortened(name)),
            Word::Beat => "beat".to_string(),
            Word::Rest => "rest".to_string(),
            Word::Writing(path) if path.len() > LONGEST || path.contains(['\n', '\r']) => "writing ".to_string(),
            Word::Writing(path) => format!("writing {path}"),
            Word::Written => "written".to_string(),
            Word::Exhausted => EXHAUSTED.to_string(),
            Word::Panic(place) => format!("panic {}", shortened(place)),
            Word::Done(code) => format!("done {code}"),
        }
    }

    /// Reads a line; none where it says nothing.
    pub fn of(line: &str) -> Option<Word> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "start" => Some(Word::Start),
            "file" => Some(Word::File(rest.to_string())),
            "left" => Some(Word::Left(rest.to_string())),
            "beat" => Some(Word::Beat),
            "rest" => Some(Word::Rest),
            "writing" => Some(Word::Writing(rest.to_string())),
            "written" => Some(Word::Written),
            EXHAUSTED => Some(Word::Exhausted),
            "panic" => Some(Word::Panic(rest.to_string())),
            "done" => rest.parse().ok().map(Word::Done),
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

/// Takes standard input as the channel. From then on the words that are said go out.
///
/// # Errors
/// Standard input is not there, or cannot be written to: then it is no channel.
pub(super) fn open() -> io::Result<()> {
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

/// Says a word to the parent; in a process without one, nothing. When the parent is gone there is nobody left to work
/// for, and the process ends.
pub fn say(word: &Word) {
    send(format!("{}\n", word.line()).as_bytes());
}

/// An empty line, which says nothing: only whether the parent is still there is learnt by it.
pub(super) fn pulse() {
    send(b"\n");
}

fn send(line: &[u8]) {
    if let Some(mut channel) = CHANNEL.get()
        && channel.write_all(line).is_err()
    {
        process::exit(Status::NotRun.code().into());
    }
}

/// Says that the memory cap was hit, and takes no memory for that. Another thread may be in the middle of a line.
pub(super) fn say_exhausted() {
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
        say(&Word::Beat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_comes_back_from_its_line() {
        let words = [
            Word::Start,
            Word::File("活动 台账（定稿）.xlsx".to_string()),
            Word::Left("活动 台账（定稿）.xlsx".to_string()),
            Word::Beat,
            Word::Rest,
            Word::Writing("夹/.~jiaoyan-abc123.tmp".to_string()),
            Word::Written,
            Word::Exhausted,
            Word::Panic("crates/sheets/src/workbook.rs:7".to_string()),
            Word::Done(3),
        ];
        for word in words {
            assert_eq!(Word::of(&word.line()), Some(word));
        }
        for line in ["", "files a", "done", "done x", "done 256"] {
            assert_eq!(Word::of(line), None, "{line}");
        }
        assert_eq!(Word::of("\nexhausted\n".trim_matches('\n')), Some(Word::Exhausted));
    }

    #[test]
    fn a_name_that_is_long_or_has_line_breaks_is_one_short_line() {
        assert_eq!(shortened("一\n二\r三"), "一 二 三");
        let name = format!("头{}尾", "长".repeat(200));
        let short = shortened(&name);
        assert!(short.starts_with("…长") && short.ends_with("长尾") && short.len() <= LONGEST + 3, "{short}");
        assert_eq!(Word::Writing(name.clone()).line(), "writing ");
        assert_eq!(Word::Writing("a\nb".to_string()).line(), "writing ");
    }
}
