//! Rows of cells become typed records: the header row is found, headers are matched, cells are parsed, people and
//! schools are resolved. What is not used is listed with its reason.

mod cells;
mod checks;
mod dates;
mod guide;
mod header;
mod ledger;
mod left;
mod names;
mod naming;
mod nearest;
mod notes;
mod numbers;
mod people;
mod record;
mod registry;
mod rows;
mod staff;

pub use checks::Checks;
pub use guide::{GUIDE, OPTIONS, OwnPage};
pub use header::{HeaderError, Layout, Probe};
pub use ledger::SheetLedger;
pub use notes::{Notes, SheetName};
pub use record::{Draft, Entity, Maybe, Record, SchoolLink};
pub use registry::{Defaults, Registry};
pub use rows::{Parser, Taken};
