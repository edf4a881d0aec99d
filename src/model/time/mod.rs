//! Days and spans of days, the audit year and the terms of an office, the windows that verdicts speak of.

mod calendar;
mod date;
mod window;

pub use calendar::{Calendar, Period, PeriodError, Term};
pub use date::{DateSpan, elapsed_years, months_between, weekday_name};
pub use window::{Per, Window};
