//! The journal of a run: a line for each office that is done with, so that a run that was cut off can be taken up.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::{UserError, output};
use crate::model::{Office, Outcome};

/// The journal's name within the folder of the run.
pub(super) const NAME: &str = "核查进度.ndjson";

/// An office that is done with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct JournalEntry {
    /// The digest of all that it was audited with, apart from its workbooks.
    pub asked: String,
    /// The digest of the proof beside its report.
    pub proof: Option<String>,
    pub office: Office,
}

/// Entries by the areas and names of their offices.
pub(super) type JournalEntries = BTreeMap<(String, String), JournalEntry>;

impl JournalEntry {
    /// Something kept the office of a key from being audited.
    pub(super) fn not_audited((area, name): (String, String), error: &UserError) -> JournalEntry {
        let office = Office { area, name, outcome: Outcome::NotAudited(error.line()) };
        JournalEntry { asked: String::new(), proof: None, office }
    }

    pub(super) fn key(&self) -> (String, String) {
        (self.office.area.clone(), self.office.name.clone())
    }
}

/// The file that was written for an office, by its path within the folder of the run.
pub(super) fn written(office: &Office) -> Option<&str> {
    match &office.outcome {
        Outcome::Audited(summary) => Some(summary.written.as_ref()?.path.as_str()),
        Outcome::NotAudited(_) => None,
    }
}

pub(super) fn is_in(folder: &Path) -> bool {
    folder.join(NAME).is_file()
}

/// What the journal of a folder says: the last line of each office. A line that is torn says nothing, nor does one that
/// somebody has changed so that it names a file elsewhere.
pub(super) fn read(folder: &Path) -> Result<JournalEntries, UserError> {
    let path = folder.join(NAME);
    let bytes = fs::read(&path).map_err(|error| output::failed(format!("读不了《{}》", path.display()), &error))?;
    let lines = bytes.split(|byte| *byte == b'\n');
    let entries = lines.filter_map(|line| serde_json::from_slice::<JournalEntry>(line).ok());
    let entries = entries.filter(|entry| written(&entry.office).is_none_or(|path| is_below(Path::new(path))));
    Ok(entries.map(|entry| (entry.key(), entry)).collect())
}

fn is_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes a journal anew, in the order of the offices.
pub(super) fn write<'e>(folder: &Path, entries: impl IntoIterator<Item = &'e JournalEntry>) -> Result<(), UserError> {
    let path = folder.join(NAME);
    let lines: io::Result<Vec<Vec<u8>>> = entries.into_iter().map(line).collect();
    let lines = lines.map_err(|error| failed(&path, &error))?.concat();
    output::put(&path, &lines).map_err(advised)
}

fn line(entry: &JournalEntry) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    Ok(line)
}

fn failed(path: &Path, error: &io::Error) -> UserError {
    advised(output::failed(format!("《{}》没有写成", path.display()), error))
}

fn advised(error: UserError) -> UserError {
    error.advise("已经核查的单位不会白做；请处理后加上 --resume 再运行")
}

/// A journal that goes on.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    pub(super) fn open(folder: &Path) -> Result<Journal, UserError> {
        let path = folder.join(NAME);
        match OpenOptions::new().append(true).open(&path) {
            Ok(file) => Ok(Journal { path, file }),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    pub(super) fn add(&mut self, entry: &JournalEntry) -> Result<(), UserError> {
        line(entry).and_then(|line| self.file.write_all(&line)).map_err(|error| failed(&self.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, asked: &str) -> JournalEntry {
        let outcome = Outcome::NotAudited("文件夹中没有工作簿".to_string());
        let office = Office { area: "某市".to_string(), name: name.to_string(), outcome };
        JournalEntry { asked: asked.to_string(), proof: None, office }
    }

    #[test]
    fn the_last_whole_line_of_an_office_counts() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(!is_in(folder));
        write(folder, [&entry("甲", "1"), &entry("乙", "1")]).unwrap();
        assert!(is_in(folder));
        Journal::open(folder).unwrap().add(&entry("甲", "2")).unwrap();
        let whole = fs::read(folder.join(NAME)).unwrap();
        let expected = |asked: &str| {
            let entries = [entry("甲", asked), entry("乙", "1")];
            JournalEntries::from(entries.map(|entry| (entry.key(), entry)))
        };
        assert_eq!(read(folder), Ok(expected("2")));
        // All but the end of the last line, then with a line of something else behind it.
        let torn = &whole[..whole.len() - 2];
        fs::write(folder.join(NAME), torn).unwrap();
        assert_eq!(read(folder), Ok(expected("1")));
        fs::write(folder.join(NAME), [torn, b"\n{}\n\xFF\n"].concat()).unwrap();
        assert_eq!(read(folder), Ok(expected("1")));
    }
}
