//! The verdict of a rule on a subject in a window, with what it rests on.

use super::condition::Seen;
use super::facts::View;
use super::instance::Instance;
use super::judge;
use super::reason;

use crate::dictionary::FieldId;
use crate::model::{Amount, BoundValue, Cell, CellRef, Per, Truth, Value, Verdict};
use crate::pack::Check;
use crate::rules::fold::{Kind, Measured, Viewpoint};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Bound, Condition, Measure, bound};

/// What an instance comes to.
pub(super) struct Judged {
    pub verdict: Verdict,
    pub measured: Measured,
    pub bound: Option<BoundValue>,
    pub reason: String,
    pub cells: Vec<CellRef>,
}

impl Judged {
    fn without_amount(verdict: Verdict, reason: String, cells: Vec<CellRef>) -> Judged {
        Judged { verdict, measured: Measured::default(), bound: None, reason, cells }
    }
}

/// Judges an instance. `None` if the subject was not there in the window.
pub(super) fn judged(instance: &Instance<'_>) -> Option<Judged> {
    let view = View { during: Some(instance.window()), ..instance.view()? };
    let there = in_post(instance, view);
    if there == Truth::False {
        return None;
    }
    if let Some(reason) = instance.rule.pack.silent_on(instance.window()) {
        return Some(Judged::without_amount(Verdict::NotApplicable, reason, Vec::new()));
    }
    let applies = instance.rule.rule.when.as_ref().map_or(Truth::True, |when| instance.facts.holds(when, view));
    let judged = match applies.and(there) {
        Truth::False => Judged::without_amount(Verdict::NotApplicable, "不属于本条的对象".to_string(), Vec::new()),
        Truth::True | Truth::Unknown if instance.facts.is_nameless(instance.rule.rule.each, instance.subject) => {
            let table = instance.facts.dictionary().table(instance.rule.rule.each);
            let cells = table.subject_name().and_then(|name| instance.place(name)).into_iter().collect();
            let reason = "这一行没有姓名或名称，不知道说的是谁，不能判断；请补填，多余的行请删去".to_string();
            Judged { verdict: Verdict::Review, reason, cells, ..check(instance, view) }
        }
        Truth::True => check(instance, view),
        Truth::Unknown => {
            let (reason, cells) = unknown_applies(instance, view, applies);
            Judged { verdict: Verdict::Review, reason, cells, ..check(instance, view) }
        }
    };
    Some(remarked(instance, judged))
}

/// What remarks beside the subject make of its verdict: after 示例 it may be no subject at all, and what somebody on 产假
/// lacks may be waived.
fn remarked(instance: &Instance<'_>, judged: Judged) -> Judged {
    let (each, subject) = (instance.rule.rule.each, instance.subject);
    let (denied, away) = instance.facts.remarks(each, subject);
    let is_settled = matches!(judged.verdict, Verdict::Met | Verdict::Unmet);
    let review = |text: String, cell: CellRef, judged: Judged| Judged {
        verdict: Verdict::Review,
        reason: format!("{}；{text}", judged.reason),
        cells: [vec![cell], judged.cells].concat(),
        ..judged
    };
    match (denied, away) {
        (Some(cell), _) if is_settled => {
            review("备注一类的栏里写着可能不算的话，不能确定是不是该核查的对象".to_string(), cell, judged)
        }
        (_, Some((cell, word))) if judged.verdict == Verdict::Unmet => {
            review(format!("花名册的备注写有“{word}”，请认定是否豁免"), cell, judged)
        }
        (Some(_) | None, Some(_) | None) => judged,
    }
}

