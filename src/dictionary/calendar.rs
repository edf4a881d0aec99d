//! The office's calendar, as a TOML file gives it: terms, holidays, days that make up for them.

use super::form::{Form, Node};
use super::source::Source;
use crate::model::{Calendar, Diagnostic, Term};

/// Reads a calendar file.
///
/// # Errors
/// All defects of the file, in the order of their places.
pub fn parse(file: &str, text: &str) -> Result<Calendar, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let document = source.parse();
    let calendar = read(source.form(&document));
    drop(document);
    let defects = source.into_defects();
    if defects.is_empty() { Ok(calendar) } else { Err(defects) }
}

/// Reads the `[[term]]` tables of a form; its other keys are defects.
pub fn read(form: Form<'_, '_>) -> Calendar {
    let mut terms: Vec<Term> = form.forms("term").into_iter().filter_map(term).collect();
    if !form.has("term") {
        form.defect("校历没有学期", "至少写一个 [[term]]，其中有 name、first-day、last-day");
    }
    form.finish();
    terms.sort_by_key(|term| term.start);
    Calendar { terms }
}

fn term(form: Form<'_, '_>) -> Option<Term> {
    let name = form.required_text("name").value;
    let (first, last) = (form.date("first-day"), form.date("last-day"));
    for key in ["first-day", "last-day"].into_iter().filter(|key| !form.has(key)) {
        form.missing(key);
    }
    let holidays = form.node("holidays").map(|node| node.items(form.source(), "holidays")).unwrap_or_default();
    let holidays = holidays.into_iter().filter_map(|item| holiday(&form, item)).collect();
    let days = form.node("make-up-days").map(|node| node.items(form.source(), "make-up-days")).unwrap_or_default();
    let make_up_days = days.into_iter().filter_map(|day| day.date(form.source(), "make-up-days")).collect();
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        form.defect("last-day 早于 first-day", "请调换学期的第一天和最后一天");
        return None;
    }
    form.finish();
    Some(Term::given(name, first?, last?, holidays, make_up_days))
}

fn holiday(form: &Form<'_, '_>, item: Node<'_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let holiday = item.form(form.source(), "holidays")?;
    let (from, to) = (holiday.date("from"), holiday.date("to"));
    // The name is for the reader of the file.
    holiday.text("name");
    holiday.finish();
    from.zip(to)
}
