//! What is said of people beside the rows that are read.

mod asides;
mod unread;
mod versions;

pub use asides::BesideLedgers;
pub use unread::UnreadRow;
