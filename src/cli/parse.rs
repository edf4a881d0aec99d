//! What was typed becomes a command, or an answer to it.

use std::ffi::OsString;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use super::command::{Cli, Command};
use super::{Status, Typed, help, output, usage};

/// What becomes of a command line that can be understood.
pub enum CommandLine {
    /// A command that is to be run.
    Command(Box<Command>, Typed),
    /// Help or the version was asked for, and is printed.
    Answered(Status),
}

/// Reads the arguments of the process, of which the first is the program's name.
pub fn parse(arguments: Vec<OsString>) -> anyhow::Result<CommandLine> {
    if arguments.len() < 2 {
        output::err(&help::first_steps());
        return Ok(CommandLine::Answered(Status::NotRun));
    }
    let clap_command = help::command();
    let typed = Typed::new(arguments, &clap_command)?;
    let matches = clap_command.try_get_matches_from(&typed.words);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => Ok(CommandLine::Command(Box::new(cli.command), typed)),
        Err(error) => answer(&error, &typed).map(CommandLine::Answered),
    }
}

/// Help and version are what was asked for; anything else that clap says is an error, in our own words.
fn answer(error: &clap::Error, typed: &Typed) -> anyhow::Result<Status> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::out(&error.render().to_string())?;
        return Ok(Status::Fine);
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output::err(&error.render().to_string());
        return Ok(Status::NotRun);
    }
    Err(usage::explain(error, typed).into())
}
