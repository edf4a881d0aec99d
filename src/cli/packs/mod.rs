//! `jiaoyan packs`: what documents the program knows, and whether a pack says what it should. One file a command.

mod args;
mod compare;
mod lint;
mod list;
mod show;
mod test;

pub use args::PacksArgs;
pub use show::one as one_rule;

use super::Status;
use crate::pack::Pack;
use args::PacksCommand;

/// # Errors
/// What kept the command from being run.
pub fn run(command: &PacksCommand) -> anyhow::Result<Status> {
    match command {
        PacksCommand::List => list::run(),
        PacksCommand::Show(args) => show::run(args),
        PacksCommand::Lint(args) => lint::run(args),
        PacksCommand::Test(args) => test::run(args),
        PacksCommand::Compare(args) => compare::run(args),
    }
}

/// The audit year that a document is written for.
fn year(pack: &Pack) -> &'static str {
    if pack.school_year { "学年（9月1日至次年8月31日）" } else { "自然年（1月1日至12月31日）" }
}
