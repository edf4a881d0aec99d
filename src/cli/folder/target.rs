//! Where a run over many offices writes: a folder with the 总表, the journal, and what is written for each office.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::places::Place;
use super::{TOTAL, journal};
use crate::cli::args::{CheckArgs, Format};
use crate::cli::destination::{folder_of, proof_of};
use crate::cli::{Refusal, fault, output};
use crate::model::{Office, Outcome};

/// What is written for each office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The report, and its proof.
    Report,
    Csv,
    Jsonl,
}

impl Form {
    /// # Errors
    /// A form that is for one audit only.
    pub fn of(args: &CheckArgs) -> Result<Form, Refusal> {
        let name = match args.format {
            Format::Text => return Ok(Form::Report),
            Format::Csv => return Ok(Form::Csv),
            Format::Jsonl => return Ok(Form::Jsonl),
            Format::Json => "json",
            Format::Md => "md",
        };
        let sentence = format!("--each-folder 不能和 --format {name} 一起用");
        let advice = "可以写 csv 或 jsonl，每个单位的各项结论写成一个文件；不写 --format 则每个单位写一份报告";
        Err(Refusal::new(sentence).advise(advice))
    }

    /// What comes behind the office's name.
    fn ending(self) -> &'static str {
        match self {
            Form::Report => "核查报告.xlsx",
            Form::Csv => ".csv",
            Form::Jsonl => ".jsonl",
        }
    }

    /// As the digest of what was asked has it.
    pub fn id(self) -> &'static str {
        match self {
            Form::Report => "xlsx",
            Form::Csv => "csv",
            Form::Jsonl => "jsonl",
        }
    }
}

/// The folder of a run.
#[derive(Clone, Debug)]
pub struct Target {
    /// As the command line names it.
    pub folder: PathBuf,
    pub form: Form,
    /// Whether each area has a sub-folder of its own.
    pub by_area: bool,
}

/// What is done where the folder is there already and not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// That is refused.
    Nothing,
    /// An earlier run is taken up.
    Resume,
    /// An earlier run is replaced.
    Replace,
}

impl Before {
    /// # Errors
    /// Both are asked for.
    pub fn of(args: &CheckArgs) -> Result<Before, Refusal> {
        match (args.folder.resume, args.force) {
            (false, false) => Ok(Before::Nothing),
            (true, false) => Ok(Before::Resume),
            (false, true) => Ok(Before::Replace),
            (true, true) => {
                let sentence = "--resume 是接着上次的做，--force 是全部重做，不能一起用";
                Err(Refusal::new(sentence).advise("请去掉其中一个"))
            }
        }
    }
}

impl Target {
    /// The file of an office, by its path within the folder; parts stand between slashes on every system.
    pub fn file_of(&self, place: &Place) -> String {
        let file = format!("{}{}", place.name, self.form.ending());
        if self.by_area { format!("{}/{file}", place.area) } else { file }
    }

    /// The true path that the folder has or will have.
    ///
    /// # Errors
    /// The folder that it is to stand in is not there, or it is no folder.
    pub fn real(&self) -> Result<PathBuf, Refusal> {
        let shown = self.folder.display();
        if let Ok(real) = fs::canonicalize(&self.folder) {
            let is_folder = real.is_dir();
            let sentence = || format!("《{shown}》不是文件夹；用 --each-folder 时，-o 后面要写文件夹的名称");
            return if is_folder { Ok(real) } else { Err(Refusal::new(sentence())) };
        }
        let outer = folder_of(&self.folder);
        let (Ok(outer), Some(name)) = (fs::canonicalize(outer), self.folder.file_name()) else {
            return Err(Refusal::new(format!("文件夹“{}”不存在，请先建立", outer.display())));
        };
        Ok(outer.join(name))
    }

    /// # Errors
    /// The folder holds something, and that is not to be or cannot be gone on with or replaced.
    pub fn refuse_taken(&self, before: Before) -> Result<(), Refusal> {
        let shown = self.folder.display();
        let mut entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries.filter(|entry| {
                let name = entry.as_ref().map(|entry| entry.file_name());
                !name.is_ok_and(|name| output::is_left_unfinished(&name))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Refusal::new(format!("读不了文件夹“{shown}”：{}", fault::reason(&error)))),
        };
        if entries.next().is_none() {
            return Ok(());
        }
        let is_run = journal::is_in(&self.folder);
        match before {
            Before::Resume | Before::Replace if is_run => Ok(()),
            Before::Nothing if is_run => {
                let sentence = format!("文件夹“{shown}”里有以前分单位核查的结果");
                Err(Refusal::new(sentence)
                    .advise("要接着上次的做请加 --resume，要全部重做请加 --force，或用 -o 换一个文件夹"))
            }
            Before::Nothing | Before::Resume | Before::Replace => {
                let sentence = format!("文件夹“{shown}”里有别的文件，不是分单位核查的结果");
                Err(Refusal::new(sentence).advise("为了不覆盖其中的文件，请用 -o 换一个文件夹"))
            }
        }
    }

    /// Makes the folder, and those of the areas.
    ///
    /// # Errors
    /// They cannot be made.
    pub fn make(&self, places: &[Place]) -> Result<(), Refusal> {
        make(&self.folder)?;
        output::sweep_all(&self.folder);
        let mut areas: Vec<&str> = places.iter().map(|place| place.area.as_str()).collect();
        areas.dedup();
        for area in areas.into_iter().filter(|_| self.by_area) {
            make(&self.folder.join(area))?;
            output::sweep_all(&self.folder.join(area));
        }
        Ok(())
    }

    /// Removes what an earlier run has written: what its journal names, and nothing else.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn clear<'o>(&self, offices: impl Iterator<Item = &'o Office>) -> Result<(), Refusal> {
        for written in offices.filter_map(written) {
            let path = self.folder.join(written);
            remove(&path)?;
            if path.extension() == Some(OsStr::new("xlsx")) {
                remove(&proof_of(&path))?;
            }
        }
        remove(&self.folder.join(TOTAL))
    }
}

/// The file that was written for an office, by its path within the folder of the run.
pub fn written(office: &Office) -> Option<&str> {
    match &office.outcome {
        Outcome::Audited(summary) => Some(summary.written.as_ref()?.path.as_str()),
        Outcome::NotAudited(_) => None,
    }
}

fn make(folder: &Path) -> Result<(), Refusal> {
    match fs::create_dir(folder) {
        Err(error) if !folder.is_dir() => {
            Err(Refusal::new(format!("文件夹“{}”没有建成：{}", folder.display(), fault::reason(&error))))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), Refusal> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Refusal::new(format!("《{}》没有删除成：{}", path.display(), fault::reason(&error))))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
