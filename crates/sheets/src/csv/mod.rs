//! csv files.

pub(crate) mod book;
mod delimiter;
mod encoding;
mod splitter;
