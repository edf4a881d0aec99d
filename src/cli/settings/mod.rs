//! What was typed becomes what is needed, once and in one place; whatever is wrong with it is said before any input is
//! read.

mod args;
mod packs;
mod recorded;
mod request;
mod side_files;

pub(super) use args::LimitArgs;
pub(super) use args::{AuditArgs, DefaultArgs, Encoding, ReadingArgs};
pub(super) use packs::{ask_for_pack, pack_not_given};
pub(super) use packs::{built_in_packs, load_cases, load_packs};
pub(super) use recorded::{options, recorded};
pub(super) use request::{PreparedAudit, load_required};
pub(super) use request::{day, refuse_missing};
pub(super) use side_files::read_text;
pub(super) use side_files::{Defects, SideFile, load_calendar, load_columns};
