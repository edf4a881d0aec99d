//! What remarks beside a subject, or the sheet that it stands in, make of its verdict.

use super::judged::Judged;
use crate::dictionary::{HeldBy, normalise};
use crate::evaluate::instance::Instance;
use crate::model::{CellRef, Verdict};
use crate::rules::fold::{Cause, Doubt, Uncertain, Unrecorded};

/// What remarks beside the subject make of its verdict: after 示例 it may be no subject at all, and what somebody on 产假
/// lacks may be waived.
pub(super) fn remarked(instance: &Instance<'_>, judged: Judged) -> Judged {
    let (each, subject) = (instance.rule.rule.each, instance.subject);
    let (denied, away) = instance.facts.remarks(each, subject);
    let is_settled = is_denied(instance, &judged, denied);
    let is_asked = |cell: CellRef| judged.cells.contains(&cell);
    // What a rule itself goes by is judged by it: who is on an officer's post and does other work.
    let goes_by = |cell: CellRef| {
        let layout = instance.facts.registry.layouts.get(cell.row.sheet as usize).and_then(Option::as_ref);
        layout.and_then(|layout| layout.field(cell.column)).is_some_and(|field| instance.rule.rule.goes_by(field))
    };
    let review = |text: String, of: Uncertain, cell: CellRef, judged: Judged| {
        let reason = format!("{}；{text}", judged.reason);
        judged.open(reason, vec![Cause::new(of, text).at([cell])])
    };
    match (denied, away) {
        (Some(cell), _) if is_settled && !goes_by(cell) => {
            let (of, said) = denial(instance, cell);
            review(format!("{said}，不能确定是不是该核查的对象"), of, cell, judged)
        }
        // Who is not in post is not excused from being in post.
        (_, Some((cell, word))) if judged.verdict == Verdict::Unmet && is_asked(cell) => {
            Judged { reason: format!("{}（{}）", judged.reason, told_away(instance, cell, word)), ..judged }
        }
        (_, Some((cell, word))) if judged.verdict == Verdict::Unmet => review(
            format!("{}，请认定是否豁免", told_away(instance, cell, word)),
            Uncertain::Unrecorded(Unrecorded::Excuse),
            cell,
            judged,
        ),
        (Some(_) | None, Some(_) | None) => judged,
    }
}

/// What makes it doubtful that a subject is one: its sheet, or a cell beside it.
fn denial(instance: &Instance<'_>, cell: CellRef) -> (Uncertain, String) {
    let (each, facts) = (instance.rule.rule.each, instance.facts);
    if facts.registry.is_of_doubted(cell) {
        let said = "所在的表像是另一个单位的，或者另有修订过的一张".to_string();
        return (Uncertain::Rows(each, Doubt::OtherBook), said);
    }
    let said = facts
        .header_at(cell)
        .map_or_else(|| "备注、岗位一类的栏里写着可能不算的话，或者划了删除线".to_string(), Doubt::denied_under);
    (Uncertain::Rows(each, Doubt::Denied(cell.column)), said)
}

/// Whether a remark beside a subject speaks against its verdict. Of an institution, a column for the year or the first day of its
/// numbers speaks against nothing else, and against what is still lacking by them, too.
fn is_denied(instance: &Instance<'_>, judged: &Judged, denied: Option<CellRef>) -> bool {
    let facts = instance.facts;
    let by = |cell: CellRef| {
        let layout = facts.registry.layouts.get(cell.row.sheet as usize).and_then(Option::as_ref)?;
        facts.dictionary().remarks.parts.held_by(&normalise(layout.header(cell.column)))
    };
    let is_of_numbers = |by: HeldBy| matches!(by, HeldBy::Year | HeldBy::Begin);
    // Each of several rows is denied.
    let entity = facts.entity(instance.rule.rule.each, instance.subject);
    let is_own = |at: &CellRef| entity.is_some_and(|entity| entity.rows.contains(&at.row));
    let own = |cell: &CellRef| judged.measured.citations.sure.iter().any(|at| at.row == cell.row || is_own(at));
    match denied.filter(|_| instance.rule.rule.each == facts.institutions) {
        Some(cell) if by(cell).is_some_and(is_of_numbers) => {
            own(&cell) && matches!(judged.verdict, Verdict::Met | Verdict::Unmet | Verdict::Pending)
        }
        Some(_) | None => matches!(judged.verdict, Verdict::Met | Verdict::Unmet),
    }
}

/// Where it is said why somebody may be excused: beside their row of the roster, or in a list of those who are away.
fn told_away(instance: &Instance<'_>, cell: CellRef, word: &str) -> String {
    let is_read = instance.facts.registry.layouts.get(cell.row.sheet as usize).is_some_and(Option::is_some);
    match is_read {
        true if word.contains('：') => format!("花名册写有“{word}”"),
        true => format!("花名册的备注写有“{word}”"),
        false => format!("没有读取的“{word}”里有这个人"),
    }
}
