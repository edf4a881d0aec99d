//! The parent: starts the program again as its child, listens to what it says, and ends it when it stands still.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::MARK;
use super::channel::Word;
use super::ending::{self, Cause, Stage};
use super::limits::Limits;
use crate::cli::{Refusal, Status, fault};

/// The time limit is counted in steps of this length, so that a machine that slept, or a program that was stopped for a
/// while, has not used it up when it goes on.
const STEP: Duration = Duration::from_secs(1);

/// How a child ended.
pub enum End {
    /// It did its work and had this exit status.
    Own(Status),
    /// Something befell it: what it was at, and what to do.
    Cut(Refusal),
}

/// Takes a line that the child prints, and tells whether the child is to go on.
pub type Hear<'h> = &'h mut dyn FnMut(&str) -> bool;

/// Runs the command line in a child; gives the child's exit status. The words begin with the program's name, and must be
/// complete: nobody can be asked in the child.
///
/// # Errors
/// The child could not be started, or did not come to its end.
pub fn run(limits: Limits, words: &[OsString]) -> Result<Status, Refusal> {
    match attend(limits, words, None)? {
        End::Own(status) => Ok(status),
        End::Cut(refusal) => {
            clear_line();
            Err(refusal)
        }
    }
}

/// Runs a command line in a child, and looks after it until it has ended. What it prints goes where this process prints,
/// unless somebody hears it line by line.
///
/// # Errors
/// The child could not be started.
pub fn attend(limits: Limits, words: &[OsString], hear: Option<Hear<'_>>) -> Result<End, Refusal> {
    let refuse = |error: io::Error| {
        Refusal::new(format!("程序不能再次启动自己来读取台账：{}", fault::reason(&error)))
            .advise("请检查程序文件是否还在原处、杀毒软件是否拦截了它")
    };
    let (mut child, heard) = start(words, hear.is_some()).map_err(refuse)?;
    let mut watch = Watch::default();
    let over = watch.listen(&heard, limits, hear);
    if over != Over::Ended {
        // It may have come to its end just now; then there is nothing to kill.
        let _ = child.kill();
    }
    let status = child.wait().map_err(refuse)?;
    match watch.outcome(over == Over::Stalled, status) {
        Ok(status) => Ok(End::Own(status)),
        Err(cause) => {
            watch.sweep();
            Ok(End::Cut(ending::refusal(&watch.stage, &cause, limits)))
        }
    }
}

/// What comes from a child.
enum Heard {
    Word(Word),
    /// A line of its standard output.
    Line(String),
}

/// Starts the child. What it says, and prints where that is wanted, comes out of the receiver until it ends.
fn start(words: &[OsString], printed: bool) -> io::Result<(Child, Receiver<Heard>)> {
    let (reader, writer) = io::pipe()?;
    let mut command = Command::new(env::current_exe()?);
    command.args(words.iter().skip(1)).env(MARK, "1").stdin(writer);
    if printed {
        command.stdout(Stdio::piped());
    }
    let mut child = command.spawn()?;
    // Its copy of the writing end would keep the channel open.
    drop(command);
    let (to, heard) = channel();
    if let Some(output) = child.stdout.take() {
        pass_on(output, to.clone(), |line| Some(Heard::Line(line)))?;
    }
    pass_on(reader, to, |line| Word::of(&line).map(Heard::Word))?;
    Ok((child, heard))
}

/// Sends the lines of a pipe on, each as what it is, until either end is gone.
fn pass_on(pipe: impl Read + Send + 'static, to: Sender<Heard>, what: fn(String) -> Option<Heard>) -> io::Result<()> {
    let lines = BufReader::new(pipe).split(b'\n').map_while(Result::ok);
    let mut heard = lines.filter_map(move |line| what(String::from_utf8_lossy(&line).into_owned()));
    thread::Builder::new().spawn(move || heard.try_for_each(|heard| to.send(heard)))?;
    Ok(())
}

/// Why nobody listens to a child any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Ended,
    /// It has stood still for too long while reading.
    Stalled,
    /// Who hears its lines wants no more.
    Enough,
}

/// What is known of the child.
struct Watch {
    stage: Stage,
    /// The report and its proof before they have their names.
    temporary: Vec<String>,
    exhausted: bool,
    panicked: Option<String>,
    /// The exit status that the child said it would end with.
    done: Option<u8>,
}

impl Default for Watch {
    fn default() -> Watch {
        let stage = Stage::Starting;
        Watch { stage, temporary: Vec::new(), exhausted: false, panicked: None, done: None }
    }
}

