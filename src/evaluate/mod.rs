//! Rules against records: rows are folded into sure and possible amounts, and amounts are judged against bounds.
//!
//! Pure: no file, no clock, no printing. [`Plan`] says what is to be tallied, [`Tally`] holds what was, and
//! [`findings`] judges it.

mod accumulate;
mod causes;
mod condition;
mod coverage;
mod doubts;
mod facts;
mod figures;
mod finding;
mod folding;
mod instance;
mod judging;
mod plan;
mod subject;
mod trace;
mod unseen;

pub use accumulate::Tally;
pub use coverage::{Confirmed, Coverage, EarlierList, EarlierLists, OtherTotal};
pub(crate) use coverage::{in_words, merged};
pub(crate) use doubts::{Doubts, LeftOpen};
pub use facts::{Facts, When};
pub(crate) use finding::{findings, findings_of};
pub use plan::{Plan, office_rows};
pub use subject::subjects_called;
pub use trace::{OwnValue, Trace, TracedRow, TracedTable, Tracer};
