//! What the rows of a person come to in days: those of one date, and those of which only the first and the last day are
//! known.

mod day_rows;
mod postings;
mod runs;
mod stays;

pub(super) use day_rows::DayRows;
pub(super) use postings::{Posting, in_doubt, last_reset};
pub(super) use runs::{PostingTerms, Reading};
pub(super) use stays::{Stay, SureDays, bounds, clusters, days_between, most_apart, said_by_both, working_days};