impl Watch {
    /// Listens until the child has ended, or is to be ended.
    fn listen(&mut self, heard: &Receiver<Heard>, limits: Limits, mut hear: Option<Hear<'_>>) -> Over {
        let mut still = 0;
        loop {
            match heard.recv_timeout(STEP) {
                Ok(Heard::Word(word)) => {
                    self.hear(word);
                    still = 0;
                }
                Ok(Heard::Line(line)) => {
                    if hear.as_mut().is_some_and(|hear| !hear(&line)) {
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

    fn hear(&mut self, word: Word) {
        match word {
            Word::Start => {
                self.stage = Stage::Starting;
                self.temporary.clear();
            }
            Word::File(name) => match &mut self.stage {
                Stage::Reading(files) => files.push(name),
                stage => *stage = Stage::Reading(vec![name]),
            },
            Word::Left(name) => self.leave(&name),
            Word::Beat => {}
            Word::Rest => self.stage = Stage::Judging,
            Word::Writing(path) => {
                self.stage = Stage::Writing;
                self.temporary.push(path);
            }
            Word::Written => {
                self.stage = Stage::Written;
                self.temporary.clear();
            }
            Word::Exhausted => self.exhausted = true,
            // Of several threads that panic, the first is the cause.
            Word::Panic(place) => drop(self.panicked.get_or_insert(place)),
            Word::Done(code) => self.done = Some(code),
        }
    }

    fn leave(&mut self, name: &str) {
        let Stage::Reading(files) = &mut self.stage else { return };
        if let Some(at) = files.iter().position(|file| file == name) {
            files.remove(at);
        }
        if files.is_empty() {
            self.stage = Stage::Judging;
        }
    }

    /// The child's own exit status counts only when the child said so before: a child that somebody ends may get one
    /// that looks like a verdict.
    fn outcome(&self, stalled: bool, status: ExitStatus) -> Result<Status, Cause> {
        let own = self.done.filter(|done| status.code() == Some((*done).into())).and_then(Status::of);
        match own {
            Some(status) => Ok(status),
            None if self.exhausted => Err(Cause::Exhausted),
            None if stalled => Err(Cause::Stalled),
            None if self.panicked.is_none() && was_killed(status) => Err(Cause::Killed),
            None => Err(Cause::Crashed(self.panicked.clone().filter(|place| !place.is_empty()))),
        }
    }

    /// Removes what the child had not finished. Where that fails it does no harm, and a later run sweeps it.
    fn sweep(&self) {
        for path in self.temporary.iter().filter(|path| !path.is_empty()) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Takes away the line of progress that the child has left behind.
fn clear_line() {
    let terminal = console::Term::stderr();
    if terminal.is_term() {
        let _ = terminal.clear_line();
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

    /// What becomes of a child that says these words and ends like this.
    fn outcome(words: &[Word], stalled: bool, raw: i32) -> Result<Status, Cause> {
        let mut watch = Watch::default();
        words.iter().for_each(|word| watch.hear(word.clone()));
        watch.outcome(stalled, ExitStatus::from_raw(raw))
    }

    fn exited(code: i32) -> i32 {
        code << 8
    }

    #[test]
    fn an_exit_status_counts_only_when_the_child_has_said_it() {
        for (code, status) in [(0, Status::Fine), (1, Status::Gap), (2, Status::NotRun), (3, Status::Review)] {
            assert_eq!(outcome(&[Word::Done(code)], false, exited(code.into())), Ok(status));
            assert_eq!(outcome(&[], false, exited(code.into())), Err(Cause::Crashed(None)));
        }
        assert_eq!(outcome(&[Word::Done(0)], false, exited(1)), Err(Cause::Crashed(None)));
        assert_eq!(outcome(&[Word::Done(7)], false, exited(7)), Err(Cause::Crashed(None)));
        // It came to its end while it was about to be killed.
        assert_eq!(outcome(&[Word::Done(1)], true, exited(1)), Ok(Status::Gap));
    }

    #[test]
    fn the_cause_is_what_the_child_said_else_what_the_system_says() {
        let place = || "src/a.rs:1".to_string();
        assert_eq!(outcome(&[Word::Exhausted], false, 6), Err(Cause::Exhausted));
        assert_eq!(outcome(&[], true, 9), Err(Cause::Stalled));
        for signal in [1, 2, 9, 15] {
            assert_eq!(outcome(&[], false, signal), Err(Cause::Killed));
        }
        for signal in [4, 6, 7, 11] {
            assert_eq!(outcome(&[], false, signal), Err(Cause::Crashed(None)));
        }
        let panics = [Word::Panic(place()), Word::Panic("src/b.rs:2".to_string())];
        assert_eq!(outcome(&panics, false, exited(2)), Err(Cause::Crashed(Some(place()))));
    }

    #[test]
    fn an_unfinished_report_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".~jiaoyan-abc123.tmp");
        fs::write(&path, "half").unwrap();
        let mut watch = Watch::default();
        watch.sweep();
        watch.hear(Word::Writing(path.display().to_string()));
        watch.sweep();
        assert!(!path.exists());
        // Once the report has its name, the other one is nobody's.
        fs::write(&path, "of another run").unwrap();
        watch.hear(Word::Written);
        watch.sweep();
        assert!(path.exists());
    }

    #[test]
    fn the_stage_follows_the_words() {
        let mut watch = Watch::default();
        let mut after = |word: Word| {
            watch.hear(word);
            (watch.stage.clone(), watch.temporary.clone())
        };
        let none = Vec::new;
        assert_eq!(after(Word::Beat), (Stage::Starting, none()));
        let file = |name: &str| Word::File(name.to_string());
        let left = |name: &str| Word::Left(name.to_string());
        let reading = |names: &[&str]| Stage::Reading(names.iter().map(ToString::to_string).collect());
        assert_eq!(after(file("a.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(Word::Beat), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(file("b.xlsx")), (reading(&["a.xlsx", "b.xlsx"]), none()));
        assert_eq!(after(file("a.xlsx")), (reading(&["a.xlsx", "b.xlsx", "a.xlsx"]), none()));
        assert_eq!(after(left("a.xlsx")), (reading(&["b.xlsx", "a.xlsx"]), none()));
        assert_eq!(after(left("b.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(left("a.xlsx")), (Stage::Judging, none()));
        assert_eq!(after(left("a.xlsx")), (Stage::Judging, none()));
        assert_eq!(after(file("a.xlsx")), (reading(&["a.xlsx"]), none()));
        assert_eq!(after(Word::Rest), (Stage::Judging, none()));
        assert_eq!(after(Word::Writing("b.tmp".to_string())), (Stage::Writing, vec!["b.tmp".to_string()]));
        assert_eq!(after(Word::Written), (Stage::Written, none()));
        assert_eq!(after(Word::Start), (Stage::Starting, none()));
    }
}
