//! Rules against records: rows are folded into sure and possible amounts, and amounts are judged against bounds.
//!
//! Pure: no file, no clock, no printing. [`Plan`] says what is to be tallied, [`Tally`] holds what was, and
//! [`findings`] judges it.

mod accumulate;
mod condition;
mod coverage;
mod facts;
mod finding;
mod folding;
mod instance;
mod judge;
mod plan;
mod reason;
mod subject;
mod trace;
mod verdicts;

pub use accumulate::Tally;
pub use coverage::{Confirmed, Coverage};
pub use facts::{Facts, When};
pub use finding::findings;
pub use plan::Plan;
pub use subject::subjects_called;
pub use trace::{OwnValue, Trace, TracedRow, TracedTable, Tracer};
