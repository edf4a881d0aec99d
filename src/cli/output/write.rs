//! Writes a workbook so that at any moment either the old or the new one is there, whole.
//!
//! A report and its proof cannot get their names in one step. A new proof comes before its report and an old one goes
//! before the old report does, so a run that is cut off may leave a file alone, but never two that do not belong together.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{NamedTempFile, PersistError, TempPath};
use watched::Event;

use super::destination::{Destination, WorkbookKind, folder_of, free_names, proof_of};
use super::streams;
use crate::cli::UserError;

const PREFIX: &str = ".~jiaoyan-";
const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between them.
const RANDOM: usize = 6;
/// A temporary file older than this was left by a run that was cut off.
const LEFT_OVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Writes the proof of a report that is written to this path.
pub(super) type ProofOf<'p> = &'p dyn Fn(&Path, &mut dyn Write) -> io::Result<()>;

/// A workbook that is ready to be written; a report has a proof, which stands beside it.
pub(crate) struct FinishedWorkbook<'w> {
    pub kind: WorkbookKind,
    pub bytes: &'w [u8],
    pub proof: Option<ProofOf<'w>>,
}

/// Writes a workbook; one in the current folder is called by the stem. Gives the path written. Errors: it could not be
/// written; what was there before is as it was, unless the error says otherwise.
pub(crate) fn write(
    destination: &Destination,
    stem: &str,
    workbook: &FinishedWorkbook<'_>,
) -> Result<Option<PathBuf>, UserError> {
    let path = match destination {
        Destination::Nowhere => None,
        Destination::FreeName => Some(write_free(Path::new(""), stem, workbook)?),
        Destination::Named { path, replace } => {
            let files = workbook.prepared(path)?;
            if *replace {
                files.replace(path)?;
            } else {
                files.place_new(path).map_err(|error| not_written(path, workbook.kind, &error))?;
            }
            Some(path.clone())
        }
    };
    if let Some(path) = &path {
        sync_folder(folder_of(path));
    }
    watched::say(&Event::Written);
    Ok(path)
}

fn write_free(folder: &Path, stem: &str, workbook: &FinishedWorkbook<'_>) -> Result<PathBuf, UserError> {
    let mut last = None;
    for path in free_names(stem).map(|name| folder.join(name)) {
        if is_free(&path) && (workbook.proof.is_none() || is_free(&proof_of(&path))) {
            match workbook.prepared(&path)?.place_new(&path) {
                Ok(()) => return Ok(path),
                // Another run was quicker.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(not_written(&path, workbook.kind, &error)),
            }
        }
        last = Some(path);
    }
    Err(not_written(&last.unwrap_or_default(), workbook.kind, &io::ErrorKind::AlreadyExists.into()))
}

impl FinishedWorkbook<'_> {
    fn prepared(&self, path: &Path) -> Result<PreparedFiles, UserError> {
        let proof = |proof: ProofOf<'_>| prepared(path, &mut |file| proof(path, file));
        let files = || -> io::Result<PreparedFiles> {
            let workbook = prepared(path, &mut |file| file.write_all(self.bytes))?;
            Ok(PreparedFiles { kind: self.kind, workbook, proof: self.proof.map(proof).transpose()? })
        };
        files().map_err(|error| not_written(path, self.kind, &error))
    }
}

/// A workbook and its proof with all of their bytes on the disk, before they have their names.
struct PreparedFiles {
    kind: WorkbookKind,
    workbook: NamedTempFile,
    proof: Option<NamedTempFile>,
}

impl PreparedFiles {
    /// Gives all their names where no others have them, or none.
    fn place_new(self, path: &Path) -> io::Result<()> {
        let proof = self.proof.map(|file| (file, proof_of(path)));
        let placed = proof.map(|(file, proof)| place_new(file, &proof).map(|()| proof)).transpose();
        let proof = placed.map_err(|error| error.error)?;
        place_new(self.workbook, path).map_err(|error| {
            // It was written just now, and is of no use without its report.
            let _ = proof.map(fs::remove_file);
            error.error
        })
    }

