//! Help in Chinese: clap's own headings and flags are replaced here, for every command alike.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::command::Cli;
use crate::pack::built_in_ids;

/// The whole command line, with all of its texts in Chinese.
pub(super) fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    localise(Cli::command().disable_version_flag(true).arg(version))
}

fn localise(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这段说明");
    let template = template(&command);
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(template)
        .subcommand_value_name("命令")
        .arg(help)
        .mut_subcommands(localise)
}

/// The parts of a command's help that it has anything for, under our own headings.
fn template(command: &Command) -> String {
    let mut template = String::from("{about-with-newline}\n用法：{usage}\n");
    if command.has_subcommands() {
        template.push_str("\n命令：\n{subcommands}\n");
    }
    if command.get_positionals().next().is_some() {
        template.push_str("\n参数：\n{positionals}\n");
    }
    template.push_str("\n选项：\n{options}{after-help}\n");
    template
}

/// How a command is written: `jiaoyan check [选项] <文件或文件夹>…`.
pub(super) fn usage_of(names: &str) -> String {
    let whole = command();
    let found = names.split(' ').try_fold(&whole, |at, name| at.find_subcommand(name));
    let usage = found.unwrap_or(&whole).clone().render_usage().to_string();
    usage.strip_prefix("Usage: ").unwrap_or_default().lines().next().unwrap_or_default().to_string()
}

/// What is shown to somebody who only typed the program's name.
pub(super) fn first_steps() -> String {
    let pack = built_in_ids().next().unwrap_or("规则包");
    format!(
        "按政策文件核查教研员的台账，写出核查报告。\n\n\
         先试这一条命令（把“台账文件夹”换成存放台账的文件夹）：\n  jiaoyan check 台账文件夹 --pack {pack}\n\n\
         查看有哪些规则包：jiaoyan packs list\n查看全部用法：jiaoyan --help\n"
    )
}
