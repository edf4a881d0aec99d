//! The questions of an audit: each cause of doubt once, in the order of how many verdicts its answer frees.

mod asked;
mod books;
mod doubts;
mod gather;
mod known;
mod lines;
mod topic;
mod unread;

pub(super) use gather::questions;
pub(super) use known::Known;
