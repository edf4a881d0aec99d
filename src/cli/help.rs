//! Help in Chinese: clap's own headings and flags are replaced here, for every command alike.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Cli;
use crate::pack::built_in_ids;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The whole command line, with all of its texts in Chinese.
pub fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    localise(Cli::command().disable_version_flag(true).arg(version))
}

fn localise(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这段说明");
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .arg(help)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            arg.help_heading(heading)
        })
        .mut_subcommands(localise)
}

/// What is shown to somebody who only typed the program's name.
pub fn first_steps() -> String {
    let pack = built_in_ids().next().unwrap_or("规则包");
    format!(
        "按政策文件核查教研员的台账，写出核查报告。\n\n\
         先试这一条命令（把“台账文件夹”换成存放台账的文件夹）：\n  jiaoyan check 台账文件夹 --pack {pack}\n\n\
         查看有哪些规则包：jiaoyan packs list\n查看全部用法：jiaoyan --help\n"
    )
}
