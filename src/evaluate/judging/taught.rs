//! Who served a window in its holidays only, or whose contact lasted no longer, owes it nothing: 离岗日期 2024-02-20 before a term that
//! begins on the 26th.

use super::judged::Judged;
use crate::dictionary::FieldId;
use crate::evaluate::facts::View;
use crate::evaluate::instance::Instance;
use crate::model::{Per, Truth, Verdict};
use crate::rules::fold::{Cause, Uncertain, Unrecorded, Viewpoint};

/// Judges nobody by such a window; without the office's calendar it is asked for.
pub(super) fn taught(instance: &Instance<'_>, view: View<'_>, judged: Judged) -> Judged {
    if judged.verdict != Verdict::Unmet {
        return judged;
    }
    match in_holidays(instance, view) {
        Truth::False => judged,
        Truth::True => {
            let reason = "这段时间在岗（联系）的日子都不上课".to_string();
            Judged::without_amount(Verdict::NotApplicable, reason, judged.cells)
        }
        Truth::Unknown => {
            let text = "没有提供校历，这段时间在岗（联系）的日子可能都在假期里";
            let reason = format!("{}；{text}，不能判断", judged.reason);
            judged.open(reason, vec![Cause::new(Uncertain::Unrecorded(Unrecorded::Holidays), text)])
        }
    }
}

/// Whether no day of a part of the window was taught on; a whole one is never asked.
fn in_holidays(instance: &Instance<'_>, view: View<'_>) -> Truth {
    let (facts, window) = (instance.facts, instance.window());
    let roles = facts.dictionary().table(instance.rule.rule.each).roles;
    let day = |field: Option<FieldId>| field.and_then(|field| view.cells.get(field.index())?.date());
    let first = day(roles.start).map_or(window.start, |start| start.first.max(window.start));
    let last = day(roles.end).map_or(window.end, |end| end.last.min(window.end));
    let is_whole = first == window.start && last == window.end;
    // A year has holidays to learn in, too.
    if !matches!(window.per, Per::Week | Per::Month | Per::Term) || is_whole || last < first {
        return Truth::False;
    }
    facts.when.calendar.is_holiday(first, last)
}
