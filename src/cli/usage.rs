//! A command line that cannot be understood, in our own words: clap says what is wrong as data, and its English
//! sentences are never printed.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Typed, UserError, help};

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
pub(super) fn explain(error: &Error, typed: &Typed) -> UserError {
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
    format!("写法：{}", help::usage_of(&typed.command))
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
