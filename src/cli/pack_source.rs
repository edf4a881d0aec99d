//! Finds the packs that the command line names, and their cases: built-in ones by id, others as files that clerks write
//! in 记事本.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use encoding_rs::{GB18030, UTF_8};

use super::{Refusal, diagnostics, fault, streams};
use crate::audit::cases::{self, PackCase};
use crate::dictionary::{Columns, Dictionary, calendar, nearest};
use crate::model::{Calendar, Diagnostic, sha256_hex};
use crate::pack::{Pack, built_in, built_in_ids, cases_of, parse};

/// Packs and the texts they quote are a few hundred kilobytes at most; anything larger is some other file.
const LARGEST: u64 = 16 << 20;

/// Loads the packs, and shows all the defects of all of them.
///
/// # Errors
/// A pack that is not there, cannot be read, is given twice, or has defects.
pub fn load(named: &[PathBuf]) -> Result<Vec<Pack>, Refusal> {
    let mut packs: Vec<Pack> = Vec::new();
    let mut defects = 0;
    for name in named {
        match load_one(name)? {
            Ok(pack) if packs.iter().any(|before| before.id == pack.id) => {
                return Err(Refusal::new(format!("规则包 {} 给了两次", pack.id)).advise("每个规则包只写一次 --pack"));
            }
            Ok(pack) => packs.push(pack),
            Err(count) => defects += count,
        }
    }
    if defects > 0 {
        return Err(Refusal::new(format!("规则包共有 {defects} 处问题，请改正后再运行")));
    }
    Ok(packs)
}

/// Loads a pack, or shows its defects and gives their number.
fn load_one(name: &Path) -> Result<Result<Pack, usize>, Refusal> {
    let dictionary = Dictionary::built_in();
    if let Some(pack) = name.to_str().and_then(|id| built_in(id, dictionary)) {
        return Ok(Ok(pack));
    }
    if !is_file_name(name) {
        return Err(unknown_id(&name.to_string_lossy()));
    }
    let (text, digest) = read_text(name, "规则包").map_err(|refusal| refusal.advise(near_id(name)))?;
    Ok(parse(&name.display().to_string(), &text, &digest, dictionary).map_err(|defects| show(&defects, &text)))
}

/// Shows the defects of a file; gives their number.
fn show(defects: &[Diagnostic], text: &str) -> usize {
    let colour = std::io::stderr().is_terminal();
    let shown: String = defects.iter().map(|defect| diagnostics::render(defect, text, colour)).collect();
    streams::err(&shown);
    defects.len()
}

/// Loads the office's calendar, with the digest of its file.
///
/// # Errors
/// A file that cannot be read, or has defects, all of which are shown.
pub fn load_calendar(path: &Path) -> Result<(Calendar, String), Refusal> {
    load_side(path, CALENDAR, calendar::parse)
}

/// The same for one office of many: nothing is shown, the refusal names the first defect.
///
/// # Errors
/// As [`load_calendar`].
pub fn calendar_of_office(path: &Path) -> Result<(Calendar, String), Refusal> {
    load_quietly(path, CALENDAR, calendar::parse)
}

/// Loads the office's own headers and sheet names, with the digest of their file.
///
/// # Errors
/// A file that cannot be read, or has defects, all of which are shown.
pub fn load_columns(path: &Path) -> Result<(Columns, String), Refusal> {
    load_side(path, COLUMNS, |file, text| Columns::parse(file, text, Dictionary::built_in()))
}

/// The same for one office of many: nothing is shown, the refusal names the first defect.
///
/// # Errors
/// As [`load_columns`].
pub fn columns_of_office(path: &Path) -> Result<(Columns, String), Refusal> {
    load_quietly(path, COLUMNS, |file, text| Columns::parse(file, text, Dictionary::built_in()))
}

/// What messages call the files beside the packs.
const CALENDAR: &str = "校历";
const COLUMNS: &str = "表头对照文件";

