//! The commands of the program, and what each one is run with.

// Here and beside the commands, comments on what clap shows are no doc comments: clap would show those, too.

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use watched::Limits;

use super::commands::{check, explain, inspect, packs, template, verify};
use super::folder::{self, OfficesArgs};
use super::settings::LimitArgs;
use super::{Status, Typed, UserError};
use crate::dictionary::Dictionary;

#[derive(Debug, Parser)]
#[command(
    name = "jiaoyan",
    version,
    about = "按政策文件核查教研员的台账，写出核查报告",
    override_usage = "jiaoyan check [选项] <文件或文件夹>…\n      jiaoyan <文件或文件夹>…\n      jiaoyan inspect [选项] <文件或文件夹>…\n      jiaoyan explain [选项] <规则> [文件或文件夹]…\n      jiaoyan verify [选项] <报告文件> [文件或文件夹]…\n      jiaoyan template [选项]\n      jiaoyan packs <命令>"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(check::CheckArgs),
    Inspect(inspect::InspectArgs),
    Explain(explain::ExplainArgs),
    Verify(verify::VerifyArgs),
    Template(template::TemplateArgs),
    Packs(packs::PacksArgs),
    // What the run over many offices starts its children with.
    #[command(name = folder::CHILD_COMMAND, hide = true)]
    Offices(OfficesArgs),
}

impl Command {
    /// What a command that reads workbooks is held to, in a child. `None` for the others.
    pub fn limits(&self) -> Result<Option<Limits>, UserError> {
        let args = match self {
            Command::Check(args) => Some(&args.limits),
            Command::Inspect(args) => Some(&args.limits),
            Command::Verify(args) => Some(&args.limits),
            // A rule alone is explained without any workbook.
            Command::Explain(args) => Some(&args.limits).filter(|_| !args.inputs.is_empty()),
            Command::Offices(args) => Some(&args.check.limits),
            Command::Template(_) | Command::Packs(_) => None,
        };
        args.map(LimitArgs::limits).transpose()
    }

    /// The words for the child that does the work, with all that somebody at the terminal has to be asked.
    pub fn words_for_child(self, typed: &Typed, dictionary: &Dictionary) -> Result<Vec<OsString>, UserError> {
        match self {
            Command::Check(mut args) => check::complete(&mut args, typed, dictionary),
            Command::Offices(_) => Err(folder::not_by_hand()),
            Command::Inspect(_)
            | Command::Explain(_)
            | Command::Verify(_)
            | Command::Template(_)
            | Command::Packs(_) => Ok(typed.completed(&[])),
        }
    }

    pub fn run(self, typed: &Typed, dictionary: &Dictionary) -> anyhow::Result<Status> {
        match self {
            Command::Check(args) => check::run(args, typed, dictionary),
            Command::Inspect(args) => inspect::run(args, dictionary),
            Command::Explain(args) => explain::run(args, dictionary),
            Command::Verify(args) => verify::run(args, dictionary),
            Command::Template(args) => template::run(args, typed, dictionary),
            Command::Packs(args) => packs::run(&args, dictionary),
            Command::Offices(args) => folder::audit_offices(args, typed, dictionary),
        }
    }
}
