//! Hands rows from the thread that parses them to the caller's, in their order, so that reading the next rows and
//! judging these go side by side.
//!
//! A few batches of rows are under way at most, so that memory stays the same however long the sheet is.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use super::row::{RawCell, Row, Visit};
use crate::error::Fault;
use crate::guard::{Panicked, aloud, guarded};

/// The rows of one batch.
const ROWS: usize = 256;
/// How many batches may wait.
const WAITING: usize = 4;

/// Some rows: the cells of all of them, and of each its number and where its cells end.
#[derive(Default)]
struct Batch<'a> {
    cells: Vec<RawCell<'a>>,
    rows: Vec<(u32, usize)>,
}

impl Batch<'_> {
    fn visit(&self, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut start = 0;
        for (number, end) in &self.rows {
            visit(Row { number: *number, cells: &self.cells[start..*end] })?;
            start = *end;
        }
        ControlFlow::Continue(())
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

/// Runs a parser on a thread of its own. All rows before a fault or a panic of the parser are visited first.
pub(crate) fn piped<'a>(
    visit: &mut Visit<'_>,
    parse: impl FnOnce(&mut RowPipe<'a>) -> Result<(), Fault> + Send,
) -> Result<Result<(), Fault>, Panicked> {
    thread::scope(|scope| {
        let (to, from) = sync_channel(WAITING);
        let (back, used) = channel();
        let parser = scope.spawn(move || {
            let mut pipe = RowPipe { batch: Batch::default(), to, used };
            let outcome = guarded(|| parse(&mut pipe));
            // Whether the last rows are still wanted changes nothing.
            let _ = pipe.send();
            outcome
        });
        let enough = from.iter().any(|batch: Batch<'a>| {
            let flow = aloud(|| batch.visit(visit));
            // The parser may have ended, and then needs no more of them.
            let _ = back.send(batch);
            flow.is_break()
        });
        drop(from);
        let outcome = parser.join().unwrap_or(Err(Panicked));
        // Who has seen enough does not hear of what comes behind.
        if enough { Ok(Ok(())) } else { outcome }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::row::Raw;

    /// The numbers of the rows that were visited, and how the piping of `rows` rows ended.
    fn pipe(rows: u32, most: usize, end: impl FnOnce() -> Result<(), Fault> + Send) -> (Vec<u32>, String) {
        let mut seen = Vec::new();
        let mut visit = |row: Row<'_>| {
            assert_eq!(row.cells, [RawCell { column: row.number, value: Raw::Error, merged: false, down: 0 }]);
            seen.push(row.number);
            if seen.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let outcome = piped(&mut visit, |pipe| {
            for number in 1..=rows {
                let mut cells = vec![RawCell { column: number, value: Raw::Error, merged: false, down: 0 }];
                if pipe.take(number, &mut cells).is_break() {
                    return Ok(());
                }
            }
            end()
        });
        (seen, format!("{outcome:?}"))
    }

    #[test]
    fn every_row_arrives_in_order_and_then_the_fault_or_the_panic() {
        let all: Vec<u32> = (1..=2000).collect();
        assert_eq!(pipe(2000, 9000, || Ok(())), (all.clone(), "Ok(Ok(()))".to_owned()));
        assert_eq!(pipe(2000, 9000, || Err(Fault::Damaged)), (all.clone(), "Ok(Err(Damaged))".to_owned()));
        assert_eq!(pipe(2000, 9000, || panic!("of the parser")), (all, "Err(Panicked)".to_owned()));
    }

    #[test]
    fn a_visitor_that_has_seen_enough_stops_the_parser() {
        assert_eq!(pipe(u32::MAX, 3, || Err(Fault::Damaged)), (vec![1, 2, 3], "Ok(Ok(()))".to_owned()));
        assert_eq!(pipe(3, 3, || Err(Fault::Damaged)), (vec![1, 2, 3], "Ok(Ok(()))".to_owned()));
    }
}
