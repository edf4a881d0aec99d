//! Takes up a run that was cut off: what its journal says of an office holds where nothing has changed since.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::child::within;
use super::journal::{JournalEntries, JournalEntry, written};
use super::office_settings::OfficeSettings;
use super::offices::OfficeFolder;
use super::run_folder::RunFolder;
use crate::cli::UserError;
use crate::cli::output::{self, free_names, proof_of};
use crate::intake::files;
use crate::model::{FileStamp, Outcome, Summary, sha256_hex};

/// The entries that still hold: the office was audited, with what it would be audited with now, from the workbooks that
/// are there now, and what was written for it is as it was.
pub(super) fn holding(
    settings: &mut OfficeSettings<'_>,
    offices: &[OfficeFolder],
    entries: &JournalEntries,
    threads: usize,
) -> JournalEntries {
    let asked_alike: Vec<(&OfficeFolder, &JournalEntry)> = offices
        .iter()
        .filter_map(|office| {
            let entry = entries.get(&office.key())?;
            let digest = settings.turn_to(office).and_then(|()| settings.digest()).ok()?;
            let at = settings.folder.file_of(office);
            (digest == entry.asked && written(&entry.office) == Some(at.as_str())).then_some((office, entry))
        })
        .collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(JournalEntries::new()));
    let work = || {
        while let Some((office, entry)) = asked_alike.get(next.fetch_add(1, Ordering::Relaxed)) {
            if is_as_it_was(&settings.folder, office, entry) {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.insert(entry.key(), (*entry).clone());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(asked_alike.len()) {
            // This thread does all that no other one does.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn is_as_it_was(folder: &RunFolder, office: &OfficeFolder, entry: &JournalEntry) -> bool {
    let Outcome::Audited(summary) = &entry.office.outcome else { return false };
    let Some(report) = &summary.written else { return false };
    let path = folder.path.join(&report.path);
    let is = |path: &Path, digest: &str| file_digest(path).is_some_and(|own| own == digest);
    let proof = entry.proof.as_ref();
    is(&path, &report.sha256) && proof.is_none_or(|proof| is(&proof_of(&path), proof)) && has_inputs(office, summary)
}

/// Whether the workbooks of an office are those that it was audited from.
fn has_inputs(office: &OfficeFolder, summary: &Summary) -> bool {
    let Ok((mut paths, _)) = files::find(std::slice::from_ref(&office.folder)) else { return false };
    paths.sort();
    let stamp = |path: &Path| Some(FileStamp { path: within(path, &office.folder).into(), sha256: file_digest(path)? });
    paths.len() == summary.inputs.len()
        && paths.iter().zip(&summary.inputs).all(|(path, input)| stamp(path).as_ref() == Some(input))
}

fn file_digest(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| sha256_hex(&bytes))
}

/// Makes room for what is audited again: what was written for an office and does not hold any more is removed, unless
/// somebody has worked in it since; then it is kept under another name.
pub(super) fn make_room(
    folder: &RunFolder,
    entries: &JournalEntries,
    holding: &JournalEntries,
) -> Result<(), UserError> {
    for entry in entries.values().filter(|entry| !holding.contains_key(&entry.key())) {
        let Outcome::Audited(Summary { written: Some(report), .. }) = &entry.office.outcome else { continue };
        let path = folder.path.join(&report.path);
        match file_digest(&path) {
            Some(digest) if digest != report.sha256 => keep(&path)?,
            Some(_) | None => folder.clear(std::iter::once(&entry.office))?,
        }
    }
    Ok(())
}

/// Keeps a file that somebody has changed under a name that is free.
fn keep(path: &Path) -> Result<(), UserError> {
    let extension = path.extension().unwrap_or_default();
    let stem = path.with_extension("").to_string_lossy().into_owned();
    let mut names = free_names(&stem).skip(1).map(|name| name.with_extension(extension));
    let free = names.find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_default();
    fs::rename(path, &free).map_err(|error| output::failed(format!("《{}》没有改名成", path.display()), &error))?;
    let name = free.file_name().unwrap_or_default();
    let sentence = "写成以后被改动过，已改名保留为";
    output::remark(format!("《{}》{sentence}《{}》", path.display(), name.display()));
    Ok(())
}
