//! A bare number among the days of what took place: 2023 is any day of that year, and 5 in the sheet of a month its fifth.

use super::context::DateContext;
use super::date_cell::{DateReading, from_number, from_text};

/// A number as a date; where it is of what took place, 2023 is any day of that year. As the number of a day it would be a century ago.
pub(crate) fn number_or_year(number: f64, happened: bool, context: &DateContext) -> DateReading {
    let is_whole = happened && number.fract() == 0.0;
    if is_whole && (2000.0..=2100.0).contains(&number) {
        return from_text(&format!("{number}年"), context);
    }
    let day = Some(number).filter(|_| is_whole).and_then(|number| day_of_month(number, context));
    day.unwrap_or_else(|| from_number(number, context))
}

/// The same of a text.
pub(crate) fn text_or_year(text: &str, happened: bool, context: &DateContext) -> DateReading {
    match (text.parse().ok().filter(|_| happened), text.len()) {
        (Some(number), 4) => number_or_year(number, happened, context),
        (Some(number), 1 | 2) => day_of_month(number, context).unwrap_or_else(|| from_text(text, context)),
        (Some(_) | None, _) => from_text(text, context),
    }
}

/// The day of the only month that the sheet says, with its year.
fn day_of_month(number: f64, context: &DateContext) -> Option<DateReading> {
    let is_day = (1.0..=31.0).contains(&number);
    let day = is_day.then(|| from_text(&format!("{number}日"), context))?;
    day.span.is_some_and(|span| span.exact().is_some()).then_some(day)
}
