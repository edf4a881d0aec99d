//! The office's calendar, as a TOML file gives it: terms, holidays, days that make up for them.

use crate::dictionary::form::{Form, read_toml};
use crate::model::{Calendar, Diagnostic, Term};

/// Reads a calendar file, or gives all its defects in the order of their places.
pub fn parse(file: &str, text: &str) -> Result<Calendar, Vec<Diagnostic>> {
    read_toml(file, text, read)
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
    let holidays = form.forms("holidays").into_iter().filter_map(holiday).collect();
    let days = form.items("make-up-days").into_iter();
    let make_up_days = days.filter_map(|day| day.date(form.source(), "make-up-days")).collect();
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        form.defect("last-day 早于 first-day", "请调换学期的第一天和最后一天");
        return None;
    }
    form.finish();
    Some(Term::given(name, first?, last?, holidays, make_up_days))
}

fn holiday(form: Form<'_, '_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let (from, to) = (form.date("from"), form.date("to"));
    // The name is for the reader of the file.
    form.text("name");
    form.finish();
    from.zip(to)
}
