//! The office's own files beside the packs: its calendar, and its headers and sheet names.

use std::path::Path;

use super::text_file::{read_text, show};
use crate::cli::UserError;
use crate::dictionary::{Columns, Dictionary, calendar};
use crate::model::{Calendar, Diagnostic, FileStamp};

/// What such a file says, with its path and digest. Where there is no file, what holds without one.
#[derive(Clone, Default)]
pub(crate) struct SideFile<T> {
    pub content: T,
    pub stamp: Option<FileStamp>,
}

/// How the defects of a file are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Defects {
    /// All of them are printed at once; the error counts them.
    Printed,
    /// Nothing is printed, since the file is that of one office of many; the error names the first.
    InError,
}

/// Loads an office's calendar.
pub(crate) fn load_calendar(path: &Path, defects: Defects) -> Result<SideFile<Calendar>, UserError> {
    load(path, "校历", defects, calendar::parse)
}

/// Loads an office's own headers and sheet names.
pub(crate) fn load_columns(
    path: &Path,
    defects: Defects,
    dictionary: &Dictionary,
) -> Result<SideFile<Columns>, UserError> {
    load(path, "表头对照文件", defects, |file, text| Columns::parse(file, text, dictionary))
}

fn load<T>(
    path: &Path,
    what: &str,
    defects: Defects,
    parse: impl Fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
) -> Result<SideFile<T>, UserError> {
    let (text, sha256) = read_text(path, what)?;
    let shown = path.display().to_string();
    match (parse(&shown, &text), defects) {
        (Ok(content), _) => Ok(SideFile { content, stamp: Some(FileStamp { path: shown.into(), sha256 }) }),
        (Err(found), Defects::Printed) => {
            Err(UserError::new(format!("{what}共有 {} 处问题，请改正后再运行", show(&found, &text))))
        }
        (Err(found), Defects::InError) => {
            let sentence = format!("{what}《{shown}》共有 {} 处问题", found.len());
            Err(match found.into_iter().next() {
                Some(first) => {
                    UserError::new(format!("{sentence}，第 {} 行：{}", first.line, first.message)).advise(first.help)
                }
                None => UserError::new(sentence),
            })
        }
    }
}
