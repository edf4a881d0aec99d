//! Streams the ledgers past the tally, as many sheets side by side as there are threads.
//!
//! Each sheet is read into a tally, issues and counts of its own, and these are joined in the order of the sheets, so what
//! comes out does not depend on the threads. Only a row that equals one of an earlier sheet needs more: such a sheet is
//! read again, once the rows of all sheets before it are known.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sheets::{Parsing, ReadError};

use super::row_path::{SheetNotes, SheetReader};
use super::streamed::{Joined, SheetTally, StreamSink, Streamed, StreamedSheet};
use super::workers::side_by_side;
use crate::audit::fold::Fold;
use crate::intake::{IssueLog, Layout, Repeats, SheetRows};

/// How the sheets are streamed.
struct Stream<'s> {
    reader: SheetReader<'s>,
    sheets: Vec<(u32, &'s Layout)>,
    whole_copies: bool,
}

/// Reads the sheets of all tables that are not kept, by so many threads.
///
/// # Errors
/// Of the sheets that cannot be read, the first.
pub(in crate::audit) fn stream<'f>(
    reader: SheetReader<'_>,
    layouts: &[Option<Layout>],
    (threads, whole_copies): (usize, bool),
    (fold, log, repeats): (Fold<'f>, IssueLog, Repeats),
) -> Result<Streamed<'f>, ReadError> {
    let streamed = (0_u32..).zip(layouts).filter_map(|(number, layout)| {
        let layout = layout.as_ref().filter(|layout| !reader.dictionary.table(layout.table).held)?;
        Some((number, layout))
    });
    let stream = Stream { reader, sheets: streamed.collect(), whole_copies };
    let (joined, failed) = (Mutex::new(Joined::new(fold, log, repeats)), AtomicUsize::new(usize::MAX));
    let outcomes = side_by_side(threads, stream.sheets.len(), |task, parsing| {
        // Nothing comes of the sheets behind one that cannot be read; those before it were begun earlier.
        if failed.load(Ordering::Relaxed) < task {
            return Ok(());
        }
        let outcome = stream.read_and_join(task, parsing, &joined);
        if outcome.is_err() {
            failed.fetch_min(task, Ordering::Relaxed);
        }
        outcome
    });
    outcomes.into_iter().collect::<Result<(), ReadError>>()?;
    Ok(joined.into_inner().unwrap_or_else(PoisonError::into_inner).finish())
}

impl Stream<'_> {
    fn read_and_join(&self, task: usize, parsing: Parsing, joined: &Mutex<Joined<'_>>) -> Result<(), ReadError> {
        let (fold, log, known) = {
            let mut joined = lock(joined);
            let known = if joined.done == task { joined.repeats.take() } else { None };
            (joined.fold.fork(self.sheets[task].1.table), joined.log.fork(), known)
        };
        let read = self.read_sheet(task, parsing, (fold, log), known)?;
        let mut joined = lock(joined);
        joined.waiting.insert(task, read);
        loop {
            let next = joined.done;
            let Some(mut read) = joined.waiting.remove(&next) else { return Ok(()) };
            let (sheet, layout) = self.sheets[next];
            let repeats = std::mem::take(&mut read.repeats);
            let all = match joined.repeats.take() {
                Some(known) if !read.knew_all => match known.joined(repeats) {
                    Ok(all) => all,
                    Err(known) => {
                        let empty = (joined.fold.fork(layout.table), joined.log.fork());
                        read = self.read_sheet(next, parsing, empty, Some(known))?;
                        std::mem::take(&mut read.repeats)
                    }
                },
                Some(_) | None => repeats,
            };
            joined.repeats = Some(all);
            joined.join(sheet, layout.table, read);
        }
    }

    /// Reads one sheet, with the rows of all sheets before it where they are known.
    fn read_sheet<'f>(
        &self,
        task: usize,
        parsing: Parsing,
        (fold, mut log): (Fold<'f>, IssueLog),
        known: Option<Repeats>,
    ) -> Result<StreamedSheet<'f>, ReadError> {
        let (sheet, layout) = self.sheets[task];
        let (knew_all, mut repeats) = (known.is_some(), known.unwrap_or_default());
        let mut rows = SheetRows::new(Some(layout), self.whole_copies);
        let mut sink = StreamSink { reader: &self.reader, tally: SheetTally::new(fold) };
        let notes = SheetNotes { log: &mut log, repeats: &mut repeats, rows: &mut rows };
        self.reader.read(sheet, layout, parsing, notes, &mut sink)?;
        Ok(StreamedSheet { tally: sink.tally, log, repeats, knew_all, rows })
    }
}

/// A thread that panics ends the run, so what it left behind is not looked at.
fn lock<'m, 'f>(joined: &'m Mutex<Joined<'f>>) -> MutexGuard<'m, Joined<'f>> {
    joined.lock().unwrap_or_else(PoisonError::into_inner)
}
