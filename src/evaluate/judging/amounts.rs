//! The verdict on an amount: with and without the rows that nobody saw, against its bound, and what time may still mend.

use super::judged::Judged;
use super::unsaid::Unsaid;
use super::{judge, reason};
use crate::dictionary::FieldId;
use crate::evaluate::facts::View;
use crate::evaluate::instance::Instance;
use crate::model::{Amount, BoundValue, Per, Truth, Verdict};
use crate::rules::fold::{Cause, Doubt, Kind, Measured, Uncertain, Unrecorded, Viewpoint};
use crate::rules::{Bound, Measure, bound};

/// What a measure says. Rows that were not seen are left out of account where they could change nothing.
pub(super) fn measured(
    instance: &Instance<'_>,
    view: View<'_>,
    measure: &Measure,
    bound: &Bound,
    place: &mut usize,
) -> Judged {
    let first = *place;
    let seen = measured_of(instance, view, measure, bound, place);
    if seen.measured.unseen.is_empty() {
        return seen;
    }
    let whole = Instance { wide: true, ..*instance };
    let wide = measured_of(&whole, view, measure, bound, &mut { first });
    match seen.verdict {
        Verdict::Met | Verdict::Unmet if seen.verdict == wide.verdict => seen,
        Verdict::Pending => still_pending(&whole, seen, wide),
        Verdict::Met | Verdict::Unmet | Verdict::Review | Verdict::Waived | Verdict::NotApplicable => wide,
    }
}

/// What is not over stays so, with as much as there may be by the rows that were not seen.
fn still_pending(whole: &Instance<'_>, seen: Judged, wide: Judged) -> Judged {
    match (&wide.bound, wide.measured.amount) {
        (Some(bound), Some(amount)) if amount.exact().is_none() => {
            let reason = reason::sentence(whole, Verdict::Pending, &wide.measured, bound);
            Judged { verdict: Verdict::Pending, reason, causes: Vec::new(), ..wide }
        }
        (Some(_) | None, _) => seen,
    }
}

fn measured_of(instance: &Instance<'_>, view: View<'_>, measure: &Measure, bound: &Bound, place: &mut usize) -> Judged {
    let measured = judge::in_unit(instance.measured(measure, place), &instance.rule.rule.unit);
    let by = bound.by();
    let bound = judge::bound_for(bound, view);
    let asked = bound::asked(&bound, &instance.rule.rule.unit);
    let Some(amount) = measured.amount else {
        let (verdict, reason) = if measured.nobody {
            (Verdict::NotApplicable, "没有可以计算的对象".to_string())
        } else {
            (Verdict::Review, format!("{asked}；{}，不能判断", measured.doubts().join("，")))
        };
        let causes = measured.causes().cloned().collect();
        return Judged { verdict, measured, bound: Some(bound), reason, causes, cells: Vec::new() };
    };
    let plain_verdict = judge::verdict(&amount, &bound);
    let verdict = if plain_verdict == Verdict::Unmet && is_past_mending(measure, &amount, &bound, instance) {
        Verdict::Unmet
    } else if plain_verdict == Verdict::Met && may_turn(measure, &bound, instance) {
        Verdict::Pending
    } else {
        softened(instance, plain_verdict, &measured)
    };
    let unsaid = Unsaid::of(instance, measure, &bound, verdict);
    let verdict = if unsaid.is_some() { Verdict::Review } else { verdict };
    let mut reason = reason::sentence(instance, verdict, &measured, &bound);
    reason.extend(unsaid.iter().flat_map(|unsaid| ["，", unsaid.said.as_str()]));
    let mut causes = match verdict {
        Verdict::Review if unsaid.is_none() || plain_verdict == Verdict::Review => {
            why(instance, by.filter(|_| bound.is_open()), &measured)
        }
        Verdict::Review
        | Verdict::Met
        | Verdict::Unmet
        | Verdict::Pending
        | Verdict::Waived
        | Verdict::NotApplicable => Vec::new(),
    };
    causes.extend(unsaid.map(|unsaid| unsaid.cause));
    Judged { verdict, measured, bound: Some(bound), reason, causes, cells: Vec::new() }
}

