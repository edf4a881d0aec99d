//! Offices as rosters and the names of sheets name them.

mod foreign;
mod named;

pub(super) use named::NamedOffices;
