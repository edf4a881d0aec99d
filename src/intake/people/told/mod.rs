//! What is said of people beside the rows that are read.

mod asides;
mod unread;

pub use asides::BesideLedgers;
pub use unread::UnreadRow;