/// Why it is not known whether a rule applies, and where to look.
fn unknown_applies(instance: &Instance<'_>, view: View<'_>, applies: Truth) -> (String, Vec<CellRef>) {
    match &instance.rule.rule.when {
        Some(when) if applies == Truth::Unknown => {
            let (text, cells) = doubtful(instance, when, view);
            (format!("{text}，不能确定是否属于本条的对象"), cells)
        }
        Some(_) | None => {
            let table = instance.facts.dictionary().table(instance.rule.rule.each);
            let fields = [table.roles.start, table.roles.end].into_iter().flatten();
            let unreadable = fields.filter(|field| *view.cell(*field) == Cell::Unreadable);
            (
                "起止日期不能确定，不知道周期内是否在岗、是否有效".to_string(),
                unreadable.filter_map(|f| instance.place(f)).collect(),
            )
        }
    }
}

/// The fields that leave a condition on the subject unknown, in words and by cell.
fn doubtful(instance: &Instance<'_>, condition: &Condition, view: View<'_>) -> (String, Vec<CellRef>) {
    let table = instance.facts.dictionary().table(instance.rule.rule.each);
    let mut fields: Vec<FieldId> = Vec::new();
    for path in condition.doubts(&seen(instance, view)) {
        let field = path.first_field(instance.facts.dictionary(), instance.rule.rule.each);
        fields.extend(field.filter(|field| !fields.contains(field)));
    }
    let states = fields.iter().map(|field| {
        let header = &table.field(*field).header;
        match view.cell(*field) {
            Cell::Blank => format!("“{header}”没有填"),
            Cell::Absent => format!("没有“{header}”这一列"),
            Cell::Is(Value::Date(span)) if span.is_month() => format!("“{header}”只写到月，不知道是哪一天"),
            Cell::Is(Value::Date(span)) if span.exact().is_none() => format!("“{header}”不能确定是哪一天"),
            Cell::Is(Value::Date(span)) => format!("“{header}”为“{}”，只在“左右”的范围以内", span.text()),
            Cell::Unreadable | Cell::Is(_) => format!("“{header}”不能确定"),
        }
    });
    let text = states.collect::<Vec<_>>().join("，");
    let text = if text.is_empty() { "相关记录不全".to_string() } else { text };
    (text, fields.into_iter().filter_map(|field| instance.place(field)).collect())
}

/// Whether a person was in post, or what is judged and lasts was there, on any day of the window.
fn in_post(instance: &Instance<'_>, view: View<'_>) -> Truth {
    let timing = timing::of(instance.facts.dictionary().table(instance.rule.rule.each));
    if let Timing::Event { .. } | Timing::Timeless = timing {
        return Truth::True;
    }
    // The whole window, not only its part until the as-of day: someone may take up the post later in it.
    timing.within(view.cells, instance.window(), instance.window().end)
}

fn check(instance: &Instance<'_>, view: View<'_>) -> Judged {
    match &instance.rule.rule.check {
        Check::Required { require, or_require, relax } => {
            let first = required(instance, view, require, relax.as_ref());
            match or_require {
                None => first,
                Some(second) => either(first, required(instance, view, second, relax.as_ref())),
            }
        }
        Check::Measured { measure, or_measure, bound } => {
            let mut place = instance.rule.first_rows;
            let first = measured(instance, view, measure, bound, &mut place);
            match or_measure {
                None => first,
                Some(second) => either(first, measured(instance, view, second, bound, &mut place)),
            }
        }
    }
}

/// Two readings of one text: where they differ, a person decides.
fn either(first: Judged, second: Judged) -> Judged {
    // A reading that concerns nobody says nothing.
    if first.verdict == second.verdict || second.verdict == Verdict::NotApplicable {
        return first;
    }
    if first.verdict == Verdict::NotApplicable {
        return second;
    }
    // Time may still mend what is short by one of them.
    if (first.verdict, second.verdict) == (Verdict::Met, Verdict::Pending) {
        return second;
    }
    if (first.verdict, second.verdict) == (Verdict::Pending, Verdict::Met) {
        return first;
    }
    let reason = format!("原文有两种读法，结论不同：一种{}；另一种{}", first.reason, second.reason);
    Judged { verdict: Verdict::Review, reason, ..first }
}

