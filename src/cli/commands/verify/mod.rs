//! `jiaoyan verify`: holds a report to the proof beside it.

mod compare;
mod files;
mod rerun;
mod run;
mod verification;

pub(crate) use run::{VerifyArgs, run};
