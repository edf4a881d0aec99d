//! The way of the data: files are read, rows are taken in and tallied, amounts are judged, and one result comes out.

pub mod cases;
mod error;
mod fold;
pub mod inspect;
mod progress;
mod questions;
mod reading;
mod remarks;
mod result;
mod run;
mod settings;
mod workers;

pub use error::AuditError;
pub use progress::{Progress, Silent, Stage};
pub use result::Audit;
pub use run::{again, explain, run};
pub use settings::{InputFile, Settings};