fn required(instance: &Instance<'_>, view: View<'_>, require: &Condition, relax: Option<&Condition>) -> Judged {
    let holds = instance.facts.holds(require, view);
    let relaxed = relax.map_or(Truth::False, |relax| instance.facts.holds(relax, view));
    let (text, doubtful_cells) = doubtful(instance, require, view);
    let cells = if holds == Truth::Unknown { doubtful_cells } else { subject_cells(instance, require, view) };
    match (holds, relaxed) {
        (Truth::True, _) => Judged::without_amount(Verdict::Met, "符合要求".to_string(), cells),
        (Truth::Unknown, _) => Judged::without_amount(Verdict::Review, format!("{text}，不能判断"), cells),
        (Truth::False, Truth::False) => {
            Judged::without_amount(Verdict::Unmet, failure(require.failing(&seen(instance, view))), cells)
        }
        (Truth::False, Truth::True | Truth::Unknown) => {
            let ground = relax.map(|relax| relax.grounds(&seen(instance, view)).join("、")).unwrap_or_default();
            let reason = format!("不符合基本条件，但可能适用放宽条件（{ground}），由单位认定");
            Judged::without_amount(Verdict::Review, reason, cells)
        }
    }
}

fn failure(failing: Vec<String>) -> String {
    if failing.is_empty() { "不符合要求".to_string() } else { failing.join("，") }
}

/// The cells of a subject that a condition speaks of.
fn subject_cells(instance: &Instance<'_>, condition: &Condition, view: View<'_>) -> Vec<CellRef> {
    let fields = condition.first_fields(&seen(instance, view));
    let mut cells: Vec<CellRef> = fields.into_iter().filter_map(|field| instance.place(field)).collect();
    cells.sort();
    cells.dedup();
    cells
}

fn seen<'f>(instance: &Instance<'f>, row: View<'f>) -> Seen<'f> {
    Seen { facts: instance.facts, row }
}

/// What a measure says. Rows that were not seen are left out of account where they could change nothing.
fn measured(instance: &Instance<'_>, view: View<'_>, measure: &Measure, bound: &Bound, place: &mut usize) -> Judged {
    let first = *place;
    let seen = measured_of(instance, view, measure, bound, place);
    if seen.measured.unseen.is_empty() {
        return seen;
    }
    let wide = measured_of(&Instance { wide: true, ..*instance }, view, measure, bound, &mut { first });
    // What is not over claims nothing yet, whether it is met already or not.
    let is_decided = match seen.verdict {
        Verdict::Met | Verdict::Unmet => seen.verdict == wide.verdict,
        Verdict::Pending => true,
        Verdict::Review | Verdict::Waived | Verdict::NotApplicable => false,
    };
    if is_decided { seen } else { wide }
}

fn measured_of(instance: &Instance<'_>, view: View<'_>, measure: &Measure, bound: &Bound, place: &mut usize) -> Judged {
    let measured = judge::in_unit(instance.measured(measure, place), &instance.rule.rule.unit);
    let bound = judge::bound_for(bound, view);
    let asked = bound::asked(&bound, &instance.rule.rule.unit);
    let Some(amount) = measured.amount else {
        let (verdict, reason) = if measured.nobody {
            (Verdict::NotApplicable, "没有可以计算的对象".to_string())
        } else {
            let lacks: Vec<&str> = measured.lacks.iter().chain(&measured.unseen).map(String::as_str).collect();
            (Verdict::Review, format!("{asked}；{}，不能判断", lacks.join("，")))
        };
        return Judged { verdict, measured, bound: Some(bound), reason, cells: Vec::new() };
    };
    let plain_verdict = judge::verdict(&amount, &bound);
    let verdict = if plain_verdict == Verdict::Unmet && is_past_mending(measure, &amount, &bound, instance) {
        Verdict::Unmet
    } else {
        softened(instance, plain_verdict, &measured)
    };
    let reason = reason::sentence(instance, verdict, &measured, &bound);
    Judged { verdict, measured, bound: Some(bound), reason, cells: Vec::new() }
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
        Verdict::Met if measured.start_maybe => Verdict::Review,
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
