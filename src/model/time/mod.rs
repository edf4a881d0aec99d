//! Days and spans of days, the audit year and the terms of an office, the windows that verdicts speak of.

mod calendar;
mod date;
mod teaching;
mod term;
mod window;

pub use calendar::{Calendar, Period, PeriodError};
pub use date::{DateSpan, RowLength, elapsed_years, months_between, weekday_name};
pub use term::Term;
pub use window::{Per, Window};