    /// Gives all their names; others that have them go.
    fn replace(self, path: &Path) -> Result<(), UserError> {
        let proof = proof_of(path);
        let refuse = |error: &io::Error| not_written(path, self.kind, error);
        let Some(new) = self.proof else {
            return self.workbook.persist(path).map(drop).map_err(|error| refuse(&error.error));
        };
        let old = set_aside(&proof).map_err(|error| not_written(&proof, self.kind, &error))?;
        if let Err(error) = self.workbook.persist(path) {
            let restored = old.map_or(Ok(()), |old| old.persist(&proof).map(drop));
            return Err(match restored {
                Ok(()) => refuse(&error.error),
                Err(_) => streams::failed(format!("报告《{}》没有写成", path.display()), &error.error)
                    .advise("原有的报告没有改动，但它的核对文件没有了；请处理后再运行，或用 -o 换一个文件名"),
            });
        }
        new.persist(&proof).map(drop).map_err(|error| {
            let (report, proof) = (path.display(), proof.display());
            let sentence = format!("报告《{report}》已经写成，但核对文件《{proof}》没有写成");
            streams::failed(sentence, &error.error).advise("请处理后再运行一次")
        })
    }
}

/// Takes away the name of a file that is there, so that it can be given back.
fn set_aside(path: &Path) -> io::Result<Option<TempPath>> {
    if is_free(path) {
        return Ok(None);
    }
    let aside = temporary(folder_of(path))?.into_temp_path();
    fs::rename(path, &aside)?;
    Ok(Some(aside))
}

/// A temporary file beside the workbook, with all that is written into it on the disk.
fn prepared(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    sweep(folder_of(path), LEFT_OVER);
    let mut file = temporary(folder_of(path))?;
    watched::say(&Event::Writing(file.path().to_str().unwrap_or_default().to_string()));
    write(&mut file)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes a file of a run over many offices in place of any other of its name. The disk is not waited for: what a power
/// cut takes, `--resume` misses by its digest and writes again. Errors: it could not be written; what was there before
/// is as it was.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<(), UserError> {
    let written = || {
        let mut file = temporary(folder_of(path))?;
        watched::say(&Event::Writing(file.path().to_str().unwrap_or_default().to_string()));
        file.write_all(bytes)?;
        file.persist(path).map(drop).map_err(|error| error.error)
    };
    written().map_err(|error| streams::failed(format!("《{}》没有写成", path.display()), &error))
}

/// Whether a file's name is one that files have before they are finished.
pub(crate) fn is_left_unfinished(name: &OsStr) -> bool {
    let random = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM).tempfile_in(folder)
}

/// Gives the file its name where no other has it. Some network shares and memory sticks have no such operation; there
/// the name is looked at first.
fn place_new(file: NamedTempFile, path: &Path) -> Result<(), PersistError> {
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(refused) if refused.error.kind() != io::ErrorKind::AlreadyExists && is_free(path) => {
            refused.file.persist(path).map(drop)
        }
        Err(refused) => Err(refused),
    }
}

fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn not_written(path: &Path, kind: WorkbookKind, error: &io::Error) -> UserError {
    streams::failed(format!("{}《{}》没有写成", kind.noun(), path.display()), error)
        .advise("原有的文件没有改动；请处理后再运行，或用 -o 换一个文件名")
}

/// Makes the new name itself last through a power cut. The workbook is whole either way, so a failure is no error.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Removes the unfinished files in a folder that are at least so old: runs that were cut off have left them. What cannot
/// be removed does no harm.
pub(crate) fn sweep(folder: &Path, age: Duration) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_left_unfinished(&entry.file_name())) {
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        if written.is_ok_and(|written| SystemTime::now().duration_since(written).unwrap_or_default() >= age) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
