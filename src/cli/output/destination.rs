//! Where a workbook that we write goes, and why it may not go there: asked before anything is read.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::streams;
use crate::cli::UserError;

/// The end of the names that reports get.
const REPORT: &str = "核查报告";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkbookKind {
    /// With its proof beside it.
    Report,
    /// 公示版: without a proof, which names people.
    Published,
    Template,
}

impl WorkbookKind {
    /// What messages call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            WorkbookKind::Report => "报告",
            WorkbookKind::Published => "公示版",
            WorkbookKind::Template => "模板",
        }
    }

    /// What the report of an audit year is called: `2023年核查报告`; that for the public, `2023年公示版核查报告`.
    pub(crate) fn report_stem(self, period: &str) -> String {
        match self {
            WorkbookKind::Published => format!("{period}公示版{REPORT}"),
            WorkbookKind::Report | WorkbookKind::Template => format!("{period}{REPORT}"),
        }
    }

    /// What messages call what it is made from.
    fn inputs(self) -> &'static str {
        match self {
            WorkbookKind::Report | WorkbookKind::Published => "要核查的台账",
            WorkbookKind::Template => "规则包",
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Nowhere: the result is printed only.
    Nowhere,
    /// A free name in the current folder.
    FreeName,
    /// The file that the command line names.
    Named { path: PathBuf, replace: bool },
}

/// The names to try, the plainest first: `2023年核查报告.xlsx`, `2023年核查报告(2).xlsx`, …
pub(crate) fn free_names(stem: &str) -> impl Iterator<Item = PathBuf> {
    let first = std::iter::once(PathBuf::from(format!("{stem}.xlsx")));
    first.chain((2..1000).map(move |number| PathBuf::from(format!("{stem}({number}).xlsx"))))
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that the command line names for a workbook, once nothing speaks against it. `inputs` are what it is made
/// from. Errors: it is no workbook's name, is a folder, has no folder, is an input, or is there already and not to be
/// replaced.
pub(crate) fn named(
    path: &Path,
    kind: WorkbookKind,
    inputs: &[PathBuf],
    replace: bool,
) -> Result<Destination, UserError> {
    let (shown, noun) = (path.display(), kind.noun());
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err(UserError::new(format!("{noun}文件《{shown}》的名称要以 .xlsx 结尾")));
    }
    if path.is_dir() {
        return Err(UserError::new(format!("《{shown}》是文件夹，-o 后面要写{noun}的文件名")));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(UserError::new(format!("文件夹“{}”不存在，请先建立", folder.display())));
    }
    let sentences = [
        format!("《{shown}》是{}，不能用{noun}覆盖它；请用 -o 换一个文件名", kind.inputs()),
        format!("《{shown}》已经存在；要覆盖请加 --force，或用 -o 换一个文件名"),
        format!("《{shown}》不是普通文件，不能覆盖；请用 -o 换一个文件名"),
    ];
    refuse_taken(path, inputs, replace, sentences)?;
    let proof = proof_of(path);
    let shown = proof.display();
    match kind {
        WorkbookKind::Report => {
            let sentences = [
                format!("《{shown}》是要核查的台账，报告的核对文件不能用这个名称；请用 -o 换一个文件名"),
                format!("《{shown}》已经存在，报告的核对文件要用这个名称；要覆盖请加 --force，或用 -o 换一个文件名"),
                format!("《{shown}》不是普通文件，不能覆盖，而报告的核对文件要用这个名称；请用 -o 换一个文件名"),
            ];
            refuse_taken(&proof, inputs, replace, sentences)?;
        }
        WorkbookKind::Published if is_there(&proof) => {
            let sentence = format!("旁边有《{shown}》，它可能是完整报告的核对文件，里面有姓名");
            return Err(UserError::new(sentence).advise("公示版请用 -o 换一个文件名"));
        }
        WorkbookKind::Published | WorkbookKind::Template => {}
    }
    Ok(Destination::Named { path: path.to_path_buf(), replace })
}

