//! How names of schools and offices are compared.

mod offices;
mod schools;

pub use offices::OfficeWords;
pub use schools::{SchoolForm, SchoolWords};
