//! People of whom a sheet says that they came to something else than their rows in it add up to: 年度合计.

use super::judged::Judged;
use crate::evaluate::coverage::OtherTotal;
use crate::evaluate::instance::Instance;
use crate::model::Verdict;
use crate::rules::fold::{Adds, Cause, Kind, Uncertain, Viewpoint};

/// Leaves a verdict open that rests on rows which a total speaks against.
pub(super) fn totalled(instance: &Instance<'_>, judged: Judged) -> Judged {
    let (facts, rule, window) = (instance.facts, instance.rule.rule, instance.window());
    let folds = || rule.measures().flat_map(|measure| measure.folds());
    let is_asked = |total: &&OtherTotal| {
        let adds = folds().any(|folds| folds.rows.table == total.table && folds.adds == Adds::Field(total.field));
        let is_within = (window.start.year()..=window.end.year()).contains(&total.year);
        // More than enough is enough.
        let may_turn = judged.verdict == Verdict::Unmet || judged.verdict == Verdict::Met && !total.is_more;
        total.person as usize == instance.subject && adds && is_within && may_turn
    };
    if rule.each != facts.staff {
        return judged;
    }
    let Some(total) = facts.totals.iter().find(is_asked) else { return judged };
    let reason = format!("{}；{}，不能判断", judged.reason, total.words);
    let cause = Cause::new(Uncertain::Total(total.table), total.words.clone()).at([total.at]);
    judged.open(reason, vec![cause])
}
