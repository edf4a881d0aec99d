//! Takes up a run that was cut off: what its journal says of an office holds where nothing has changed since.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::intake::files;

use super::journal::{Entries, Entry};
use super::kit::Kit;
use super::office::within;
use super::places::Place;
use super::target::{Target, written};
use crate::cli::destination::{free_names, proof_of};
use crate::cli::{Refusal, fault, streams};
use crate::model::{FileStamp, Outcome, Summary, sha256_hex};

/// The entries that still hold: the office was audited, with what it would be audited with now, from the workbooks that
/// are there now, and what was written for it is as it was.
pub fn holding(kit: &mut Kit, places: &[Place], entries: &Entries, threads: usize) -> Entries {
    let asked_alike: Vec<(&Place, &Entry)> = places
        .iter()
        .filter_map(|place| {
            let entry = entries.get(&(place.area.clone(), place.name.clone()))?;
            let digest = kit.turn_to(place).and_then(|()| kit.digest()).ok()?;
            let at = kit.target.file_of(place);
            (digest == entry.asked && written(&entry.office) == Some(at.as_str())).then_some((place, entry))
        })
        .collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Entries::new()));
    let work = || {
        while let Some((place, entry)) = asked_alike.get(next.fetch_add(1, Ordering::Relaxed)) {
            if is_as_it_was(&kit.target, place, entry) {
                let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
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
    found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn is_as_it_was(target: &Target, place: &Place, entry: &Entry) -> bool {
    let Outcome::Audited(summary) = &entry.office.outcome else { return false };
    let Some(report) = &summary.written else { return false };
    let path = target.folder.join(&report.path);
    let is = |path: &Path, digest: &str| file_digest(path).is_some_and(|own| own == digest);
    let proof = entry.proof.as_ref();
    is(&path, &report.sha256) && proof.is_none_or(|proof| is(&proof_of(&path), proof)) && has_inputs(place, summary)
}

/// Whether the workbooks of an office are those that it was audited from.
fn has_inputs(place: &Place, summary: &Summary) -> bool {
    let Ok((mut paths, _)) = files::find(std::slice::from_ref(&place.folder)) else { return false };
    paths.sort();
    let stamp = |path: &Path| Some(FileStamp { path: within(path, &place.folder), sha256: file_digest(path)? });
    paths.len() == summary.inputs.len()
        && paths.iter().zip(&summary.inputs).all(|(path, input)| stamp(path).as_ref() == Some(input))
}

fn file_digest(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| sha256_hex(&bytes))
}

/// Makes room for what is audited again: what was written for an office and does not hold any more is removed, unless
/// somebody has worked in it since; then it is kept under another name.
///
/// # Errors
/// A file cannot be removed or renamed.
pub fn make_room(target: &Target, entries: &Entries, holding: &Entries) -> Result<(), Refusal> {
    for entry in entries.values().filter(|entry| !holding.contains_key(&entry.key())) {
        let Outcome::Audited(Summary { written: Some(report), .. }) = &entry.office.outcome else { continue };
        let path = target.folder.join(&report.path);
        match file_digest(&path) {
            Some(digest) if digest != report.sha256 => keep(&path)?,
            Some(_) | None => target.clear(std::iter::once(&entry.office))?,
        }
    }
    Ok(())
}

/// Keeps a file that somebody has changed under a name that is free.
fn keep(path: &Path) -> Result<(), Refusal> {
    let extension = path.extension().unwrap_or_default();
    let stem = path.with_extension("").to_string_lossy().into_owned();
    let mut names = free_names(&stem).skip(1).map(|name| name.with_extension(extension));
    let free = names.find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_default();
    fs::rename(path, &free)
        .map_err(|error| Refusal::new(format!("《{}》没有改名成：{}", path.display(), fault::reason(&error))))?;
    let name = free.file_name().unwrap_or_default();
    let sentence = "写成以后被改动过，已改名保留为";
    streams::err(&format!("注意：《{}》{sentence}《{}》\n", path.display(), name.display()));
    Ok(())
}
