//! Finds the files of an earlier run where they are now: among those that the command line gives, else at the paths
//! that the run knew them by, from the current folder and from that of the report.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::output::folder_of;
use crate::cli::{UserError, output};
use crate::intake::files;
use crate::model::{FileStamp, sha256_hex};

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LocatedFile {
    /// It is the same, at this path.
    Same(PathBuf),
    /// A file of its name is at this path, with other content.
    Changed(PathBuf),
    Missing,
}

pub(super) struct FileFinder {
    given: Vec<GivenFile>,
    folder: PathBuf,
}

struct GivenFile {
    path: PathBuf,
    sha256: String,
    used: bool,
}

impl GivenFile {
    /// Whether it is called like a file of the run, on whatever system the path of that was written.
    fn has_name_of(&self, stamp: &FileStamp) -> bool {
        let name = stamp.path.rsplit(['/', '\\']).next();
        self.path.file_name().is_some_and(|own| Some(own.to_string_lossy().as_ref()) == name)
    }
}

impl FileFinder {
    pub(super) fn new(given: &[PathBuf], report: &Path) -> Result<FileFinder, UserError> {
        let mut paths = Vec::new();
        for path in given {
            if path.is_dir() {
                let found = files::find(std::slice::from_ref(path));
                paths.extend(found.map_err(|error| UserError::new(error.to_string()))?.0);
            } else {
                paths.push(path.clone());
            }
        }
        let hold = |path: PathBuf| match fs::read(&path) {
            Ok(bytes) => Ok(GivenFile { path, sha256: sha256_hex(&bytes), used: false }),
            Err(error) => Err(output::failed(format!("读不了《{}》", path.display()), &error)),
        };
        let given = paths.into_iter().map(hold).collect::<Result<_, _>>()?;
        Ok(FileFinder { given, folder: folder_of(report).to_path_buf() })
    }

    /// What became of each file: of those that are given, equal content counts before an equal name.
    pub(super) fn find(&mut self, stamps: &[FileStamp]) -> Vec<LocatedFile> {
        let same: Vec<Option<LocatedFile>> = stamps.iter().map(|stamp| self.same_content(stamp)).collect();
        let mut found = |(same, stamp): (Option<LocatedFile>, &FileStamp)| {
            same.or_else(|| self.same_name(stamp)).unwrap_or_else(|| self.recorded(stamp))
        };
        same.into_iter().zip(stamps).map(&mut found).collect()
    }

    /// The files that are given and were none of the run's.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Path> {
        self.given.iter().filter(|given| !given.used).map(|given| given.path.as_path())
    }

    fn same_content(&mut self, stamp: &FileStamp) -> Option<LocatedFile> {
        let mut same = self.given.iter_mut().filter(|given| !given.used && given.sha256 == stamp.sha256);
        let first = same.next()?;
        let best =
            if first.has_name_of(stamp) { first } else { same.find(|it| it.has_name_of(stamp)).unwrap_or(first) };
        best.used = true;
        Some(LocatedFile::Same(best.path.clone()))
    }

    fn same_name(&mut self, stamp: &FileStamp) -> Option<LocatedFile> {
        let given = self.given.iter_mut().find(|given| !given.used && given.has_name_of(stamp))?;
        given.used = true;
        Some(LocatedFile::Changed(given.path.clone()))
    }

    /// Looks at the path of the run, and below the report's folder at the path and at what is left of it without its
    /// first folders, since both may have been moved together.
    fn recorded(&self, stamp: &FileStamp) -> LocatedFile {
        let parts: Vec<&str> = stamp.path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
        let mut places = vec![PathBuf::from(stamp.path.as_str()), self.folder.join(stamp.path.as_str())];
        places.extend((0..parts.len()).map(|from| self.folder.join(parts[from..].join("/"))));
        let mut changed = None;
        for place in places {
            match fs::read(&place) {
                Ok(bytes) if sha256_hex(&bytes) == stamp.sha256 => return LocatedFile::Same(place),
                Ok(_) => drop(changed.get_or_insert(place)),
                Err(_) => {}
            }
        }
        changed.map_or(LocatedFile::Missing, LocatedFile::Changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(path: &str, content: &str) -> FileStamp {
        FileStamp { path: path.into(), sha256: sha256_hex(content.as_bytes()) }
    }

    fn desk(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    #[test]
    fn a_file_is_known_by_its_content_then_by_its_name_then_by_its_place() {
        let folder = desk(&[("新/甲.csv", "b"), ("新/乙.csv", "a"), ("新/丙.csv", "x"), ("旧/丁.csv", "d")]);
        let at = |name: &str| folder.path().join(name);
        let mut finder = FileFinder::new(&[at("新")], &at("报告.xlsx")).unwrap();
        let stamps = [stamp("旧/甲.csv", "a"), stamp("旧/乙.csv", "c"), stamp("旧/丁.csv", "d"), stamp("无.csv", "")];
        // 甲 is now called 乙, so 乙 is no longer there by its name.
        let expected = [
            LocatedFile::Same(at("新/乙.csv")),
            LocatedFile::Missing,
            LocatedFile::Same(at("旧/丁.csv")),
            LocatedFile::Missing,
        ];
        assert_eq!(finder.find(&stamps), expected);
        assert_eq!(finder.unused().collect::<Vec<_>>(), [at("新/丙.csv"), at("新/甲.csv")]);
        assert_eq!(finder.find(&[stamp("丙.csv", "old")]), [LocatedFile::Changed(at("新/丙.csv"))]);
    }

    #[test]
    fn files_that_were_moved_with_the_report_are_found_beside_it() {
        let folder = desk(&[("年检/台账/甲.csv", "a"), ("年检/乙.csv", "new")]);
        let report = folder.path().join("年检/报告.xlsx");
        let mut finder = FileFinder::new(&[], &report).unwrap();
        let stamps =
            [stamp("/home/old/台账/甲.csv", "a"), stamp("C:\\旧\\台账\\甲.csv", "a"), stamp("旧/乙.csv", "old")];
        let beside = |name: &str| folder.path().join("年检").join(name);
        let same = LocatedFile::Same(beside("台账/甲.csv"));
        assert_eq!(finder.find(&stamps), [same.clone(), same, LocatedFile::Changed(beside("乙.csv"))]);
    }
}
