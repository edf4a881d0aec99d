//! An input file: its bytes, the list of its sheets, and the readers at work on it.

pub(crate) mod bytes;
pub(crate) mod listing;
pub(crate) mod readers;
pub(crate) mod source;
