//! The parts of a zip package, by their names.

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::Fault;

/// The parts that only say where others are stay below this size, in bytes.
pub(crate) const SMALL_PART: u64 = 16 << 20;

/// The names of all parts, plain.
pub(crate) fn part_names(file: impl Read + Seek) -> Result<Vec<String>, Fault> {
    let archive = ZipArchive::new(file).map_err(|error| fault_of(&error))?;
    let names = archive.file_names().map(|name| match name {
        Ok(name) => Ok(plain_name(&name)),
        Err(error) => Err(fault_of(&error)),
    });
    names.collect()
}

/// One part of a package, whole; `None` if it is missing or larger than `most` bytes.
pub(crate) fn part(file: impl Read + Seek, name: &str, most: u64) -> Result<Option<Vec<u8>>, Fault> {
    let mut archive = ZipArchive::new(file).map_err(|error| fault_of(&error))?;
    let Some(index) = place_of(&archive, name) else {
        return Ok(None);
    };
    let part = archive.by_index(index).map_err(|error| fault_of(&error))?;
    let mut bytes = Vec::new();
    part.take(most + 1).read_to_end(&mut bytes).map_err(|error| fault_of_read(&error))?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Whether a package has a part.
pub(crate) fn has_part(file: impl Read + Seek, name: &str) -> Result<bool, Fault> {
    let archive = ZipArchive::new(file).map_err(|error| fault_of(&error))?;
    Ok(place_of(&archive, name).is_some())
}

/// The place of a part in its package.
pub(crate) fn place_of(archive: &ZipArchive<impl Read + Seek>, name: &str) -> Option<usize> {
    let name = plain_name(name);
    (0..archive.len()).find(|&index| {
        let candidate = archive.name_for_index(index);
        matches!(candidate, Some(Ok(candidate)) if plain_name(&candidate) == name)
    })
}

/// Part names are compared without regard to case, and some writers put backslashes.
pub(crate) fn plain_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

pub(crate) fn fault_of(error: &ZipError) -> Fault {
    if let ZipError::Io(error) = error {
        fault_of_read(error)
    } else if matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) {
        Fault::Password
    } else {
        Fault::Damaged
    }
}

/// Inflating reports damage as one of several kinds of I/O error; only the system's own ones are something else.
pub(crate) fn fault_of_read(error: &io::Error) -> Fault {
    match error.raw_os_error() {
        Some(_) => Fault::of_io(error),
        None => Fault::Damaged,
    }
}
