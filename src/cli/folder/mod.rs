//! `jiaoyan check --each-folder`: every sub-folder is an office. One report for each, one 总表 over all, and a journal by
//! which a run that was cut off is taken up.
//!
//! The parent finds the offices, keeps the journal and writes the 总表; children like that of a single audit do the rest.

mod child;
mod journal;
mod office_settings;
mod offices;
mod resume;
mod run;
mod run_folder;
mod worker_pool;

pub use child::{CHILD_COMMAND, OfficesArgs, audit_offices, not_by_hand};
pub use run::run;
