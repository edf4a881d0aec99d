//! What was typed becomes a command, or an answer to it. Help is in Chinese, and so is what is wrong with a command line: clap
//! says it as data, and its English sentences are never printed.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, Error, FromArgMatches};

use super::command::{Cli, Command};
use super::{Status, Typed, UserError, output};
use crate::pack::built_in_ids;

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
        output::err(&first_steps());
        return Ok(CommandLine::Answered(Status::NotRun));
    }
    let clap_command = clap_command();
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
    Err(explain(error, typed).into())
}

type Answer = fn(&Error, &Typed) -> UserError;

/// What is said of each kind of error. Those that are not here cannot arise from our arguments.
const ANSWERS: [(ErrorKind, Answer); 10] = [
    (ErrorKind::UnknownArgument, unknown_argument),
    (ErrorKind::InvalidSubcommand, unknown_command),
    (ErrorKind::InvalidValue, invalid_value),
    (ErrorKind::ArgumentConflict, |error, _| conflict(error)),
    (ErrorKind::MissingRequiredArgument, |error, typed| {
        let missing: Vec<String> = text(error, ContextKind::InvalidArg).iter().map(|name| plain(name)).collect();
        UserError::new(format!("缺少{}", missing.join("、"))).advise(written(typed))
    }),
    (ErrorKind::MissingSubcommand, |_, typed| UserError::new("缺少命令").advise(written(typed))),
    (ErrorKind::TooManyValues, no_value),
    (ErrorKind::TooFewValues, no_value),
    (ErrorKind::WrongNumberOfValues, no_value),
    (ErrorKind::InvalidUtf8, |_, _| UserError::new("命令行上有无法识别的字符，请重新输入")),
];

/// What is wrong with the command line, what would have been right, and where to read on.
fn explain(error: &Error, typed: &Typed) -> UserError {
    let answer = ANSWERS.iter().find(|(kind, _)| *kind == error.kind());
    let answer = answer.map_or_else(|| UserError::new("命令行的写法有误"), |(_, answer)| answer(error, typed));
    answer.advise(format!("查看用法：{} --help", format!("jiaoyan {}", typed.command).trim_end()))
}

fn unknown_argument(error: &Error, typed: &Typed) -> UserError {
    let wrong = one(error, ContextKind::InvalidArg);
    if !wrong.starts_with('-') {
        return UserError::new(format!("多出了“{wrong}”，这里不能再写参数"));
    }
    guess(format!("不认识的选项 {wrong}"), &wrong, &one(error, ContextKind::SuggestedArg), typed)
}

fn unknown_command(error: &Error, typed: &Typed) -> UserError {
    let wrong = one(error, ContextKind::InvalidSubcommand);
    guess(format!("没有“{wrong}”这个命令"), &wrong, &one(error, ContextKind::SuggestedSubcommand), typed)
}

fn invalid_value(error: &Error, typed: &Typed) -> UserError {
    let (argument, value) = (one(error, ContextKind::InvalidArg), one(error, ContextKind::InvalidValue));
    let name = name(error);
    if value.is_empty() && !argument.starts_with('-') {
        return UserError::new(format!("{}不能是空的", plain(&argument))).advise(written(typed));
    }
    if value.is_empty() {
        return UserError::new(format!("{name} 后面没有写值")).advise(format!("写法：{argument}"));
    }
    let near = one(error, ContextKind::SuggestedValue);
    let answer = guess(format!("{name} 不能写“{value}”"), &value, &near, typed);
    match text(error, ContextKind::ValidValue).join("、") {
        allowed if allowed.is_empty() => answer,
        allowed => answer.advise(format!("可以写：{allowed}")),
    }
}

/// What is wrong, with what was probably meant, if anything is near.
fn guess(sentence: String, wrong: &str, near: &str, typed: &Typed) -> UserError {
    if near.is_empty() {
        return UserError::new(sentence);
    }
    UserError::new(format!("{sentence}；是不是想写 {near}？"))
        .advise(format!("正确的命令：{}", typed.replacing(wrong, near)))
}

fn conflict(error: &Error) -> UserError {
    let name = name(error);
    let others: Vec<String> = text(error, ContextKind::PriorArg).iter().map(|other| bare(other)).collect();
    if others.is_empty() || others.contains(&name) {
        return UserError::new(format!("{name} 写了两次，只能写一次"));
    }
    UserError::new(format!("{name} 不能和 {} 一起用", others.join("、")))
}

fn no_value(error: &Error, typed: &Typed) -> UserError {
    UserError::new(format!("{} 后面不用写值", name(error))).advise(written(typed))
}

fn written(typed: &Typed) -> String {
    format!("写法：{}", usage_of(&typed.command))
}

/// 规则包 of `<规则包>...`
fn plain(argument: &str) -> String {
    argument.trim_end_matches('.').trim_matches(['<', '>']).to_string()
}

/// `--period` of `--period <年度>`.
fn name(error: &Error) -> String {
    text(error, ContextKind::InvalidArg).first().map(|argument| bare(argument)).unwrap_or_default()
}

fn bare(argument: &str) -> String {
    argument.split(' ').next().unwrap_or(argument).to_string()
}

/// The one text of a kind; of several suggestions clap gives the best last.
fn one(error: &Error, kind: ContextKind) -> String {
    text(error, kind).pop().unwrap_or_default()
}

/// What clap says of one thing. Its styled texts are sentences in English, so they are left out.
fn text(error: &Error, kind: ContextKind) -> Vec<String> {
    let value = error.get(kind);
    if let Some(ContextValue::Strings(texts)) = value {
        return texts.clone();
    }
    if let Some(ContextValue::String(text)) = value { vec![text.clone()] } else { Vec::new() }
}

/// The whole command line, with all of its texts in Chinese.
pub(super) fn clap_command() -> clap::Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    localise(Cli::command().disable_version_flag(true).arg(version))
}

fn localise(command: clap::Command) -> clap::Command {
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
fn template(command: &clap::Command) -> String {
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
fn usage_of(names: &str) -> String {
    let whole = clap_command();
    let found = names.split(' ').try_fold(&whole, |at, name| at.find_subcommand(name));
    let usage = found.unwrap_or(&whole).clone().render_usage().to_string();
    usage.strip_prefix("Usage: ").unwrap_or_default().lines().next().unwrap_or_default().to_string()
}

/// What is shown to somebody who only typed the program's name.
fn first_steps() -> String {
    let pack = built_in_ids().next().unwrap_or("规则包");
    format!(
        "按政策文件核查教研员的台账，写出核查报告。\n\n\
         先试这一条命令（把“台账文件夹”换成存放台账的文件夹）：\n  jiaoyan check 台账文件夹 --pack {pack}\n\n\
         查看有哪些规则包：jiaoyan packs list\n查看全部用法：jiaoyan --help\n"
    )
}
