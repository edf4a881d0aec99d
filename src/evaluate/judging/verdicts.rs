//! The verdict of a rule on a subject in a window, with what it rests on.

use super::amounts::measured;
use super::judged::Judged;
use super::remarked::remarked;
use super::taught::taught;
use super::totalled::{corrected, totalled};
use crate::dictionary::TableId;
use crate::evaluate::causes::AskedRow;
use crate::evaluate::condition::Seen;
use crate::evaluate::facts::View;
use crate::evaluate::instance::Instance;
use crate::intake::{Entity, Record, SchoolLink};
use crate::model::{Cell, CellRef, Truth, Value, Verdict};
use crate::pack::Check;
use crate::rules::fold::{Cause, Doubt, Kind, Uncertain, Unrecorded, Viewpoint};
use crate::rules::window::{self as timing, Timing};
use crate::rules::{Condition, Link};

/// Judges an instance. `None` if the subject was not there in the window.
pub(in crate::evaluate) fn judged(instance: &Instance<'_>) -> Option<Judged> {
    let view = View { during: Some(instance.window()), ..instance.view()? };
    let there = in_post(instance, view);
    if there == Truth::False {
        let rows = instance.own_rows();
        return (!rows.is_empty()).then(|| contradicted(rows));
    }
    if let Some(reason) = instance.rule.pack.silent_on(instance.window()) {
        return Some(Judged::without_amount(Verdict::NotApplicable, reason, Vec::new()));
    }
    let applies = instance.rule.rule.when.as_ref().map_or(Truth::True, |when| instance.facts.holds(when, view));
    let judged = match applies.and(there) {
        Truth::False => Judged::without_amount(Verdict::NotApplicable, "不属于本条的对象".to_string(), Vec::new()),
        Truth::True | Truth::Unknown if instance.facts.is_nameless(instance.rule.rule.each, instance.subject) => {
            let table = instance.facts.dictionary().table(instance.rule.rule.each);
            let at = table.subject_name().and_then(|name| instance.place(name));
            let reason = "这一行没有姓名或名称，不知道说的是谁，不能判断；请补填，多余的行请删去".to_string();
            let of = Uncertain::Rows(instance.rule.rule.each, Doubt::Nameless);
            check(instance, view).open(reason, vec![Cause::new(of, "没有姓名或名称").at(at)])
        }
        Truth::True => unlisted(instance, check(instance, view)),
        Truth::Unknown => {
            let (reason, causes) = unknown_applies(instance, view, applies);
            check(instance, view).open(reason, causes)
        }
    };
    let judged = taught(instance, view, remarked(instance, judged));
    Some(unpeopled(instance, then(instance, corrected(instance, totalled(instance, judged)))))
}

/// An institution of which the roster names nobody may have books of its own that were not handed in.
fn unpeopled(instance: &Instance<'_>, judged: Judged) -> Judged {
    let facts = instance.facts;
    let place = u32::try_from(instance.subject).ok();
    let is_of =
        |person: &Entity| person.institution == place || person.institutions.iter().any(|at| Some(*at) == place);
    let is_asked = instance.rule.rule.each == facts.institutions && judged.verdict == Verdict::Unmet;
    if !is_asked || facts.registry.staff.is_empty() || facts.registry.staff.iter().any(is_of) {
        return judged;
    }
    let name = facts.registry.institutions.get(instance.subject).map_or("", |institution| &*institution.name);
    let text = format!("花名册里没有“{name}”的人，交来的表可能不含这个单位");
    let reason = format!("{}；{text}", judged.reason);
    judged.open(reason, vec![Cause::new(Uncertain::Unrecorded(Unrecorded::People), text)])
}

/// Who or what stands only in lists that are named for another time may not be there in this one. Institutions are.
fn then(instance: &Instance<'_>, judged: Judged) -> Judged {
    let (facts, each) = (instance.facts, instance.rule.rule.each);
    let is_asked = each != facts.institutions && matches!(judged.verdict, Verdict::Met | Verdict::Unmet);
    let Some(row) = facts.of_another_time(each, instance.subject).filter(|_| is_asked) else { return judged };
    let text = Doubt::OldList.words(each, facts.dictionary());
    let reason = format!("{}；{text}，不能确定现在还是不是", judged.reason);
    let at = facts.dictionary().table(each).subject_name().and_then(|name| instance.place(name));
    judged.open(reason, vec![Cause::new(Uncertain::Rows(each, Doubt::OldList), text).at([at.unwrap_or(row.cell(0))])])
}

/// A school of which a list of others has no rows may not have handed in its own.
fn unlisted(instance: &Instance<'_>, judged: Judged) -> Judged {
    let (facts, rule) = (instance.facts, instance.rule.rule);
    let folds = rule.measures().flat_map(|measure| measure.folds());
    let of_school = folds.filter(|folds| folds.rows.link == Link::School && folds.rows.table != rule.each);
    let own = u32::try_from(instance.subject).map_or(SchoolLink::Unknown, SchoolLink::Known);
    let lists = of_school.map(|folds| folds.rows.table).find(|table| {
        let is_there = |record: &Record| record.school == own;
        facts.has_rows(*table) && !facts.held(*table).is_empty() && !facts.held(*table).iter().any(is_there)
    });
    let Some(table) = lists.filter(|_| judged.verdict == Verdict::NotApplicable) else { return judged };
    let sheet = &facts.dictionary().table(table).sheet;
    let text = format!("“{sheet}”里没有这所学校的行，可能没有交来，不能判断");
    let name = facts.dictionary().table(rule.each).subject_name();
    let at = name.and_then(|name| instance.place(name));
    let cause = Cause::new(Uncertain::Unrecorded(Unrecorded::Rows(table)), text.clone()).at(at);
    Judged::without_amount(Verdict::Review, String::new(), Vec::new()).open(text, vec![cause])
}

