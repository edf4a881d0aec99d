//! One file a command; the only place that prints or opens files for writing.
//!
//! What was typed (`args`) becomes what is needed (`settings`); a command does its work and gives back a status, or
//! an error that `main` prints once.

mod args;
mod check;
mod choose;
mod destination;
mod diagnostics;
mod explain;
mod fault;
mod folder;
mod help;
mod inspect;
mod output;
mod pack_source;
mod packs;
mod progress;
mod refusal;
mod settings;
mod streams;
mod template;
mod typed;
mod usage;
mod verify;
mod watch;

use std::ffi::OsString;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use args::{Cli, Command};
use refusal::Refusal;
use typed::Typed;

pub use watch::Heap;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done, and no gap was found.
    Fine,
    /// At least one 应 or 原则上 is unmet; or a report is not borne out.
    Gap,
    /// It could not be run, or a pack does not hold.
    NotRun,
    /// No gap, but something is 待核.
    Review,
}

impl Status {
    /// The status with an exit status.
    fn of(code: u8) -> Option<Status> {
        [Status::Fine, Status::Gap, Status::NotRun, Status::Review].into_iter().find(|status| status.code() == code)
    }

    /// The exit status of the process.
    pub fn code(self) -> u8 {
        match self {
            Status::Fine => 0,
            Status::Gap => 1,
            Status::NotRun => 2,
            Status::Review => 3,
        }
    }
}

/// Runs the command that the arguments ask for; the first argument is the program's name.
///
/// # Errors
/// What kept the command from being run, in Chinese.
pub fn run(arguments: Vec<OsString>) -> anyhow::Result<Status> {
    if arguments.len() < 2 {
        streams::err(&help::first_steps());
        return Ok(Status::NotRun);
    }
    let typed = Typed::new(arguments)?;
    let parsed = help::command().try_get_matches_from(typed.words());
    match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => dispatch(cli.command, &typed),
        Err(error) => answer(&error, &typed),
    }
}

/// Runs a command, in a watched child if it reads workbooks.
fn dispatch(command: Command, typed: &Typed) -> anyhow::Result<Status> {
    let Some(limits) = command.limits().map(watch::Limits::new).transpose()? else { return work(command, typed) };
    if watch::is_child() {
        return Ok(watch::child(limits, || work(command, typed))?);
    }
    let command = match command {
        Command::Check(args) if args.folder.each_folder => return folder::run(args, typed, limits),
        other => other,
    };
    let words = match &command {
        Command::Check(args) => check::complete(args, typed)?,
        Command::Inspect(_) | Command::Explain(_) | Command::Verify(_) | Command::Template(_) | Command::Packs(_) => {
            typed.completed(&[])
        }
    };
    Ok(watch::parent(limits, &words)?)
}

fn work(command: Command, typed: &Typed) -> anyhow::Result<Status> {
    match command {
        Command::Check(args) => check::run(args, typed),
        Command::Inspect(args) => inspect::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Template(args) => template::run(args, typed),
        Command::Packs(args) => packs::run(&args.command),
    }
}

/// Help and version are what was asked for; anything else that clap says is an error, in our own words.
fn answer(error: &clap::Error, typed: &Typed) -> anyhow::Result<Status> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            streams::out(&error.render().to_string())?;
            Ok(Status::Fine)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            streams::err(&error.render().to_string());
            Ok(Status::NotRun)
        }
        _ => Err(usage::explain(error, typed).into()),
    }
}

/// Prints an error and what caused it, once each.
pub fn complain(error: &anyhow::Error) {
    let mut text = format!("错误：{error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  原因：{cause}\n"));
    }
    streams::err(&text);
}