/// Why an amount cannot be judged: what it lacks, the field that its bound goes by, holidays that nobody named. Where nothing
/// is lacking, its rows are dated by the month, or only a person can say whether so little short is short.
fn why(instance: &Instance<'_>, by: Option<FieldId>, measured: &Measured) -> Vec<Cause> {
    let each = instance.rule.rule.each;
    let header = |field| &instance.facts.dictionary().table(each).field(field).header;
    let bound = by.map(|field| {
        Cause::of_field(each, field, format!("“{}”不能确定，标准也不能确定", header(field))).at(instance.place(field))
    });
    let holidays = instance.facts.may_be_holiday(instance.window());
    let holidays = holidays.then(|| Cause::new(Uncertain::Unrecorded(Unrecorded::Holidays), "没有提供校历"));
    let all: Vec<Cause> = measured.causes().cloned().chain(bound).chain(holidays).collect();
    if !all.is_empty() {
        return all;
    }
    let rows = instance.plan.measured.get(instance.rule.first_rows);
    let is_inexact = measured.amount.is_some_and(|amount| amount.exact().is_none());
    match rows.filter(|_| is_inexact && !measured.citations.sure.is_empty()) {
        Some(rows) => {
            let of = Uncertain::Rows(rows.folds.rows.table, Doubt::Date);
            vec![Cause::new(of, "日期没有写明是哪一天").at(measured.citations.sure.iter().copied())]
        }
        None => {
            vec![Cause::new(Uncertain::Unrecorded(Unrecorded::Exception(instance.rule.place)), "只在“左右”的范围以内")]
        }
    }
}

/// An amount that only grows and is already too much stays so, however long the window still runs.
fn is_past_mending(measure: &Measure, amount: &Amount, bound: &BoundValue, instance: &Instance<'_>) -> bool {
    let window = instance.window();
    let limit = match bound {
        BoundValue::Equals(ends) | BoundValue::AtMost { ceiling: ends, .. } => Some(ends.high),
        BoundValue::AtLeast { .. } | BoundValue::Is(_) | BoundValue::About { .. } => None,
    };
    measure.character().grows
        && window.per != Per::AsOf
        && window.start <= instance.facts.when.as_of
        && limit.is_some_and(|limit| amount.low > limit)
}

/// Whether what is still to come in the window may make what is exactly right too much, or a share of it less. What nothing is
/// missing of stays whole.
fn may_turn(measure: &Measure, bound: &BoundValue, instance: &Instance<'_>) -> bool {
    let is_limit = match bound {
        BoundValue::Equals(_) | BoundValue::AtMost { .. } | BoundValue::About { .. } => true,
        BoundValue::AtLeast { .. } | BoundValue::Is(_) => false,
    };
    is_limit
        && !measure.character().lists
        && instance.window().per != Per::AsOf
        && instance.ends() > instance.facts.when.as_of
}

/// A shortfall that time can still mend is 未到期, and so is one that is being mended at this moment, and a limit that
/// only runs from the start.
fn softened(instance: &Instance<'_>, verdict: Verdict, measured: &Measured) -> Verdict {
    let (window, as_of) = (instance.window(), instance.facts.when.as_of);
    if window.start > as_of {
        // What has not begun holds nothing, whatever a row without a date may say.
        return Verdict::Pending;
    }
    let not_over = instance.ends() > as_of || instance.rule.rule.due.is_some_and(|due| due > as_of);
    let may_be_holiday = instance.facts.may_be_holiday(window);
    match verdict {
        Verdict::Met if measured.start_only => Verdict::Pending,
        Verdict::Met if measured.start_maybe || measured.nobody_maybe => Verdict::Review,
        Verdict::Met | Verdict::Review | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => verdict,
        Verdict::Unmet => match measured.goes_on.unwrap_or(Truth::False) {
            Truth::True => Verdict::Pending,
            Truth::Unknown => Verdict::Review,
            Truth::False if not_over => Verdict::Pending,
            Truth::False if may_be_holiday => Verdict::Review,
            Truth::False => Verdict::Unmet,
        },
    }
}
