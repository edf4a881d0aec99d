//! Sheets: which rows are the header, which table a sheet is, and which column is which field.

mod apart;
mod candidate;
mod given;
mod header;
mod headless;
mod heads;
mod laid_out;
mod layout;
mod likeness;
mod matching;
mod names;
mod nearness;
mod own_page;
mod probe;
mod recognise;

use names::naming;

pub(super) use header::with_unit;
pub(super) use heads::units_below;
pub use layout::{ClaimedField, HeaderError, Layout, OtherNames, UnusedColumn, rows_text};
pub(super) use layout::{SheetOwner, leaf};
pub use matching::KnownHeaders;
pub(super) use matching::has_other_unit;
pub(crate) use names::naming::own_name;
pub(super) use names::naming::{is_called, is_headed_as_plan};
pub use names::parts::time_of;
pub use names::until::{kept_until, made_on, month, months};
pub(super) use names::until::{last_day, time_in, times_since};
pub use names::years::years_of;
pub use own_page::{GUIDE, OPTIONS, OwnPage};
pub use probe::Probe;
pub use recognise::{LeavesOpen, Nearly, OfficerList, OtherYear, Recognised};
