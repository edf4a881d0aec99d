//! The command line as it was typed, so that an error can show the one that would have been right.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Command;

use super::UserError;
use crate::dictionary::nearest;

/// Dashes that an input method writes where an option needs two hyphens.
pub(super) const WIDE_DASHES: [char; 4] = ['－', '—', '–', '―'];

#[derive(Debug)]
pub struct Typed {
    /// The words of the command line, beginning with `jiaoyan` and the command.
    pub words: Vec<OsString>,
    /// `check`, or `packs lint`: the command without its arguments.
    pub command: String,
}

impl Typed {
    /// Takes the arguments of the process, the program's name first. `check` is put in where only files are given, so
    /// that a workbook can be dropped on the program. Errors: the first word is no file and nearly a command.
    pub fn new(arguments: Vec<OsString>, program: &Command) -> Result<Typed, UserError> {
        let mut words = vec![OsString::from("jiaoyan")];
        words.extend(arguments.into_iter().skip(1));
        let first = words.get(1).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
        let known = || program.get_subcommands().map(Command::get_name);
        let shown = || program.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
        if first == "help" {
            words.remove(1);
            words.push("--help".into());
        } else if !known().chain(["-h", "--help", "-V", "--version"]).any(|name| name == first) {
            refuse_misspelt(&first, &nearest(&first, shown()))?;
            words.insert(1, "check".into());
        }
        let command = command_of(&words, program);
        Ok(Typed { words, command })
    }

    /// The words with an option put in behind the command, where nothing can be in its way.
    pub fn completed(&self, option: &[&str]) -> Vec<OsString> {
        let mut words = self.words.clone();
        let behind = words.len().min(2);
        words.splice(behind..behind, option.iter().map(OsString::from));
        words
    }

    /// The command line with an option put in behind the command.
    pub fn with(&self, option: &[&str]) -> String {
        line(&self.completed(option))
    }

    /// The command line with a word, or the word before a `=`, written otherwise.
    pub fn replacing(&self, wrong: &str, right: &str) -> String {
        line(&self.words.iter().map(|word| replace(word, wrong, right)).collect::<Vec<_>>())
    }
}

fn refuse_misspelt(first: &str, near: &str) -> Result<(), UserError> {
    let may_be_file = first.contains(['.', '/', '\\']) || Path::new(first).exists();
    let is_option = first.starts_with('-') || first.starts_with(WIDE_DASHES);
    if near.is_empty() || is_option || may_be_file {
        return Ok(());
    }
    Err(UserError::new(format!("没有叫“{first}”的命令或文件；{near}")).advise("查看全部命令：jiaoyan --help"))
}

fn command_of(words: &[OsString], program: &Command) -> String {
    let mut at = program;
    let mut names = Vec::new();
    for word in words.iter().skip(1) {
        let Some(next) = word.to_str().and_then(|word| at.find_subcommand(word)) else { break };
        names.push(next.get_name());
        at = next;
    }
    names.join(" ")
}

fn replace(word: &OsStr, wrong: &str, right: &str) -> OsString {
    let Some(text) = word.to_str() else { return word.to_os_string() };
    if text == wrong {
        return right.into();
    }
    match text.split_once('=') {
        Some((name, value)) if name == wrong => format!("{right}={value}").into(),
        Some((name, value)) if value == wrong => format!("{name}={right}").into(),
        Some(_) | None => word.to_os_string(),
    }
}

/// Words as one line that a shell takes apart again.
fn line(words: &[OsString]) -> String {
    words.iter().map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:=+,@~，。、（）《》〔〕：".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_string()
    } else if word.contains(['"', '$', '`']) {
        format!("'{word}'")
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parse;

    fn typed(words: &[&str]) -> Typed {
        Typed::new(words.iter().map(OsString::from).collect(), &parse::clap_command()).unwrap()
    }

    #[test]
    fn check_is_put_in_where_only_files_or_options_are_given() {
        let line = |words: &[&str]| typed(words).with(&[]);
        assert_eq!(line(&["x", "活动 台账.xlsx"]), "jiaoyan check \"活动 台账.xlsx\"");
        assert_eq!(line(&["x", "--force", "a.xlsx"]), "jiaoyan check --force a.xlsx");
        assert_eq!(line(&["x", "packs", "list"]), "jiaoyan packs list");
        assert_eq!(line(&["x", "help", "packs"]), "jiaoyan packs --help");
    }

    #[test]
    fn the_right_command_line_keeps_what_was_typed() {
        let typed = typed(&["x", "--perod=2023", "附件（定稿）.xls", "--format", "jsn"]);
        let right = typed.replacing("--perod", "--period");
        assert_eq!(right, "jiaoyan check --period=2023 附件（定稿）.xls --format jsn");
        let right = typed.replacing("jsn", "json");
        assert_eq!(right, "jiaoyan check --perod=2023 附件（定稿）.xls --format json");
        let right = typed.with(&["--pack", "jiangmen-2022"]);
        assert_eq!(right, "jiaoyan check --pack jiangmen-2022 --perod=2023 附件（定稿）.xls --format jsn");
    }

    #[test]
    fn a_command_is_known_without_its_arguments() {
        assert_eq!(typed(&["x", "packs", "lint", "check"]).command, "packs lint");
        assert_eq!(typed(&["x", "a.xlsx"]).command, "check");
    }
}
