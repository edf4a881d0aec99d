//! A file that is open for reading, and tells of each step of that: who waits for a slow file can see that it goes on.
//!
//! Several readers may be at one open file, each at its own place, so that what all of them read is one and the same
//! file, whatever becomes of its name meanwhile.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::error::Fault;

/// Is called at each step of reading a file with the bytes of the step, on whatever thread.
pub type Beat = Arc<dyn Fn(u64) + Send + Sync>;

/// Nobody waits.
pub fn no_beat() -> Beat {
    Arc::new(|_| {})
}

/// An open file with its beat; a clone is another reader of it.
#[derive(Clone)]
pub(crate) struct Source {
    file: Arc<File>,
    /// The place of this reader.
    at: u64,
    beat: Beat,
}

impl Source {
    pub(crate) fn new(file: File, beat: Beat) -> Source {
        Source { file: Arc::new(file), at: 0, beat }
    }

    pub(crate) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = read_at(&self.file, buffer, self.at)?;
        self.at += read as u64;
        (self.beat)(read as u64);
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.metadata()?.len().checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Opens a file, and reads it once for its SHA-256 in lower-case hexadecimal.
pub(crate) fn open_and_hash(path: &Path, beat: Beat) -> Result<(Source, String), Fault> {
    // On Windows a folder cannot be opened at all, and would be called forbidden.
    if path.is_dir() {
        return Err(Fault::Folder);
    }
    let fault = |error: io::Error| Fault::of_io(&error);
    // A pipe or a device might never end.
    if !path.metadata().map_err(fault)?.is_file() {
        return Err(Fault::NotASpreadsheet);
    }
    let mut file = Source::new(File::open(path).map_err(fault)?, beat);
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hash.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(fault(error)),
        }
    }
    file.rewind().map_err(fault)?;
    let digits: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((file, digits.concat()))
}

/// Reads a file into memory, for formats that cannot be streamed.
pub(crate) fn whole(mut file: Source) -> Result<Vec<u8>, Fault> {
    /// Far above any real xls, ods or csv file, in bytes.
    const MOST: u64 = 512 << 20;
    let fault = |error: io::Error| Fault::of_io(&error);
    if file.metadata().map_err(fault)?.len() > MOST {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

/// The system moves its own place along, which no reader relies on.
#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn each_read_is_told_and_the_bytes_are_those_of_the_file() {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(b"12345").expect("bytes");
        file.rewind().expect("a file");
        let beats = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&beats);
        let beat: Beat = Arc::new(move |bytes| {
            counted.fetch_add(bytes, Ordering::Relaxed);
        });
        let mut source = Source::new(file, beat);
        source.seek(SeekFrom::Start(1)).expect("a file");
        let mut bytes = [0; 2];
        source.read_exact(&mut bytes).expect("bytes");
        assert_eq!((&bytes, beats.load(Ordering::Relaxed)), (b"23", 2));
        assert_eq!(source.read(&mut bytes).expect("bytes"), 2);
        assert_eq!((&bytes, beats.load(Ordering::Relaxed)), (b"45", 4));
    }

    #[test]
    fn readers_of_one_file_do_not_move_each_other() {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(b"12345").expect("bytes");
        let mut one = Source::new(file, no_beat());
        let mut other = one.clone();
        assert_eq!(one.seek(SeekFrom::End(-2)).expect("a place"), 3);
        let mut bytes = [0; 1];
        let mut next = |source: &mut Source| {
            source.read_exact(&mut bytes).expect("a byte");
            bytes[0]
        };
        assert_eq!([next(&mut one), next(&mut other), next(&mut one), next(&mut other)], *b"4152");
        assert_eq!(one.seek(SeekFrom::Current(-9)).map_err(|error| error.kind()), Err(io::ErrorKind::InvalidInput));
    }
}
