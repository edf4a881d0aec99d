//! Which files to read: the arguments of a command are files and folders; a folder stands for the workbooks in it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sheets::{ReadError, has_keyword};
use thiserror::Error;

use super::file_text::error_text;

/// The extensions that make a file in a folder a workbook.
const EXTENSIONS: [&str; 7] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "et"];
/// Those of this program's own files and of texts about them, which nobody takes for a ledger.
const BESIDE: [&str; 3] = ["toml", "json", "md"];
/// How many files that are no workbooks are named.
const NAMED: usize = 20;
/// Why a lock file is passed over.
const LOCK: &str = "是打开文件时的临时锁文件";
/// The keyword that a report has in its properties, so that it is known again whatever it is called: read as a ledger,
/// its copies of the input sheets would count every row twice.
pub const REPORT_KEYWORD: &str = "jiaoyan-report";
/// The end of the names of the reports that this program writes.
const OWN_REPORT: &str = "核查报告.xlsx";

/// Why no files were found. The sentences are for the clerk; each names the path once.
#[derive(Debug, Error)]
pub enum FindError {
    #[error("{}", error_text(.0))]
    Unreadable(ReadError),
    #[error("《{}》：文件夹中没有工作簿（.xlsx、.xls、.et、.ods、.csv 等），请检查位置", .0.display())]
    NoWorkbooks(PathBuf),
    /// Only lock files were named. Holds the first of them.
    #[error("《{}》：是打开文件时的临时锁文件，不是台账，请给出台账本身", .0.display())]
    OnlyLockFiles(PathBuf),
}

