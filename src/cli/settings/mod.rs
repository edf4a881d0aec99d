//! What was typed becomes what is needed, once and in one place; whatever is wrong with it is said before any input is
//! read.

mod args;
mod choose;
mod limits;
mod packs;
mod recorded;
mod request;
mod side_files;
mod text_file;
mod values;

pub use args::{AuditArgs, DefaultArgs, Encoding, ReadingArgs};
pub use choose::{ask_for_pack, pack_not_given};
pub use limits::LimitArgs;
pub use packs::{built_in_packs, load_cases, load_packs};
pub use recorded::{options, recorded};
pub use request::{PreparedAudit, load_required};
pub use side_files::{Defects, SideFile, load_calendar, load_columns};
pub use text_file::read_text;
pub use values::{day, refuse_missing};
