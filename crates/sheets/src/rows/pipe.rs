//! Hands rows from the thread that parses them to one that takes a first look at them, and on to the caller's, in their
//! order, so that reading the next rows, making something of these and judging those before them go side by side.
//!
//! A few batches of rows are under way at most, so that memory stays the same however long the sheet is.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use super::row::{Look, RawCell, Row, Take};
use crate::error::Fault;
use crate::guard::{Panicked, aloud, guarded};

/// The rows of one batch.
const ROWS: usize = 256;
/// How many batches may wait. With more of them a row is out of the cache before it is taken.
const WAITING: usize = 2;

/// Some rows: the cells of all of them, and of each its number and where its cells end.
#[derive(Default)]
struct Batch<'a> {
    cells: Vec<RawCell<'a>>,
    rows: Vec<(u32, usize)>,
}

impl Batch<'_> {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut start = 0;
        self.rows.iter().map(move |(number, end)| {
            let cells = &self.cells[start..*end];
            start = *end;
            Row { number: *number, cells }
        })
    }
}

/// Takes the rows on the parser's thread.
pub(crate) struct RowPipe<'a> {
    batch: Batch<'a>,
    to: SyncSender<Batch<'a>>,
    /// Batches that were visited and are filled again, so that a long sheet needs no more of them than wait.
    used: Receiver<Batch<'a>>,
}

impl<'a> RowPipe<'a> {
    /// Takes the cells of a row; breaks when no more are wanted.
    pub(crate) fn take(&mut self, number: u32, cells: &mut Vec<RawCell<'a>>) -> ControlFlow<()> {
        self.batch.cells.append(cells);
        self.batch.rows.push((number, self.batch.cells.len()));
        if self.batch.rows.len() < ROWS { ControlFlow::Continue(()) } else { self.send() }
    }

    /// The receiver is gone once the visitor has seen enough.
    fn send(&mut self) -> ControlFlow<()> {
        let mut next = self.used.try_recv().unwrap_or_default();
        // Emptied here: memory that goes back to the thread that took it is taken again without waiting for the other.
        next.cells.clear();
        next.rows.clear();
        match self.to.send(std::mem::replace(&mut self.batch, next)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Runs a parser on a thread of its own, and the look at its rows on another. All rows before a fault or a panic of the parser
/// are taken first; a panic of the look or of the taking goes on as it was.
pub(crate) fn piped<'a>(
    look: &mut Look<'_>,
    take: &mut Take<'_>,
    parse: impl FnOnce(&mut RowPipe<'a>) -> Result<(), Fault> + Send,
) -> Result<Result<(), Fault>, Panicked> {
    thread::scope(|scope| {
        let (to, parsed) = sync_channel(WAITING);
        let (back, used) = channel();
        let parser = scope.spawn(move || {
            let mut pipe = RowPipe { batch: Batch::default(), to, used };
            let outcome = guarded(|| parse(&mut pipe));
            // Whether the last rows are still wanted changes nothing.
            let _ = pipe.send();
            outcome
        });
        let (to, seen) = sync_channel(WAITING);
        let looker = scope.spawn(move || {
            // Whoever took them is gone only if it panicked.
            let _ = parsed.iter().try_for_each(|batch: Batch<'a>| {
                batch.rows().for_each(&mut *look);
                to.send(batch)
            });
        });
        seen.into_iter().for_each(|batch: Batch<'a>| {
            aloud(|| batch.rows().for_each(&mut *take));
            // The parser may have ended, and then needs no more of them.
            let _ = back.send(batch);
        });
        if let Err(panic) = looker.join() {
            aloud(|| resume_unwind(panic));
        }
        parser.join().unwrap_or(Err(Panicked))
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::rows::row::Raw;

    /// The numbers of the rows that were looked at and taken, and how the piping of `rows` rows ended.
    fn pipe(rows: u32, end: impl FnOnce() -> Result<(), Fault> + Send) -> (Vec<u32>, Vec<u32>, String) {
        let (mut seen, mut taken) = (Vec::new(), Vec::new());
        let mut look = |row: Row<'_>| seen.push(row.number);
        let mut take = |row: Row<'_>| {
            assert_eq!(row.cells, [RawCell { column: row.number, value: Raw::Error, merged: false, down: 0 }]);
            taken.push(row.number);
        };
        let outcome = piped(&mut look, &mut take, |pipe| send(pipe, rows).and_then(|()| end()));
        (seen, taken, format!("{outcome:?}"))
    }

    fn send(pipe: &mut RowPipe<'_>, rows: u32) -> Result<(), Fault> {
        for number in 1..=rows {
            let mut cells = vec![RawCell { column: number, value: Raw::Error, merged: false, down: 0 }];
            if pipe.take(number, &mut cells).is_break() {
                break;
            }
        }
        Ok(())
    }

    #[test]
    fn every_row_arrives_in_order_and_then_the_fault_or_the_panic() {
        let all: Vec<u32> = (1..=9000).collect();
        let both = |outcome: &str| (all.clone(), all.clone(), outcome.to_owned());
        assert_eq!(pipe(9000, || Ok(())), both("Ok(Ok(()))"));
        assert_eq!(pipe(9000, || Err(Fault::Damaged)), both("Ok(Err(Damaged))"));
        assert_eq!(pipe(9000, || panic!("of the parser")), both("Err(Panicked)"));
    }

    #[test]
    fn a_panic_of_who_looks_or_takes_ends_the_parser_and_goes_on() {
        let at_300 = |row: Row<'_>| assert_ne!(row.number, 300);
        let outcomes: [&mut dyn FnMut() -> bool; 2] =
            [&mut || piped(&mut { at_300 }, &mut |_| (), |pipe| send(pipe, u32::MAX)).is_ok(), &mut || {
                piped(&mut |_| (), &mut { at_300 }, |pipe| send(pipe, u32::MAX)).is_ok()
            }];
        for outcome in outcomes {
            let payload = catch_unwind(AssertUnwindSafe(outcome)).expect_err("the panic was swallowed");
            assert!(payload.downcast_ref::<String>().is_some_and(|text| text.contains("300")));
        }
    }
}
