//! Where a run over many offices writes: a folder with the 总表, the journal, and what is written for each office.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::journal::{self, written};
use super::offices::OfficeFolder;
use crate::cli::UserError;
use crate::cli::commands::check::{CheckArgs, Format};
use crate::cli::output::{self, folder_of, proof_of};
use crate::model::Office;

/// The name of the workbook over all offices.
const TOTAL: &str = "总表.xlsx";

/// What is written for each office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfficeFormat {
    Report,
    Csv,
    Jsonl,
}

impl OfficeFormat {
    pub(super) fn of(args: &CheckArgs) -> Result<OfficeFormat, UserError> {
        match args.format {
            Format::Text => return Ok(OfficeFormat::Report),
            Format::Csv => return Ok(OfficeFormat::Csv),
            Format::Jsonl => return Ok(OfficeFormat::Jsonl),
            Format::Json | Format::Md => {}
        }
        let sentence = format!("--each-folder 不能和 --format {} 一起用", args.format.id());
        let advice = "可以写 csv 或 jsonl，每个单位的各项结论写成一个文件；不写 --format 则每个单位写一份报告";
        Err(UserError::new(sentence).advise(advice))
    }

    /// What comes behind the office's name.
    fn ending(self) -> &'static str {
        match self {
            OfficeFormat::Report => "核查报告.xlsx",
            OfficeFormat::Csv => ".csv",
            OfficeFormat::Jsonl => ".jsonl",
        }
    }

    /// As the digest of what was asked has it.
    pub(super) fn id(self) -> &'static str {
        self.ending().rsplit('.').next().unwrap_or_default()
    }
}

#[derive(Clone, Debug)]
pub(super) struct RunFolder {
    /// As the command line names it.
    pub path: PathBuf,
    pub form: OfficeFormat,
    /// Whether each area has a sub-folder of its own.
    pub by_area: bool,
}

/// What is done where the folder is there already and not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunMode {
    /// That is refused.
    New,
    /// An earlier run is taken up.
    Resume,
    /// An earlier run is replaced.
    Replace,
}

impl RunMode {
    pub(super) fn of(args: &CheckArgs) -> Result<RunMode, UserError> {
        match (args.resume, args.force) {
            (false, false) => Ok(RunMode::New),
            (true, false) => Ok(RunMode::Resume),
            (false, true) => Ok(RunMode::Replace),
            (true, true) => {
                let sentence = "--resume 是接着上次的做，--force 是全部重做，不能一起用";
                Err(UserError::new(sentence).advise("请去掉其中一个"))
            }
        }
    }
}

impl RunFolder {
    /// The file of an office, by its path within the folder; parts stand between slashes on every system.
    pub(super) fn file_of(&self, office: &OfficeFolder) -> String {
        let file = format!("{}{}", office.name, self.form.ending());
        if self.by_area { format!("{}/{file}", office.area) } else { file }
    }

    pub(super) fn total(&self) -> PathBuf {
        self.path.join(TOTAL)
    }

    /// The true path that the folder has or will have. Errors: the folder that it is to stand in is not there, or it is
    /// no folder.
    pub(super) fn real(&self) -> Result<PathBuf, UserError> {
        let shown = self.path.display();
        if let Ok(real) = fs::canonicalize(&self.path) {
            let sentence = format!("《{shown}》不是文件夹；用 --each-folder 时，-o 后面要写文件夹的名称");
            return if real.is_dir() { Ok(real) } else { Err(UserError::new(sentence)) };
        }
        let outer = folder_of(&self.path);
        let (Ok(outer), Some(name)) = (fs::canonicalize(outer), self.path.file_name()) else {
            return Err(UserError::new(format!("文件夹“{}”不存在，请先建立", outer.display())));
        };
        Ok(outer.join(name))
    }

    /// Errors: the folder holds something, and that is not to be or cannot be gone on with or replaced.
    pub(super) fn refuse_taken(&self, mode: RunMode) -> Result<(), UserError> {
        let shown = self.path.display();
        let mut entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries.filter(|entry| {
                let name = entry.as_ref().map(|entry| entry.file_name());
                !name.is_ok_and(|name| output::is_left_unfinished(&name))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(output::failed(format!("读不了文件夹“{shown}”"), &error)),
        };
        if entries.next().is_none() {
            return Ok(());
        }
        let is_run = journal::is_in(&self.path);
        match mode {
            RunMode::Resume | RunMode::Replace if is_run => Ok(()),
            RunMode::New if is_run => {
                let sentence = format!("文件夹“{shown}”里有以前分单位核查的结果");
                Err(UserError::new(sentence)
                    .advise("要接着上次的做请加 --resume，要全部重做请加 --force，或用 -o 换一个文件夹"))
            }
            RunMode::New | RunMode::Resume | RunMode::Replace => {
                let sentence = format!("文件夹“{shown}”里有别的文件，不是分单位核查的结果");
                Err(UserError::new(sentence).advise("为了不覆盖其中的文件，请用 -o 换一个文件夹"))
            }
        }
    }

    /// Makes the folder, and those of the areas.
    pub(super) fn make(&self, offices: &[OfficeFolder]) -> Result<(), UserError> {
        make(&self.path)?;
        let mut areas: Vec<&str> = offices.iter().map(|office| office.area.as_str()).collect();
        areas.dedup();
        areas.into_iter().filter(|_| self.by_area).try_for_each(|area| make(&self.path.join(area)))
    }

    /// Removes what an earlier run has written: what its journal names, and nothing else.
    pub(super) fn clear<'o>(&self, offices: impl Iterator<Item = &'o Office>) -> Result<(), UserError> {
        for written in offices.filter_map(written) {
            let path = self.path.join(written);
            remove(&path)?;
            if path.extension() == Some(OsStr::new("xlsx")) {
                remove(&proof_of(&path))?;
            }
        }
        remove(&self.total())
    }
}

/// Makes a folder, or takes one that is there, without what a run that was cut off has left in it unfinished.
fn make(folder: &Path) -> Result<(), UserError> {
    match fs::create_dir(folder) {
        Err(error) if !folder.is_dir() => Err(output::failed(format!("文件夹“{}”没有建成", folder.display()), &error)),
        Ok(()) | Err(_) => {
            output::sweep(folder, Duration::ZERO);
            Ok(())
        }
    }
}

fn remove(path: &Path) -> Result<(), UserError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(output::failed(format!("《{}》没有删除成", path.display()), &error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
