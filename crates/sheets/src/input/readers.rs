//! The readers of one file: several of them may read its sheets at a time, where the format allows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Fault;
use crate::rows::row::{Look, Take, Visit};

/// Where the parser of a sheet works, and the first look at its rows, where the format leaves a choice; the rows are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsing {
    /// On the caller's thread, in turn with what is done with the rows.
    Here,
    /// Each on a thread of its own, some rows ahead.
    Ahead,
}

/// The cells of an open file, whatever its format.
pub(crate) trait Contents: Send {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault>;

    /// Gives each row to `look` and then to `take`, ahead of it where the format allows it.
    fn rows_ahead(&mut self, sheet: &str, look: &mut Look<'_>, take: &mut Take<'_>) -> Result<(), Fault> {
        self.rows(sheet, &mut |row| {
            look(row);
            take(row);
            ControlFlow::Continue(())
        })
    }

    /// The numbers of the rows that are struck out, in the formats of which that is known.
    fn struck_rows(&mut self, _sheet: &str) -> BTreeSet<u32> {
        BTreeSet::new()
    }

    /// What is remarked on cells, by row and column, in the formats of which that is known.
    fn comments(&mut self, _sheet: &str) -> BTreeMap<(u32, u32), String> {
        BTreeMap::new()
    }
}

/// Opens another reader of a file that has passed the preflight.
pub(crate) type ReaderFactory = Box<dyn Fn() -> Result<Box<dyn Contents>, Fault> + Send + Sync>;

/// The readers of one file, each of which reads one sheet at a time.
pub(crate) struct Readers {
    idle: Mutex<Vec<Box<dyn Contents>>>,
    /// `None` where there is only one reader: who comes second waits for it.
    another: Option<ReaderFactory>,
}

impl Readers {
    /// The only reader of a file.
    pub(crate) fn one(contents: impl Contents + 'static) -> Readers {
        Readers { idle: Mutex::new(vec![Box::new(contents)]), another: None }
    }

    /// The first reader of a file, and how more of them are made.
    pub(crate) fn many(first: impl Contents + 'static, another: ReaderFactory) -> Readers {
        Readers { another: Some(another), ..Readers::one(first) }
    }

    pub(crate) fn struck_rows(&self, sheet: &str) -> BTreeSet<u32> {
        self.idle().first_mut().map(|reader| reader.struck_rows(sheet)).unwrap_or_default()
    }

    pub(crate) fn comments(&self, sheet: &str) -> BTreeMap<(u32, u32), String> {
        self.idle().first_mut().map(|reader| reader.comments(sheet)).unwrap_or_default()
    }

    /// Reads something by a reader that is idle.
    pub(crate) fn read(&self, read: impl FnOnce(&mut dyn Contents) -> Result<(), Fault>) -> Result<(), Fault> {
        let Some(another) = &self.another else {
            return read(self.idle().first_mut().ok_or(Fault::Damaged)?.as_mut());
        };
        let idle = self.idle().pop();
        let mut reader = idle.map_or_else(another, Ok)?;
        let outcome = read(reader.as_mut());
        self.idle().push(reader);
        outcome
    }

    /// A reader whose parser panicked is gone, and nothing of it is left here.
    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn Contents>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