/// Where the proof of a report stands: `报告.json` beside `报告.xlsx`.
pub(crate) fn proof_of(report: &Path) -> PathBuf {
    report.with_extension("json")
}

/// Refuses a path that is an input, that is there and not to be replaced, or that is there and no plain file, each with a
/// sentence of its own.
fn refuse_taken(path: &Path, inputs: &[PathBuf], replace: bool, sentences: [String; 3]) -> Result<(), UserError> {
    let [input, taken, special] = sentences;
    if is_input(path, inputs)? {
        return Err(UserError::new(input));
    }
    if is_there(path) && !replace {
        return Err(UserError::new(taken));
    }
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) { Err(UserError::new(special)) } else { Ok(()) }
}

/// A link that leads nowhere is there as well.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a path is one of the inputs, or a file in a folder of them: by place, by hard link, or by a name that some
/// systems take for the same.
fn is_input(path: &Path, inputs: &[PathBuf]) -> Result<bool, UserError> {
    let mut search = InputSearch { output: identities(path), visited: HashSet::new() };
    for input in inputs {
        let held = search.holds(input, true);
        if held.map_err(|error| streams::failed(format!("读不了文件夹“{}”", input.display()), &error))? {
            return Ok(true);
        }
    }
    Ok(false)
}

struct InputSearch {
    output: Vec<Identity>,
    /// Folders seen, since a link can lead in a circle.
    visited: HashSet<PathBuf>,
}

impl InputSearch {
    fn holds(&mut self, input: &Path, was_named: bool) -> std::io::Result<bool> {
        if !input.is_dir() {
            // Old reports in a folder are not read, so they may be replaced; one that is named as an input may not.
            let is_output = || identities(input).iter().any(|identity| self.output.contains(identity));
            return Ok((was_named || !is_report(input)) && is_output());
        }
        if !self.visited.insert(fs::canonicalize(input)?) {
            return Ok(false);
        }
        for entry in fs::read_dir(input)? {
            if self.holds(&entry?.path(), false)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a file has the name of a report of this program.
fn is_report(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let bare = match stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('(')) {
        Some((bare, number)) if number.parse::<u32>().is_ok() => bare,
        Some(_) | None => &stem,
    };
    bare.ends_with(REPORT)
}

/// By what a path is known to be the same file as another. The crate `same-file` is no help here: it opens both files,
/// which waits for ever at a pipe and fails at a file that may not be read.
#[derive(PartialEq)]
enum Identity {
    Canonical(PathBuf),
    /// The true folder and the name, folded.
    Folded(PathBuf, String),
    /// As the file system numbers its files.
    Number(u64, u64),
}

fn identities(path: &Path) -> Vec<Identity> {
    let canonical = fs::canonicalize(path).ok().map(Identity::Canonical);
    // A name that is no text cannot be folded.
    let name = path.file_name().and_then(|name| name.to_str()).map(folded);
    let folded = fs::canonicalize(folder_of(path)).ok().zip(name).map(|(folder, name)| Identity::Folded(folder, name));
    let number = fs::metadata(path).ok().and_then(|metadata| file_number(&metadata));
    [canonical, folded, number].into_iter().flatten().collect()
}

/// A name without regard to case and to how its characters are composed.
pub(crate) fn folded(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
fn file_number(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some(Identity::Number(metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn file_number(_metadata: &Metadata) -> Option<Identity> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_free_name_is_the_plain_one_and_the_next_are_numbered() {
        let names: Vec<PathBuf> = free_names(&WorkbookKind::Report.report_stem("2023年")).take(3).collect();
        assert_eq!(
            names,
            ["2023年核查报告.xlsx", "2023年核查报告(2).xlsx", "2023年核查报告(3).xlsx"].map(PathBuf::from)
        );
        assert!(names.iter().all(|name| is_report(name)));
        assert!(!is_report(Path::new("活动台账(2).xlsx")));
    }
}
