//! `jiaoyan` audits the records of teaching-research officers (教研员) against policy documents.
//!
//! The modules stand in the order of their floors: each uses only those above it.

pub mod dictionary;
pub mod model;
pub mod read;
