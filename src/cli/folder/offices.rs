//! The offices of a run: each sub-folder of the folders that the command line names is one.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::journal;
use crate::cli::UserError;
use crate::cli::output::{self, folded};
use crate::intake::files;
use crate::model::{Office, Outcome};

/// An office, before it is audited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OfficeFolder {
    /// The name of the folder that its folder stands in.
    pub area: String,
    pub name: String,
    /// Its folder, beginning as the command line does.
    pub folder: PathBuf,
}

impl OfficeFolder {
    pub(super) fn of(folder: &Path) -> Result<OfficeFolder, UserError> {
        let area = area(folder.parent().unwrap_or(folder))?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(OfficeFolder { area, name, folder: folder.to_path_buf() })
    }

    pub(super) fn key(&self) -> (String, String) {
        (self.area.clone(), self.name.clone())
    }
}

/// All that the folders hold.
#[derive(Debug, Default)]
pub(super) struct Offices {
    /// By area and name.
    pub folders: Vec<OfficeFolder>,
    /// Those whose folders have names that no report can be called by.
    pub nameless: Vec<Office>,
    /// What in the folders belongs to no office.
    pub notes: Vec<String>,
}

/// Finds the offices in some folders. `output` is where the run writes, by its true path: it is no office. Errors: an
/// argument is no folder or holds no office, two of them or two offices cannot be told apart, or the output stands in
/// the folder of an office.
pub(super) fn find(folders: &[PathBuf], output: &Path) -> Result<Offices, UserError> {
    let areas: Vec<Area> = folders.iter().map(|folder| Area::of(folder)).collect::<Result<_, _>>()?;
    refuse_alike(&areas)?;
    let mut offices = Offices::default();
    for area in &areas {
        let before = offices.folders.len() + offices.nameless.len();
        area.collect(output, &mut offices)?;
        if offices.folders.len() + offices.nameless.len() == before {
            let sentence = format!("文件夹“{}”里没有单位的子文件夹", area.folder.display());
            let advice = "--each-folder 要写存放各单位文件夹的文件夹；只核查一个单位时不用写 --each-folder";
            return Err(UserError::new(sentence).advise(advice));
        }
    }
    offices.folders.sort();
    offices.notes.sort();
    refuse_same(&offices.folders, output)?;
    Ok(offices)
}

struct Area {
    folder: PathBuf,
    real: PathBuf,
    name: String,
}

/// The name of a folder, as the system has it: that of `.` too.
fn area(folder: &Path) -> Result<String, UserError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let real = fs::canonicalize(folder).map_err(|error| unreadable(folder, &error))?;
    let name = real.file_name().and_then(|name| name.to_str());
    let sentence = || format!("文件夹“{}”没有可以用来称呼它的名称", folder.display());
    name.map(str::to_string)
        .ok_or_else(|| UserError::new(sentence()).advise("请把各单位的文件夹放到一个有名称的文件夹里，再写这个文件夹"))
}

fn unreadable(folder: &Path, error: &io::Error) -> UserError {
    output::failed(format!("读不了文件夹“{}”", folder.display()), error)
}

impl Area {
    fn of(folder: &Path) -> Result<Area, UserError> {
        let metadata = fs::metadata(folder).map_err(|error| unreadable(folder, &error))?;
        if !metadata.is_dir() {
            let sentence = format!("《{}》不是文件夹", folder.display());
            return Err(UserError::new(sentence).advise("--each-folder 后面要写存放各单位文件夹的文件夹"));
        }
        let real = fs::canonicalize(folder).map_err(|error| unreadable(folder, &error))?;
        // Without a slash at its end, so that the paths below it are the same however it was typed.
        Ok(Area { folder: folder.components().collect(), real, name: area(folder)? })
    }

    fn collect(&self, output: &Path, offices: &mut Offices) -> Result<(), UserError> {
        let entries = fs::read_dir(&self.folder).map_err(|error| unreadable(&self.folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&self.folder, &error))?;
            let path = self.folder.join(entry.file_name());
            if !path.is_dir() {
                if files::is_workbook_name(&path) {
                    let sentence = "直接放在存放各单位文件夹的文件夹里，不属于任何单位，没有核查";
                    offices.notes.push(format!("《{}》{sentence}", path.display()));
                }
                continue;
            }
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let is_output = fs::canonicalize(&path).is_ok_and(|real| real == output);
            if !is_hidden && !is_output {
                self.take(path, offices);
            }
        }
        Ok(())
    }

    fn take(&self, folder: PathBuf, offices: &mut Offices) {
        if journal::is_in(&folder) {
            offices.notes.push(format!("文件夹“{}”是分单位核查的结果，不是单位，没有核查", folder.display()));
            return;
        }
        let name = folder.file_name().unwrap_or_default();
        match name.to_str() {
            Some(name) => {
                let name = name.to_string();
                offices.folders.push(OfficeFolder { area: self.name.clone(), name, folder });
            }
            None => {
                let sentence = "文件夹的名称里有无法识别的字符，请改名后再核查".to_string();
                let name = name.to_string_lossy().into_owned();
                let outcome = Outcome::NotAudited(sentence);
                offices.nameless.push(Office { area: self.name.clone(), name, outcome });
            }
        }
    }
}

/// Errors: two folders are the same, or one holds the other, or they have the same name.
fn refuse_alike(areas: &[Area]) -> Result<(), UserError> {
    for (at, one) in areas.iter().enumerate() {
        for other in areas.iter().skip(at + 1) {
            let (first, second) = (one.folder.display(), other.folder.display());
            if one.real == other.real {
                return Err(UserError::new(format!("文件夹“{first}”给了两次")).advise("每个文件夹只写一次"));
            }
            let (outer, inner) = if other.real.starts_with(&one.real) { (one, other) } else { (other, one) };
            if inner.real.starts_with(&outer.real) {
                let sentence = format!("文件夹“{}”在文件夹“{}”里面", inner.folder.display(), outer.folder.display());
                return Err(UserError::new(sentence).advise("同一个单位会核查两次，请只写其中一个"));
            }
            if folded(&one.name) == folded(&other.name) {
                let sentence = format!("文件夹“{first}”和“{second}”的名称相同");
                return Err(UserError::new(sentence).advise("总表要用它们的名称分开各地的单位，请给其中一个改名"));
            }
        }
    }
    Ok(())
}

/// Errors: two offices are the same folder, or would get one report on some systems; or the output stands in an office.
fn refuse_same(offices: &[OfficeFolder], output: &Path) -> Result<(), UserError> {
    let (mut names, mut folders) = (HashMap::new(), HashMap::new());
    for office in offices {
        let shown = office.folder.display();
        let real = fs::canonicalize(&office.folder).map_err(|error| unreadable(&office.folder, &error))?;
        if output.starts_with(&real) {
            let sentence = format!("写报告的文件夹在单位的文件夹“{shown}”里面");
            return Err(UserError::new(sentence).advise("报告会混进这个单位的台账，请用 -o 换一个文件夹"));
        }
        if let Some(other) = folders.insert(real, office) {
            let sentence = format!("文件夹“{}”和“{shown}”是同一个文件夹", other.folder.display());
            return Err(UserError::new(sentence).advise("同一个单位会核查两次，请去掉其中一个"));
        }
        if let Some(other) = names.insert((&office.area, folded(&office.name)), office) {
            let sentence = format!("文件夹“{}”和“{shown}”的名称只有大小写或写法不同", other.folder.display());
            return Err(UserError::new(sentence).advise("两个单位的报告会写成一个文件，请给其中一个改名"));
        }
    }
    Ok(())
}
