//! Sheets: which rows are the header, which table a sheet is, and which column is which field.

mod blocks;
mod candidate;
mod header;
mod layout;
mod matching;
mod own_page;
mod probe;
mod recognise;
mod recognised;
mod suggest;

pub use layout::{HeaderError, Layout, UnusedColumn, rows_text};
pub use matching::KnownHeaders;
pub use own_page::{GUIDE, OPTIONS, OwnPage};
pub use probe::Probe;
pub use recognised::{Nearly, Recognised};
