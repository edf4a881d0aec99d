//! Rows of cells become typed records: the header row is found, headers are matched, cells are parsed, people and
//! schools are resolved. What is not used is listed with its reason.

mod cell;
mod checks;
pub mod files;
mod headers;
mod issues;
mod people;
mod row;
mod sheet;
mod sheet_names;

pub(crate) use cell::from_serial;
pub use checks::{Checks, Comparing, OfficeRows, Repeats};
pub use issues::IssueLog;
pub(crate) use people::may_be_short;
pub use people::{BesideLedgers, Defaults, Entity, Registry, Tenure, UnreadRow};
pub use row::{
    Again, CountedEvents, LaterRemark, Maybe, NamedBeside, ParsedRow, Record, RecordDoubt, RowMarks, RowNotes,
    RowOutcome, RowParser, RowRemark, SchoolLink, SheetRows, Subtotal, ToldAmount, names_second_term,
};
pub(crate) use sheet::own_name;
pub use sheet::{
    ClaimedField, GUIDE, HeaderError, KnownHeaders, Layout, LeavesOpen, Nearly, OPTIONS, OfficerList, OtherNames,
    OtherYear, OwnPage, Probe, Recognised, UnusedColumn, kept_until, made_on, month, months, rows_text, time_of,
    years_of,
};
pub use sheet_names::{SheetName, SheetNames};
