//! A file that is open for reading, and tells of each step of that: who waits for a slow file can see that it goes on.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Is called at each step of reading a file, on whatever thread.
pub type Beat = Arc<dyn Fn() + Send + Sync>;

/// Nobody waits.
pub fn no_beat() -> Beat {
    Arc::new(|| {})
}

/// An open file with its beat.
pub(super) struct Source {
    file: File,
    beat: Beat,
}

impl Source {
    pub(super) fn new(file: File, beat: Beat) -> Source {
        Source { file, beat }
    }

    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.beat)();
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn each_read_is_told_and_the_bytes_are_those_of_the_file() {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(b"12345").expect("bytes");
        file.rewind().expect("a file");
        let beats = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&beats);
        let beat: Beat = Arc::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let mut source = Source::new(file, beat);
        source.seek(SeekFrom::Start(1)).expect("a file");
        let mut bytes = [0; 2];
        source.read_exact(&mut bytes).expect("bytes");
        assert_eq!((&bytes, beats.load(Ordering::Relaxed)), (b"23", 1));
        assert_eq!(source.read(&mut bytes).expect("bytes"), 2);
        assert_eq!((&bytes, beats.load(Ordering::Relaxed)), (b"45", 2));
    }
}
