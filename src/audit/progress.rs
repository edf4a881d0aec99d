//! How far the reading is, for whoever shows it.

use sheets::{Beat, no_beat};

/// What a run does with files or sheets, one after the other or side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Opening,
    Reading,
}

/// Is told how far the reading is, so that a long run can show it; from several threads.
pub trait Progress: Sync {
    /// So many files or sheets are to be gone through now, which hold so many bytes where that matters.
    fn stage(&self, stage: Stage, all: usize, bytes: u64);
    /// A file, or a sheet of it, is about to be opened or read.
    fn begin(&self, file: &str);
    /// That is done; so many bytes were gone through of which no beat told.
    fn end(&self, file: &str, bytes: u64);
    /// So many rows were read since the last call.
    fn rows(&self, rows: u64);
    /// For now no file is being read.
    fn rest(&self);
    /// What to call at each step of reading a file, with its bytes, on whatever thread.
    fn beat(&self) -> Beat;
}

/// Nobody is told.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _stage: Stage, _all: usize, _bytes: u64) {}
    fn begin(&self, _file: &str) {}
    fn end(&self, _file: &str, _bytes: u64) {}
    fn rows(&self, _rows: u64) {}
    fn rest(&self) {}
    fn beat(&self) -> Beat {
        no_beat()
    }
}
