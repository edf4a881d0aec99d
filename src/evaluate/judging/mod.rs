//! A subject in a window gets its verdict: by its amount or by a condition, with the reason in words and what leaves it open.

mod amounts;
mod judge;
mod judged;
mod reason;
mod remarked;
mod taught;
mod totalled;
mod unsaid;
mod verdicts;

pub(super) use judge::gap;
pub(super) use judged::Judged;
pub(super) use verdicts::judged;
