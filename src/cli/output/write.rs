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
use super::fault;
use crate::cli::UserError;

const PREFIX: &str = ".~jiaoyan-";
const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between them.
const RANDOM: usize = 6;
/// A temporary file older than this was left by a run that was cut off.
const LEFT_OVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Writes a workbook; a file in the current folder is called by the stem. Gives the path written.
///
/// # Errors
/// It could not be written; what was there before is as it was.
pub fn write(
    destination: &Destination,
    kind: WorkbookKind,
    stem: &str,
    bytes: &[u8],
) -> Result<Option<PathBuf>, UserError> {
    let path = place(destination, kind, stem, bytes)?;
    watched::say(&Event::Written);
    Ok(path)
}

/// Writes the proof of a report that is written to this path.
pub type ProofOf<'p> = &'p dyn Fn(&Path, &mut dyn Write) -> io::Result<()>;

/// Writes a report, and beside it its proof; a report in the current folder is called by the stem. Gives the path of the
/// report.
///
/// # Errors
/// They could not be written; what was there before is as it was, unless the error says otherwise.
pub fn write_with_proof(
    destination: &Destination,
    stem: &str,
    bytes: &[u8],
    proof: ProofOf<'_>,
) -> Result<Option<PathBuf>, UserError> {
    let path = match destination {
        Destination::Nowhere => None,
        Destination::FreeName => Some(write_free_pair(Path::new(""), stem, bytes, proof)?),
        Destination::Named { path, replace } => {
            let pair = ReportAndProof::prepared(path, bytes, proof).map_err(|error| not_written(path, &error))?;
            if *replace {
                pair.replace(path)?
            } else {
                pair.place_new(path).map_err(|error| not_written(path, &error))?
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

fn write_free_pair(folder: &Path, stem: &str, bytes: &[u8], proof: ProofOf<'_>) -> Result<PathBuf, UserError> {
    let mut last = None;
    for path in free_names(stem).map(|name| folder.join(name)) {
        if !is_free(&path) || !is_free(&proof_of(&path)) {
            last = Some(path);
            continue;
        }
        let pair = ReportAndProof::prepared(&path, bytes, proof).map_err(|error| not_written(&path, &error))?;
        match pair.place_new(&path) {
            Ok(()) => return Ok(path),
            // Another run was quicker.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = Some(path),
            Err(error) => return Err(not_written(&path, &error)),
        }
    }
    Err(not_written(&last.unwrap_or_default(), &io::ErrorKind::AlreadyExists.into()))
}

fn not_written(path: &Path, error: &io::Error) -> UserError {
    failed(path, WorkbookKind::Report, error)
}

/// A report and its proof with all of their bytes on the disk, before they have their names.
struct ReportAndProof {
    report: NamedTempFile,
    proof: NamedTempFile,
}

impl ReportAndProof {
    fn prepared(path: &Path, report: &[u8], proof: ProofOf<'_>) -> io::Result<ReportAndProof> {
        let report = prepared(path, &mut |file| file.write_all(report))?;
        Ok(ReportAndProof { report, proof: prepared(path, &mut |file| proof(path, file))? })
    }

    /// Gives both their names where no others have them, or neither.
    fn place_new(self, path: &Path) -> io::Result<()> {
        let proof = proof_of(path);
        place_new(self.proof, &proof).map_err(|error| error.error)?;
        place_new(self.report, path).map_err(|error| {
            // It was written just now, and is of no use without its report.
            let _ = fs::remove_file(&proof);
            error.error
        })
    }

    /// Gives both their names; others that have them go.
    fn replace(self, path: &Path) -> Result<(), UserError> {
        let proof = proof_of(path);
        let old = set_aside(&proof).map_err(|error| failed(&proof, WorkbookKind::Report, &error))?;
        if let Err(error) = self.report.persist(path) {
            let restored = old.map_or(Ok(()), |old| old.persist(&proof).map(drop));
            return Err(match restored {
                Ok(()) => not_written(path, &error.error),
                Err(_) => {
                    UserError::new(format!("报告《{}》没有写成：{}", path.display(), fault::reason(&error.error)))
                        .advise("原有的报告没有改动，但它的核对文件没有了；请处理后再运行，或用 -o 换一个文件名")
                }
            });
        }
        let placed = self.proof.persist(&proof);
        placed.map(drop).map_err(|error| {
            let reason = fault::reason(&error.error);
            UserError::new(format!(
                "报告《{}》已经写成，但核对文件《{}》没有写成：{reason}",
                path.display(),
                proof.display()
            ))
            .advise("请处理后再运行一次")
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

fn place(
    destination: &Destination,
    kind: WorkbookKind,
    stem: &str,
    bytes: &[u8],
) -> Result<Option<PathBuf>, UserError> {
    match destination {
        Destination::Nowhere => Ok(None),
        Destination::FreeName => write_free(Path::new(""), kind, stem, bytes).map(Some),
        Destination::Named { path, replace } => {
            let failed = |error: &io::Error| failed(path, kind, error);
            let file = prepared(path, &mut |file| file.write_all(bytes)).map_err(|error| failed(&error))?;
            let placed = if *replace { file.persist(path).map(drop) } else { place_new(file, path) };
            placed.map_err(|error| failed(&error.error))?;
            sync_folder(folder_of(path));
            Ok(Some(path.clone()))
        }
    }
}

fn write_free(folder: &Path, kind: WorkbookKind, stem: &str, bytes: &[u8]) -> Result<PathBuf, UserError> {
    let mut names = free_names(stem).map(|name| folder.join(name));
    let mut path = names.next().unwrap_or_default();
    let mut file = prepared(&path, &mut |file| file.write_all(bytes)).map_err(|error| failed(&path, kind, &error))?;
    loop {
        match place_new(file, &path) {
            Ok(()) => break,
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => {
                let Some(next) = names.next() else { return Err(failed(&path, kind, &taken.error)) };
                (path, file) = (next, taken.file);
            }
            Err(error) => return Err(failed(&path, kind, &error.error)),
        }
    }
    sync_folder(folder_of(&path));
    Ok(path)
}

/// A temporary file beside the workbook, with all that is written into it on the disk.
fn prepared(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    sweep(folder);
    let mut file = temporary(folder)?;
    watched::say(&Event::Writing(file.path().to_str().unwrap_or_default().to_string()));
    write(&mut file)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes a file of a run over many offices in place of any other of its name. The disk is not waited for: what a power
/// cut takes, `--resume` misses by its digest and writes again.
///
/// # Errors
/// It could not be written; what was there before is as it was.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary(folder_of(path))?;
    watched::say(&Event::Writing(file.path().to_str().unwrap_or_default().to_string()));
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Removes what a run that was cut off has left unfinished in a folder, however new it is.
pub fn sweep_all(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_left_unfinished(&entry.file_name())) {
        let _ = fs::remove_file(entry.path());
    }
}

/// Whether a file's name is one that files have before they are finished.
pub fn is_left_unfinished(name: &OsStr) -> bool {
    name.to_str().is_some_and(is_temporary)
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

fn failed(path: &Path, kind: WorkbookKind, error: &io::Error) -> UserError {
    let sentence = format!("{}《{}》没有写成：{}", kind.noun(), path.display(), fault::reason(error));
    UserError::new(sentence).advise("原有的文件没有改动；请处理后再运行，或用 -o 换一个文件名")
}

/// Makes the new name itself last through a power cut. The workbook is whole either way, so a failure is no error.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Removes what runs that were cut off have left in a folder. What cannot be removed does no harm.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(is_temporary);
        if ours && is_left_over(&entry).unwrap_or(false) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_left_over(entry: &fs::DirEntry) -> io::Result<bool> {
    let metadata = entry.metadata()?;
    let age = SystemTime::now().duration_since(metadata.modified()?).unwrap_or_default();
    Ok(metadata.is_file() && age > LEFT_OVER)
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