/// Finds the files to read, each once: files in the order of the arguments, those of a folder in the order of their names,
/// before those of its sub-folders. The second item holds remarks, in Chinese, on what was passed over.
///
/// A file that is named itself is taken whatever its extension, unless it is a lock file, which `*.xlsx` names too; in a
/// folder, hidden files and reports of this program are passed over as well.
///
/// # Errors
/// An argument that does not exist or cannot be read, a folder without a workbook, and nothing but lock files.
pub fn find(arguments: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<String>), FindError> {
    let mut search = Search::default();
    for argument in arguments {
        if !fs::metadata(argument).map_err(unreadable(argument))?.is_dir() {
            search.named(argument);
            continue;
        }
        let mut visited = HashSet::new();
        if !search.folder(argument, &mut visited)? {
            return Err(FindError::NoWorkbooks(argument.clone()));
        }
    }
    search.note_others();
    match arguments.first() {
        Some(lock) if search.found.is_empty() => Err(FindError::OnlyLockFiles(lock.clone())),
        _ => Ok((search.found, search.notes)),
    }
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> FindError + Copy {
    move |error| FindError::Unreadable(ReadError::of_io(path, &error))
}

#[derive(Default)]
struct Search {
    found: Vec<PathBuf>,
    notes: Vec<String>,
    /// Files of folders that are no workbooks.
    others: Vec<PathBuf>,
    /// The files found, under the names that the system gives them.
    seen: HashSet<PathBuf>,
}

impl Search {
    /// Takes a file that is an argument itself.
    fn named(&mut self, path: &Path) {
        if is_lock(path) { self.pass_over(path, LOCK) } else { self.take(path) }
    }

    /// Names the files that are no workbooks: a ledger may stand in one.
    fn note_others(&mut self) {
        let names: Vec<String> = self.others.iter().take(NAMED).map(|path| format!("《{}》", path.display())).collect();
        let (count, names) = (self.others.len(), names.concat());
        let rest = if count > NAMED { format!("等{count}个") } else { String::new() };
        if count > 0 {
            self.notes.push(format!(
                "不是表格文件，没有读取：{names}{rest}；其中有该核查的台账的，请把表格另存为 .xlsx，压缩包请先解压"
            ));
        }
    }

    fn pass_over(&mut self, path: &Path, reason: &str) {
        self.notes.push(format!("《{}》{reason}，未读取", path.display()));
    }

    fn take(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if self.seen.insert(real) {
            self.found.push(path.to_path_buf());
        } else {
            self.notes.push(format!("《{}》给出了两次，只读取一次", path.display()));
        }
    }

    /// Takes the workbooks of a folder and its sub-folders; tells whether there was one.
    fn folder(&mut self, folder: &Path, visited: &mut HashSet<PathBuf>) -> Result<bool, FindError> {
        let fault = unreadable(folder);
        // A link to a folder above would lead in a circle.
        if !visited.insert(fs::canonicalize(folder).map_err(fault)?) {
            return Ok(false);
        }
        let entries = fs::read_dir(folder).map_err(fault)?;
        let paths = entries.map(|entry| Ok(entry.map_err(fault)?.path()));
        let mut paths = paths.collect::<Result<Vec<_>, FindError>>()?;
        paths.sort();
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        let mut any = false;
        for file in files {
            let extension = extension_of(&file);
            if EXTENSIONS.contains(&extension.as_str()) {
                any |= self.file(&file);
            } else if !BESIDE.contains(&extension.as_str()) && !is_hidden(&file) && !is_lock(&file) {
                self.others.push(file);
            }
        }
        for folder in folders.iter().filter(|folder| !is_hidden(folder)) {
            any |= self.folder(folder, visited)?;
        }
        Ok(any)
    }

    /// Takes a workbook found in a folder, or passes it over with a remark.
    fn file(&mut self, path: &Path) -> bool {
        let name = name_of(path);
        let reason = if is_lock(path) {
            LOCK
        } else if is_hidden(path) {
            "是隐藏文件"
        } else if name.ends_with(OWN_REPORT) || has_keyword(path, REPORT_KEYWORD) {
            "是本程序的报告"
        } else {
            self.take(path);
            return true;
        };
        self.pass_over(path, reason);
        false
    }
}

/// Whether a folder's file is taken for a workbook, as far as its name tells.
pub fn is_workbook_name(path: &Path) -> bool {
    let is_passed_over = is_lock(path) || is_hidden(path) || name_of(path).ends_with(OWN_REPORT);
    EXTENSIONS.contains(&extension_of(path).as_str()) && !is_passed_over
}

/// Spreadsheet programs put such a file beside one that is open.
fn is_lock(path: &Path) -> bool {
    let name = name_of(path);
    name.starts_with("~$") || name.starts_with(".~")
}

fn is_hidden(path: &Path) -> bool {
    name_of(path).starts_with('.')
}

/// The extension in lower case. Empty if there is none.
fn extension_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use sheets::Fault;

    use super::*;

    fn folder_with(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a sub-folder");
            fs::write(path, "x").expect("a file");
        }
        folder
    }

    #[test]
    fn a_folder_stands_for_its_workbooks_and_says_what_it_passes_over() {
        let names = [
            "b.XLSX",
            "a.csv",
            "子/c.et",
            ".隐/d.xls",
            "~$b.xlsx",
            ".~a.csv",
            ".e.xls",
            "某区核查报告.xlsx",
            "说明.docx",
            "子/扫描件.pdf",
            "核查设置.toml",
        ];
        let folder = folder_with(&names);
        let at = |name: &str| folder.path().join(name);
        let (found, notes) = find(&[folder.path().to_path_buf()]).expect("workbooks");
        assert_eq!(found, [at("a.csv"), at("b.XLSX"), at("子/c.et")]);
        let note = |name: &str, reason: &str| format!("《{}》{reason}，未读取", at(name).display());
        let expected = [
            note(".e.xls", "是隐藏文件"),
            note(".~a.csv", "是打开文件时的临时锁文件"),
            note("~$b.xlsx", "是打开文件时的临时锁文件"),
            note("某区核查报告.xlsx", "是本程序的报告"),
            format!(
                "不是表格文件，没有读取：《{}》《{}》；其中有该核查的台账的，请把表格另存为 .xlsx，压缩包请先解压",
                at("说明.docx").display(),
                at("子/扫描件.pdf").display()
            ),
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn a_path_given_twice_is_read_once() {
        let folder = folder_with(&["a.csv", "b.docx"]);
        let [a, b] = ["a.csv", "b.docx"].map(|name| folder.path().join(name));
        let around = folder.path().join(".").join("a.csv");
        let (found, notes) = find(&[a.clone(), around.clone(), b.clone()]).expect("files");
        assert_eq!(found, [a, b]);
        assert_eq!(notes, [format!("《{}》给出了两次，只读取一次", around.display())]);
    }

    #[test]
    fn a_lock_file_is_passed_over_even_if_it_is_named() {
        let folder = folder_with(&["~$b.xlsx", ".~lock.b.xlsx#", "b.xlsx"]);
        let [lock, other, book] = ["~$b.xlsx", ".~lock.b.xlsx#", "b.xlsx"].map(|name| folder.path().join(name));
        let (found, notes) = find(&[lock.clone(), other.clone(), book.clone()]).expect("a workbook");
        assert_eq!(found, [book]);
        let note = |path: &Path| format!("《{}》是打开文件时的临时锁文件，未读取", path.display());
        assert_eq!(notes, [note(&lock), note(&other)]);
        let error = find(&[lock.clone(), other]).map_err(|error| error.to_string());
        let sentence = format!("《{}》：是打开文件时的临时锁文件，不是台账，请给出台账本身", lock.display());
        assert_eq!(error, Err(sentence));
    }

    #[test]
    fn a_folder_without_workbooks_and_a_missing_path_are_errors() {
        let folder = folder_with(&["~$b.xlsx"]);
        let error = |path: PathBuf| find(&[path]).expect_err("nothing to find");
        assert!(matches!(error(folder.path().to_path_buf()), FindError::NoWorkbooks(_)));
        let missing = error(folder.path().join("没有.xlsx"));
        assert!(matches!(missing, FindError::Unreadable(error) if *error.fault() == Fault::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf8_works() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder_with(&[]);
        let path = folder.path().join(std::ffi::OsStr::from_bytes(b"\xD1\xA7.csv"));
        fs::write(&path, "x").expect("a file");
        let (found, _) = find(&[folder.path().to_path_buf()]).expect("workbooks");
        assert_eq!(found, [path]);
    }
}
