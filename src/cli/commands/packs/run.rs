//! The commands behind `jiaoyan packs`.

use clap::{Args, Subcommand};

use super::{compare, lint, list, show, test};
use crate::cli::Status;
use crate::dictionary::Dictionary;

#[derive(Debug, Args)]
#[command(about = "列出、查看、检查、对照规则包", override_usage = "jiaoyan packs <命令>")]
pub struct PacksArgs {
    #[command(subcommand)]
    pub command: PacksCommand,
}

#[derive(Debug, Subcommand)]
pub enum PacksCommand {
    #[command(about = "列出内置的规则包", override_usage = "jiaoyan packs list")]
    List,
    Show(show::ShowArgs),
    Lint(lint::LintArgs),
    Test(test::TestArgs),
    Compare(compare::CompareArgs),
}

pub(crate) fn run(args: &PacksArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    match &args.command {
        PacksCommand::List => list::run(dictionary),
        PacksCommand::Show(args) => show::run(args, dictionary),
        PacksCommand::Lint(args) => lint::run(args, dictionary),
        PacksCommand::Test(args) => test::run(args, dictionary),
        PacksCommand::Compare(args) => compare::run(args, dictionary),
    }
}
