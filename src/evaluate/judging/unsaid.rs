//! What neither the records nor the document say of an amount that is known: how things stood on another day, and whether a
//! week of hardly any teaching is one.

use jiff::Span;
use jiff::civil::Date;

use crate::evaluate::instance::Instance;
use crate::model::{BoundValue, Per, Verdict};
use crate::rules::Measure;
use crate::rules::fold::{Cause, Folds, Kind, Uncertain, Unrecorded, Viewpoint};
use crate::rules::window::{self as timing, Timing};

pub(super) struct Unsaid {
    /// As a part of the reason.
    pub said: String,
    pub cause: Cause,
}

impl Unsaid {
    /// What leaves a verdict to a person.
    pub(super) fn of(
        instance: &Instance<'_>,
        measure: &Measure,
        bound: &BoundValue,
        verdict: Verdict,
    ) -> Option<Unsaid> {
        let told = |said: String, asked: String| {
            let of = Uncertain::Unrecorded(Unrecorded::Relaxed(instance.rule.place));
            Unsaid { said, cause: Cause::new(of, asked) }
        };
        if let Some(due) = undated(instance, measure) {
            let said = format!("期限{due}已过，台账写的是核查日的情况");
            let asked = format!("{said}，当日也是这样");
            return Some(told(said, asked));
        }
        let days = short_week(instance, bound).filter(|_| verdict == Verdict::Unmet)?;
        let said = format!("这一周只有{days}个教学日");
        Some(told(said.clone(), format!("{said}，没有去的不算缺")))
    }
}

/// The day of the deadline that is judged, where a measure goes by rows without dates, which say how things stand now.
fn undated(instance: &Instance<'_>, measure: &Measure) -> Option<Date> {
    let due = instance.rule.rule.due_before(instance.facts.when.as_of)?;
    let is_timeless = |folds: &Folds<'_>| timing::of(instance.dictionary().table(folds.rows.table)) == Timing::Timeless;
    let is_of_now = |one: &Measure| matches!(one, Measure::OwnNumber(_)) || one.folds().iter().any(is_timeless);
    measure.simple().into_iter().any(is_of_now).then_some(due)
}

/// How many days of teaching a week of the office's calendar has, if all of them are asked for.
fn short_week(instance: &Instance<'_>, bound: &BoundValue) -> Option<usize> {
    let (window, calendar) = (instance.window(), &instance.facts.when.calendar);
    let BoundValue::AtLeast { floor, .. } = bound else { return None };
    if window.per != Per::Week || !calendar.knows(window) {
        return None;
    }
    let days = window.start.series(Span::new().days(1)).take_while(|day| *day <= window.end);
    let days = days.filter(|day| calendar.is_teaching_day(*day) == Some(true)).count();
    (floor.low >= days.into()).then_some(days)
}
