//! The parent: starts the program again as its child, listens to what it says, and ends it when it stands still.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::channel::Event;
use crate::end::{Cause, End, Stage};
use crate::limits::Limits;

/// The time limit is counted in steps of this length, so that a machine that slept, or a program that was stopped for a
/// while, has not used it up when it goes on.
const STEP: Duration = Duration::from_secs(1);

/// Takes a line that the child prints, and tells whether the child is to go on.
pub type OnLine<'l> = &'l mut dyn FnMut(&str) -> bool;

/// Runs this program once more as a child, and looks after it until it has ended. The words begin with the program's
/// name; the environment variable `mark` tells the child what it is. What the child prints goes where this process
/// prints, unless `on_line` takes it line by line.
///
/// # Errors
/// The child could not be started.
pub fn attend(mark: &str, limits: Limits, words: &[OsString], on_line: Option<OnLine<'_>>) -> io::Result<End> {
    let (mut child, messages) = start(mark, words, on_line.is_some())?;
    let mut watch = Watch::default();
    let over = watch.listen(&messages, limits, on_line);
    if over != Over::Ended {
        // It may have come to its end just now; then there is nothing to kill.
        let _ = child.kill();
    }
    let status = child.wait()?;
    match watch.outcome(over == Over::Stalled, status) {
        Ok(code) => Ok(End::Exited(code)),
        Err(cause) => {
            watch.sweep();
            Ok(End::Cut(watch.stage, cause))
        }
    }
}

/// What comes from a child.
enum Message {
    Event(Event),
    /// A line of its standard output.
    Line(String),
}

/// Starts the child. What it says, and what it prints if that is `piped`, comes out of the receiver until it ends.
fn start(mark: &str, words: &[OsString], piped: bool) -> io::Result<(Child, Receiver<Message>)> {
    let (reader, writer) = io::pipe()?;
    let mut command = Command::new(env::current_exe()?);
    command.args(words.iter().skip(1)).env(mark, "1").stdin(writer);
    if piped {
        command.stdout(Stdio::piped());
    }
    let mut child = command.spawn()?;
    // Its copy of the writing end would keep the channel open.
    drop(command);
    let (to, messages) = channel();
    if let Some(output) = child.stdout.take() {
        pass_on(output, to.clone(), |line| Some(Message::Line(line)))?;
    }
    pass_on(reader, to, |line| Event::of(&line).map(Message::Event))?;
    Ok((child, messages))
}

/// Sends the lines of a pipe on, each as what it is, until either end is gone.
fn pass_on(
    pipe: impl Read + Send + 'static,
    to: Sender<Message>,
    what: fn(String) -> Option<Message>,
) -> io::Result<()> {
    let lines = BufReader::new(pipe).split(b'\n').map_while(Result::ok);
    let mut messages = lines.filter_map(move |line| what(String::from_utf8_lossy(&line).into_owned()));
    thread::Builder::new().spawn(move || messages.try_for_each(|message| to.send(message)))?;
    Ok(())
}

/// Why nobody listens to a child any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Ended,
    /// It has stood still for too long while reading.
    Stalled,
    /// The taker of its lines wants no more.
    Enough,
}

/// What is known of the child.
#[derive(Default)]
struct Watch {
    stage: Stage,
    /// Unfinished output, by the names that it has until it is finished.
    temporary: Vec<String>,
    exhausted: bool,
    panicked: Option<String>,
    /// The exit status that the child said it would end with.
    done: Option<u8>,
}

