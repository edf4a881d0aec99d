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

pub(super) use args::{AuditArgs, DefaultArgs, Encoding, ReadingArgs};
pub(super) use choose::{ask_for_pack, pack_not_given};
pub(super) use limits::LimitArgs;
pub(super) use packs::{built_in_packs, load_cases, load_packs};
pub(super) use recorded::{options, recorded};
pub(super) use request::{PreparedAudit, load_required};
pub(super) use side_files::{Defects, SideFile, load_calendar, load_columns};
pub(super) use text_file::read_text;
pub(super) use values::{day, refuse_missing};
