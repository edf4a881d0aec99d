//! The offices of the country: a folder for each province, in it a folder for each office.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

use super::office;
use super::words::{COUNTY_ENDINGS, COUNTY_FIRST, COUNTY_SECOND, PROVINCES};
use crate::measure::Outcome;

/// All offices.
pub const OFFICES: usize = 2_900;
/// Of so many offices, one has a file that cannot be read.
const UNREADABLE: usize = 500;
/// Which of them it is.
const WHICH: usize = 7;

/// Where an office lies.
struct Place {
    province: &'static str,
    name: String,
}

/// The offices in an order in which the first ten, hundred or thousand are from the whole country.
fn place(office: usize) -> Place {
    // 1,009 has no divisor in common with 2,900: all offices come, each once.
    let mut left = office * 1_009 % OFFICES;
    for (province, count) in PROVINCES {
        if left < count {
            let (first, second) = (COUNTY_FIRST[left / 10 % 20], COUNTY_SECOND[left % 10]);
            let ending = COUNTY_ENDINGS[left * 7 / 10 % 3];
            return Place { province, name: format!("{first}{second}{ending}教研室") };
        }
        left -= count;
    }
    unreachable!("the provinces have {OFFICES} offices together")
}

/// How many of these offices cannot be read.
pub fn unreadable(offices: Range<usize>) -> usize {
    offices.filter(|office| office % UNREADABLE == WHICH).count()
}

/// Makes offices below a folder, on all cores; gives the folders of the provinces, in the order of their names.
///
/// # Errors
/// A file cannot be written.
pub fn make(folder: &Path, offices: Range<usize>, rows: usize) -> Outcome<Vec<PathBuf>> {
    let next = AtomicUsize::new(offices.start);
    let work = || -> Result<(), String> {
        loop {
            let office = next.fetch_add(1, Ordering::Relaxed);
            if office >= offices.end {
                return Ok(());
            }
            write(folder, office, rows).map_err(|error| format!("office {office}: {error}"))?;
        }
    };
    let cores = available_parallelism().map_or(1, usize::from);
    scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread has ended".to_string())?)
    })?;
    let provinces: HashSet<&str> = offices.map(|office| place(office).province).collect();
    let mut provinces: Vec<PathBuf> = provinces.into_iter().map(|province| folder.join(province)).collect();
    provinces.sort();
    Ok(provinces)
}

fn write(folder: &Path, office: usize, rows: usize) -> Outcome<()> {
    let Place { province, name } = place(office);
    let own = folder.join(province).join(&name);
    office::write(&own, office, &name, rows)?;
    if office % UNREADABLE == WHICH {
        cut(&own)?;
    }
    Ok(())
}

/// Cuts the largest file of an office in half, as a copy that was broken off.
fn cut(folder: &Path) -> Outcome<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.len(), entry.path()));
    }
    let (length, path) = files.into_iter().max().ok_or("an office without a file")?;
    Ok(fs::OpenOptions::new().write(true).open(path)?.set_len(length / 2)?)
}

/// The size of all files below a folder, and how many of them end in one of these.
///
/// # Errors
/// A folder cannot be read.
pub fn files(folder: &Path, endings: &[&str]) -> Outcome<(u64, usize)> {
    let (mut bytes, mut count) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let (more, further) = files(&entry.path(), endings)?;
            (bytes, count) = (bytes + more, count + further);
        } else {
            bytes += entry.metadata()?.len();
            let name = entry.file_name();
            count += usize::from(endings.iter().any(|ending| name.to_string_lossy().ends_with(ending)));
        }
    }
    Ok((bytes, count))
}