impl Watch {
    /// Listens until the child has ended, or is to be ended.
    fn listen(&mut self, messages: &Receiver<Message>, limits: Limits, mut on_line: Option<OnLine<'_>>) -> Over {
        let mut still = 0;
        loop {
            match messages.recv_timeout(STEP) {
                Ok(Message::Event(event)) => {
                    self.note(event);
                    still = 0;
                }
                Ok(Message::Line(line)) => {
                    if on_line.as_mut().is_some_and(|on_line| !on_line(&line)) {
                        return Over::Enough;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Over::Ended,
                Err(RecvTimeoutError::Timeout) if matches!(self.stage, Stage::Reading(_)) => still += 1,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if still >= limits.seconds {
                return Over::Stalled;
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Start => {
                self.stage = Stage::Starting;
                self.temporary.clear();
                // It was caught, or the child would not go on.
                self.panicked = None;
            }
            Event::Begin(name) => {
                if let Stage::Reading(files) = &mut self.stage {
                    files.push(name);
                } else {
                    self.stage = Stage::Reading(vec![name]);
                }
            }
            Event::End(name) => self.leave(&name),
            Event::Beat => {}
            Event::Rest => self.stage = Stage::Computing,
            Event::Writing(path) => {
                self.stage = Stage::Writing;
                self.temporary.push(path);
            }
            Event::Written => {
                self.stage = Stage::Written;
                self.temporary.clear();
            }
            Event::Exhausted => self.exhausted = true,
            // Of several threads that panic, the first is the cause.
            Event::Panic(place) => drop(self.panicked.get_or_insert(place)),
            Event::Done(code) => self.done = Some(code),
        }
    }

    fn leave(&mut self, name: &str) {
        let Stage::Reading(files) = &mut self.stage else { return };
        if let Some(at) = files.iter().position(|file| file == name) {
            files.remove(at);
        }
        if files.is_empty() {
            self.stage = Stage::Computing;
        }
    }

    /// The child's exit status, which counts only if the child announced it: a child that somebody ends may get one that
    /// looks like a result. Else what ended it.
    fn outcome(&self, stalled: bool, status: ExitStatus) -> Result<u8, Cause> {
        match self.done.filter(|done| status.code() == Some((*done).into())) {
            Some(code) => Ok(code),
            None if self.exhausted => Err(Cause::Memory),
            None if stalled => Err(Cause::Time),
            None if self.panicked.is_none() && was_killed(status) => Err(Cause::Signal),
            None => Err(match &self.panicked {
                Some(place) if !place.is_empty() => Cause::Panic(place.clone()),
                Some(_) | None => Cause::Crash,
            }),
        }
    }

    /// Removes what the child had not finished. A failure does no harm: a left-over file is of use to nobody.
    fn sweep(&self) {
        for path in self.temporary.iter().filter(|path| !path.is_empty()) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether somebody ended the child, where the system tells that from a crash.
#[cfg(unix)]
fn was_killed(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    /// SIGHUP, SIGINT, SIGKILL, SIGTERM: the same numbers on every system.
    const ENDING: [i32; 4] = [1, 2, 9, 15];
    status.signal().is_some_and(|signal| ENDING.contains(&signal))
}

#[cfg(not(unix))]
fn was_killed(_status: ExitStatus) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    /// What becomes of a child that says these events and ends like this.
    fn outcome(events: &[Event], stalled: bool, raw: i32) -> Result<u8, Cause> {
        let mut watch = Watch::default();
        events.iter().for_each(|event| watch.note(event.clone()));
        watch.outcome(stalled, ExitStatus::from_raw(raw))
    }

    fn exited(code: i32) -> i32 {
        code << 8
    }

    #[test]
    fn an_exit_status_counts_only_when_the_child_has_said_it() {
        for code in [0, 1, 3, 255] {
            assert_eq!(outcome(&[Event::Done(code)], false, exited(code.into())), Ok(code));
            assert_eq!(outcome(&[], false, exited(code.into())), Err(Cause::Crash));
        }
        assert_eq!(outcome(&[Event::Done(0)], false, exited(1)), Err(Cause::Crash));
        // It came to its end while it was about to be killed.
        assert_eq!(outcome(&[Event::Done(1)], true, exited(1)), Ok(1));
    }

    #[test]
    fn the_cause_is_what_the_child_said_else_what_the_system_says() {
        let place = || "src/a.rs:1".to_string();
        assert_eq!(outcome(&[Event::Exhausted], false, 6), Err(Cause::Memory));
        assert_eq!(outcome(&[], true, 9), Err(Cause::Time));
        for signal in [1, 2, 9, 15] {
            assert_eq!(outcome(&[], false, signal), Err(Cause::Signal));
        }
        for signal in [4, 6, 7, 11] {
            assert_eq!(outcome(&[], false, signal), Err(Cause::Crash));
        }
        let panics = [Event::Panic(place()), Event::Panic("src/b.rs:2".to_string())];
        assert_eq!(outcome(&panics, false, exited(2)), Err(Cause::Panic(place())));
        let caught = [Event::Panic(place()), Event::Start];
        assert_eq!(outcome(&caught, false, 9), Err(Cause::Signal));
    }

    #[test]
    fn unfinished_output_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".~abc123.tmp");
        fs::write(&path, "half").unwrap();
        let mut watch = Watch::default();
        watch.sweep();
        watch.note(Event::Writing(path.display().to_string()));
        watch.sweep();
        assert!(!path.exists());
        // Once the output has its name, the other one is nobody's.
        fs::write(&path, "of another run").unwrap();
        watch.note(Event::Written);
        watch.sweep();
        assert!(path.exists());
    }

    #[test]
    fn the_stage_follows_the_events() {
        let mut watch = Watch::default();
        let mut after = |event: Event| {
            watch.note(event);
            (watch.stage.clone(), watch.temporary.clone())
        };
        let none = Vec::new;
        assert_eq!(after(Event::Beat), (Stage::Starting, none()));
        let begin = |name: &str| Event::Begin(name.to_string());
        let end = |name: &str| Event::End(name.to_string());
        let reading = |names: &[&str]| Stage::Reading(names.iter().map(ToString::to_string).collect());
        assert_eq!(after(begin("a.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(Event::Beat), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(begin("b.xlsx")), (reading(&["a.xlsx", "b.xlsx"]), none()));
        assert_eq!(after(begin("a.xlsx")), (reading(&["a.xlsx", "b.xlsx", "a.xlsx"]), none()));
        assert_eq!(after(end("a.xlsx")), (reading(&["b.xlsx", "a.xlsx"]), none()));
        assert_eq!(after(end("b.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(end("a.xlsx")), (Stage::Computing, none()));
        assert_eq!(after(end("a.xlsx")), (Stage::Computing, none()));
        assert_eq!(after(begin("a.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(Event::Rest), (Stage::Computing, none()));
        assert_eq!(after(Event::Writing("b.tmp".to_string())), (Stage::Writing, vec!["b.tmp".to_string()]));
        assert_eq!(after(Event::Written), (Stage::Written, none()));
        assert_eq!(after(Event::Start), (Stage::Starting, none()));
    }
}
