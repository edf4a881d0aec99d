//! Checks of the data itself: rows that stand there twice, dates and numbers that cannot be, 身份证号. What cannot be true is
//! made unreadable, so that no verdict rests on it; what is only unlikely is listed and counts as it stands.

mod alike;
mod amounts;
mod checked;
mod copies;
mod dates;
mod events;
mod headcounts;
mod held;
mod joint;
mod repeats;
mod roster;
mod run;
mod visits;
mod years;

pub use events::OfficeRows;
pub use repeats::Repeats;
pub use run::Checks;
pub use visits::Comparing;