/// Of somebody who was not in post by the roster, and whose rows the ledger has all the same.
fn contradicted(rows: Vec<(TableId, Vec<CellRef>)>) -> Judged {
    let text = "按花名册的起止日期，这段时间不在岗，台账里却有这个人的记录，不能判断".to_string();
    let cause = |(table, cells)| Cause::new(Uncertain::Rows(table, Doubt::OutOfPost), text.clone()).at(cells);
    let causes = rows.into_iter().map(cause).collect();
    Judged::without_amount(Verdict::Review, String::new(), Vec::new()).open(text.clone(), causes)
}

/// Why it is not known whether a rule applies, and where to look.
fn unknown_applies(instance: &Instance<'_>, view: View<'_>, applies: Truth) -> (String, Vec<Cause>) {
    match &instance.rule.rule.when {
        Some(when) if applies == Truth::Unknown => {
            let (text, causes) = doubtful(instance, when, view);
            (format!("{text}，不能确定是否属于本条的对象"), causes)
        }
        Some(_) | None => {
            let table = instance.facts.dictionary().table(instance.rule.rule.each);
            let text = "起止日期不能确定，不知道周期内是否在岗、是否有效".to_string();
            let fields = [table.roles.start, table.roles.end].into_iter().flatten();
            let vague = fields.filter(|field| match view.cell(*field) {
                Cell::Is(Value::Date(span)) => span.exact().is_none(),
                Cell::Absent | Cell::Unreadable => true,
                Cell::Is(_) | Cell::Blank => false,
            });
            let each = instance.rule.rule.each;
            let cause = |field| Cause::of_field(each, field, text.clone()).at(instance.place(field));
            let causes = vague.map(cause).collect();
            (text, causes)
        }
    }
}

/// Why a condition on the subject is unknown, in words and by cause.
fn doubtful(instance: &Instance<'_>, condition: &Condition, view: View<'_>) -> (String, Vec<Cause>) {
    let asked = AskedRow { seen: seen(instance, view), rule: instance.rule.place, place: instance.subject };
    let causes = asked.causes(condition);
    let words: Vec<&str> = causes.iter().map(|cause| cause.words.as_str()).collect();
    (if words.is_empty() { "相关记录不全".to_string() } else { words.join("，") }, causes)
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
                Some(second) => either(instance, first, required(instance, view, second, relax.as_ref())),
            }
        }
        Check::Measured { measure, or_measure, bound } => {
            let mut place = instance.rule.first_rows;
            let first = measured(instance, view, measure, bound, &mut place);
            match or_measure {
                None => first,
                Some(second) => either(instance, first, measured(instance, view, second, bound, &mut place)),
            }
        }
    }
}

/// Two readings of one text: where they differ, a person decides.
fn either(instance: &Instance<'_>, first: Judged, second: Judged) -> Judged {
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
    let own = Cause::new(Uncertain::Unrecorded(Unrecorded::Reading(instance.rule.place)), "原文有两种读法");
    let of_second = if second.verdict == Verdict::Review { second.causes } else { Vec::new() };
    first.open(reason, std::iter::once(own).chain(of_second).collect())
}

fn required(instance: &Instance<'_>, view: View<'_>, require: &Condition, relax: Option<&Condition>) -> Judged {
    let holds = instance.facts.holds(require, view);
    let relaxed = relax.map_or(Truth::False, |relax| instance.facts.holds(relax, view));
    let judged = |verdict, reason| Judged::without_amount(verdict, reason, subject_cells(instance, require, view));
    match (holds, relaxed) {
        (Truth::True, _) => judged(Verdict::Met, "符合要求".to_string()),
        (Truth::Unknown, _) => {
            let (text, causes) = doubtful(instance, require, view);
            judged(Verdict::Review, String::new()).open(format!("{text}，不能判断"), causes)
        }
        (Truth::False, Truth::False) => judged(Verdict::Unmet, failure(require.failing(&seen(instance, view)))),
        (Truth::False, Truth::True | Truth::Unknown) => {
            let ground = relax.map(|relax| relax.grounds(&seen(instance, view)).join("、")).unwrap_or_default();
            let ground = if ground.is_empty() { ground } else { format!("（{ground}）") };
            let words = format!("属于可以由单位认定的情形{ground}");
            let reason = format!("不符合基本条件，但{words}");
            let of = Uncertain::Unrecorded(Unrecorded::Relaxed(instance.rule.place));
            let exception = Cause::new(of, words);
            let cells = subject_cells(instance, require, view);
            judged(Verdict::Review, String::new()).open(reason, vec![exception.at(cells)])
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