fn load_side<T>(
    path: &Path,
    what: &str,
    parse: impl Fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
) -> Result<(T, String), Refusal> {
    let (text, digest) = read_text(path, what)?;
    let parsed = parse(&path.display().to_string(), &text);
    let refuse =
        |defects: Vec<Diagnostic>| Refusal::new(format!("{what}共有 {} 处问题，请改正后再运行", show(&defects, &text)));
    Ok((parsed.map_err(refuse)?, digest))
}

fn load_quietly<T>(
    path: &Path,
    what: &str,
    parse: impl Fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
) -> Result<(T, String), Refusal> {
    let (text, digest) = read_text(path, what)?;
    let parsed = parse(&path.display().to_string(), &text);
    let refuse = |defects: Vec<Diagnostic>| {
        let sentence = format!("{what}《{}》共有 {} 处问题", path.display(), defects.len());
        match defects.into_iter().next() {
            Some(first) => {
                Refusal::new(format!("{sentence}，第 {} 行：{}", first.line, first.message)).advise(first.help)
            }
            None => Refusal::new(sentence),
        }
    };
    Ok((parsed.map_err(refuse)?, digest))
}

/// Cases, and how messages call the file that they stand in.
pub struct CaseFile {
    pub name: String,
    pub cases: Vec<PackCase>,
}

/// The cases of a pack: a built-in one's own, else those in the file beside it. The rules that a clerk's pack leaves as
/// its base has them are held to the base's cases.
///
/// # Errors
/// A case file that cannot be read, or has defects, all of which are shown.
pub fn load_cases(name: &Path, pack: &Pack) -> Result<Vec<CaseFile>, Refusal> {
    if let Some(id) = built_in_ids().find(|id| Some(*id) == name.to_str()) {
        return Ok(vec![built_in_cases(id, pack)?]);
    }
    let path = name.with_extension("cases.toml");
    let beside = format!("用例要和规则包放在同一个文件夹，文件名为 {}", path.file_name().unwrap_or_default().display());
    let (text, _) = read_text(&path, "用例").map_err(|refusal| refusal.advise(beside))?;
    let mut files = vec![read_cases(path.display().to_string(), &text, pack)?];
    let base = pack.base.as_ref().and_then(|base| Some((base, built_in(&base.id, Dictionary::built_in())?)));
    if let Some((base, of_base)) = base {
        let mut file = built_in_cases(&base.id, &of_base)?;
        file.cases.retain(|case| base.kept.contains(&case.rule));
        files.push(file);
    }
    Ok(files)
}

fn built_in_cases(id: &str, pack: &Pack) -> Result<CaseFile, Refusal> {
    read_cases(format!("{id}.cases.toml"), cases_of(id).unwrap_or_default(), pack)
}

fn read_cases(name: String, text: &str, pack: &Pack) -> Result<CaseFile, Refusal> {
    match cases::parse(&name, text, pack) {
        Ok(cases) => Ok(CaseFile { name, cases }),
        Err(defects) => {
            let count = show(&defects, text);
            Err(Refusal::new(format!("用例共有 {count} 处问题，请改正后再运行")))
        }
    }
}

fn is_file_name(name: &Path) -> bool {
    name.to_string_lossy().contains(['.', '/', MAIN_SEPARATOR]) || name.exists()
}

/// The built-in pack that was probably meant by a file that is not there.
fn near_id(name: &Path) -> String {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    if name.exists() { String::new() } else { nearest(&stem, built_in_ids()) }
}

fn unknown_id(id: &str) -> Refusal {
    let near = nearest(id, built_in_ids());
    let sentence = format!("没有编号为“{id}”的规则包{}{near}", if near.is_empty() { "" } else { "；" });
    Refusal::new(sentence)
        .advise(format!("内置的规则包：{}", built_in_ids().collect::<Vec<_>>().join("、")))
        .advise("自己写的规则包请写文件名，例如 --pack 规则.toml")
}

/// A text file's text and the digest of its bytes. `what` is how a message calls it.
///
/// # Errors
/// It is not there, cannot be read, is too large, or is no text.
pub fn read_text(path: &Path, what: &str) -> Result<(String, String), Refusal> {
    let refuse = |reason: String| Refusal::new(format!("读不了{what}《{}》：{reason}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| refuse(fault::reason(&error)))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| refuse(fault::reason(&error)))?;
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
