//! Rules against records: rows are folded into sure and possible amounts, and amounts are judged against bounds.
//!
//! Pure: no file, no clock, no printing. [`Plan`] says what is to be tallied, [`Tally`] holds what was, and
//! [`findings`] judges it.

mod account;
mod condition;
mod coverage;
mod days;
mod elapsed;
mod facts;
mod figure;
mod finding;
mod judge;
mod outcome;
mod plan;
mod reason;
mod slot;
mod subject;
mod tally;

pub use account::{Account, AccountBook, Accounting, Accounts, Own, subjects_called};
pub use facts::{Facts, When};
pub use finding::findings;
pub use plan::Plan;
pub use tally::Tally;
