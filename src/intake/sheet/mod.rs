//! Sheets: which rows are the header, which table a sheet is, and which column is which field.

mod apart;
mod blocks;
mod candidate;
mod given;
mod header;
mod headless;
mod layout;
mod likeness;
mod matching;
mod naming;
mod nearness;
mod probe;
mod recognise;
mod years;

pub use layout::{HeaderError, Layout, OtherNames, UnusedColumn, rows_text};
pub use matching::KnownHeaders;
pub use probe::{GUIDE, OPTIONS, OwnPage, Probe};
pub use recognise::{LeavesOpen, Nearly, OtherYear, Recognised};
pub use years::years_of;
