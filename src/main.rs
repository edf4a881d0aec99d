//! The way of a run, to be read from top to bottom.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use jiaoyan::cli::{self, Command, CommandLine, Status, child, folder};
use jiaoyan::dictionary::Dictionary;
use watched::Heap;

/// Counts the memory in use, so that a child can be held to a cap.
#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    let status = run(env::args_os().collect()).unwrap_or_else(|error| {
        cli::complain(&error);
        Status::NotRun
    });
    ExitCode::from(status.code())
}

/// Runs what was typed. A command that reads workbooks runs in a watched child, which is this program once more: it comes
/// through here a second time, and then does the work.
fn run(arguments: Vec<OsString>) -> anyhow::Result<Status> {
    let (command, typed) = match cli::parse(arguments)? {
        CommandLine::Command(command, typed) => (*command, typed),
        CommandLine::Answered(status) => return Ok(status),
    };
    let dictionary = Dictionary::built_in();

    let Some(limits) = command.limits()? else { return command.run(&typed, dictionary) };
    if child::is_child() {
        return child::work(limits, || command.run(&typed, dictionary));
    }

    // One child after the other, each with some of the offices.
    match command {
        Command::Check(args) if args.each_folder => folder::run(args, &typed, limits, dictionary),
        Command::Check(_)
        | Command::Inspect(_)
        | Command::Explain(_)
        | Command::Verify(_)
        | Command::Template(_)
        | Command::Packs(_)
        | Command::Offices(_) => Ok(child::run(limits, &command.words_for_child(&typed, dictionary)?)?),
    }
}
