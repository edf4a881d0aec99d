//! Text files that clerks write in 记事本, and the defects of those that are TOML; among them the office's own beside the
//! packs: its calendar, and its headers and sheet names.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

use encoding_rs::{GB18030, UTF_8};

use crate::cli::{UserError, output};
use crate::dictionary::{Columns, Dictionary, calendar};
use crate::model::{Calendar, Diagnostic, FileStamp, sha256_hex};

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

pub(crate) fn load_calendar(path: &Path, defects: Defects) -> Result<SideFile<Calendar>, UserError> {
    load(path, "校历", defects, calendar::parse)
}

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

/// Packs and the texts they quote are a few hundred kilobytes at most; anything larger is some other file.
const LARGEST: u64 = 16 << 20;

/// Shows the defects of a file; gives their number.
pub(super) fn show(defects: &[Diagnostic], text: &str) -> usize {
    let colour = std::io::stderr().is_terminal();
    let shown: String = defects.iter().map(|defect| output::render(defect, text, colour)).collect();
    output::err(&shown);
    defects.len()
}

/// A text file's text and the digest of its bytes. `what` is how a message calls it. Errors: it is not there, cannot be
/// read, is too large, or is no text.
pub(crate) fn read_text(path: &Path, what: &str) -> Result<(String, String), UserError> {
    let refuse = |reason: String| UserError::new(format!("读不了{what}《{}》：{reason}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| refuse(output::reason(&error)))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| refuse(output::reason(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(refuse(format!("它不像{what}，文件太大")));
    }
    let text = decode(&bytes).ok_or_else(|| {
        refuse("不是文字文件，或编码无法识别".to_string()).advise("请用记事本打开，另存为 UTF-8 编码")
    })?;
    Ok((text, sha256_hex(&bytes)))
}

/// UTF-8 with or without a byte order mark, else GB18030, which 记事本 calls ANSI.
fn decode(bytes: &[u8]) -> Option<String> {
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let strict = |encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bare).map(|text| text.into_owned())
    };
    strict(UTF_8).or_else(|| strict(GB18030)).filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_utf_8_with_or_without_its_mark_or_else_gb18030() {
        let (gbk, _, _) = GB18030.encode("title = \"规则\"");
        for bytes in ["title = \"规则\"".as_bytes(), "\u{feff}title = \"规则\"".as_bytes(), &gbk] {
            assert_eq!(decode(bytes).as_deref(), Some("title = \"规则\""));
        }
        let utf16: Vec<u8> = "\u{feff}规则".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), None);
        assert_eq!(decode(b"a\0b"), None);
    }
}
