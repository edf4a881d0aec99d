//! Rows of cells become typed records: the header row is found, headers are matched, cells are parsed, people and
//! schools are resolved. What is not used is listed with its reason.

mod cells;
mod checks;
mod column;
mod dates;
mod ends;
pub mod files;
mod guide;
mod header;
mod issues;
mod layout;
mod ledger;
mod left;
mod matching;
mod names;
mod naming;
mod nearest;
mod numbers;
mod numerals;
mod people;
mod periods;
mod recognise;
mod record;
mod registry;
mod rows;
mod staff;
mod suggest;

pub use checks::{Checks, Repeats};
pub use guide::{GUIDE, OPTIONS, OwnPage};
pub use header::Probe;
pub use issues::{IssueLog, SheetName, SheetNames};
pub use layout::{HeaderError, Layout, UnusedColumn, rows_text};
pub use ledger::{Said, SheetLedger};
pub use matching::Headers;
pub use recognise::{Nearly, Recognised};
pub use record::{Entity, Maybe, ParsedRow, Record, SchoolLink};
pub use registry::{Defaults, Registry};
pub use rows::{Parser, Taken};
