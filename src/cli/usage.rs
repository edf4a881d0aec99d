//! A command line that cannot be understood, in our own words: clap says what is wrong as data, and its English
//! sentences are never printed.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Typed, UserError, help};

/// What is wrong with the command line, what would have been right, and where to read on.
pub fn explain(error: &Error, typed: &Typed) -> UserError {
    let answer = match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(error, typed),
        ErrorKind::InvalidSubcommand => unknown_command(error, typed),
        ErrorKind::InvalidValue => invalid_value(error, typed),
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<String> = text(error, ContextKind::InvalidArg).iter().map(|name| plain(name)).collect();
            UserError::new(format!("缺少{}", missing.join("、"))).advise(written(typed))
        }
        ErrorKind::MissingSubcommand => UserError::new("缺少命令").advise(written(typed)),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            UserError::new(format!("{} 后面不用写值", name(error).unwrap_or_default())).advise(written(typed))
        }
        ErrorKind::InvalidUtf8 => UserError::new("命令行上有无法识别的字符，请重新输入"),
        // The kinds are clap's to extend; the ones that are left cannot arise from our arguments.
        _ => UserError::new("命令行的写法有误"),
    };
    answer.advise(format!("查看用法：{} --help", format!("jiaoyan {}", typed.command()).trim_end()))
}

fn unknown_argument(error: &Error, typed: &Typed) -> UserError {
    let wrong = one(error, ContextKind::InvalidArg);
    if !wrong.starts_with('-') {
        return UserError::new(format!("多出了“{wrong}”，这里不能再写参数"));
    }
    match one(error, ContextKind::SuggestedArg) {
        near if near.is_empty() => UserError::new(format!("不认识的选项 {wrong}")),
        near => UserError::new(format!("不认识的选项 {wrong}；是不是想写 {near}？"))
            .advise(format!("正确的命令：{}", typed.replacing(&wrong, &near))),
    }
}

fn unknown_command(error: &Error, typed: &Typed) -> UserError {
    let wrong = one(error, ContextKind::InvalidSubcommand);
    match one(error, ContextKind::SuggestedSubcommand) {
        near if near.is_empty() => UserError::new(format!("没有“{wrong}”这个命令")),
        near => UserError::new(format!("没有“{wrong}”这个命令；是不是想写 {near}？"))
            .advise(format!("正确的命令：{}", typed.replacing(&wrong, &near))),
    }
}

fn invalid_value(error: &Error, typed: &Typed) -> UserError {
    let (argument, value) = (one(error, ContextKind::InvalidArg), one(error, ContextKind::InvalidValue));
    let name = name(error).unwrap_or_default();
    if value.is_empty() && !argument.starts_with('-') {
        return UserError::new(format!("{}不能是空的", plain(&argument))).advise(written(typed));
    }
    if value.is_empty() {
        return UserError::new(format!("{name} 后面没有写值")).advise(format!("写法：{argument}"));
    }
    let answer = match one(error, ContextKind::SuggestedValue) {
        near if near.is_empty() => UserError::new(format!("{name} 不能写“{value}”")),
        near => UserError::new(format!("{name} 不能写“{value}”；是不是想写 {near}？"))
            .advise(format!("正确的命令：{}", typed.replacing(&value, &near))),
    };
    match text(error, ContextKind::ValidValue).join("、") {
        allowed if allowed.is_empty() => answer,
        allowed => answer.advise(format!("可以写：{allowed}")),
    }
}

fn conflict(error: &Error) -> UserError {
    let name = name(error).unwrap_or_default();
    let others: Vec<String> = text(error, ContextKind::PriorArg).iter().map(|other| bare(other)).collect();
    if others.is_empty() || others.contains(&name) {
        return UserError::new(format!("{name} 写了两次，只能写一次"));
    }
    UserError::new(format!("{name} 不能和 {} 一起用", others.join("、")))
}

fn written(typed: &Typed) -> String {
    format!("写法：{}", help::usage_of(typed.command()))
}

/// 规则包 of `<规则包>...`
fn plain(argument: &str) -> String {
    argument.trim_end_matches('.').trim_matches(['<', '>']).to_string()
}

/// `--period` of `--period <年度>`.
fn name(error: &Error) -> Option<String> {
    text(error, ContextKind::InvalidArg).first().map(|argument| bare(argument))
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
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
