//! Findings: each rule, subject and window with its verdict and what shows it.

use std::collections::BTreeSet;

use super::accumulate::Tally;
use super::doubts::Doubts;
use super::facts::Facts;
use super::instance::Instance;
use super::judging::{self, Judged, judged};
use super::plan::{Plan, RulePlan};
use super::subject;
use crate::model::{CellRef, Evidence, Finding, Subject, Verdict, Window};
use crate::pack::Check;
use crate::rules::fold::Cause;

/// How many cells a finding cites.
const CITED: usize = 100;

/// A finding, and if it is open, why.
type Judgement = (Finding, Vec<Cause>);

/// The findings of the rule at a place of a plan, by subject and window.
pub(crate) fn findings_of(place: usize, plan: &Plan<'_>, tally: &Tally, facts: &Facts<'_>) -> Vec<Judgement> {
    let rule = &plan.rules[place];
    let subjects = facts.subjects(rule.rule.each);
    if subjects == 0 {
        return rule.windows.iter().map(|window| nobody(rule, window, facts)).collect();
    }
    let each = (0..subjects).flat_map(|subject| (0..rule.windows.len()).map(move |window| (subject, window)));
    let instances = each.map(|(subject, window)| Instance { plan, tally, facts, rule, subject, window, wide: false });
    instances.filter_map(|instance| Some(judged(&instance)?.finding(&instance))).collect()
}

/// All findings in the order of the rules, and what leaves some of them open.
pub(crate) fn findings(by_rule: Vec<Vec<Judgement>>) -> (Vec<Finding>, Doubts) {
    let (mut findings, mut doubts) = (Vec::new(), Doubts::default());
    for (finding, causes) in by_rule.into_iter().flatten() {
        doubts.add(u32::try_from(findings.len()).unwrap_or(u32::MAX), &causes);
        findings.push(finding);
    }
    (findings, doubts)
}

impl Judged {
    /// The finding, and if it is open, why.
    fn finding(self, instance: &Instance<'_>) -> (Finding, Vec<Cause>) {
        let rule = instance.rule.rule;
        let window = &instance.rule.windows[instance.window];
        let amount = self.measured.amount.as_ref().zip(self.bound.as_ref());
        let gap = match self.verdict {
            Verdict::Unmet | Verdict::Pending => amount.and_then(|(amount, bound)| judging::gap(amount, bound)),
            Verdict::Met | Verdict::Review | Verdict::Waived | Verdict::NotApplicable => None,
        };
        let applies = self.verdict != Verdict::NotApplicable;
        let partial = subject::partial_service(instance, window).filter(|_| applies).unwrap_or_default();
        let blank = review(instance.rule, window, subject::of(instance.facts, rule.each, instance.subject));
        let finding = Finding {
            verdict: self.verdict,
            actual: blank.actual.map(|_| self.measured.amount),
            bound: self.bound,
            gap,
            reason: format!("{}{partial}", self.reason).into(),
            details: self.measured.missing.iter().map(|missing| missing.as_str().into()).collect(),
            evidence: evidence(&self, instance.facts),
            ..blank
        };
        (finding, self.causes)
    }
}

fn evidence(judged: &Judged, facts: &Facts<'_>) -> Evidence {
    let citations = &judged.measured.citations;
    let mut at: Vec<CellRef> = Vec::new();
    let mut cite = |cell: &CellRef| {
        if at.len() < CITED && !at.contains(cell) {
            at.push(*cell);
        }
    };
    judged.causes.iter().flat_map(|cause| &cause.cells).for_each(&mut cite);
    judged.cells.iter().for_each(&mut cite);
    citations.doubtful.iter().for_each(|(cell, _)| cite(cell));
    citations.sure.iter().for_each(&mut cite);
    let causing: BTreeSet<&CellRef> = judged.causes.iter().flat_map(|cause| &cause.cells).collect();
    let rows = citations.rows.max(u32::from(!judged.cells.is_empty() || !causing.is_empty()));
    let doubtful = causing.len().min(at.len());
    Evidence { rows, at, doubtful, sheets: facts.registry.sheets.prefixes() }
}

/// The finding of a rule without subjects, because their table is absent or has no rows.
fn nobody(rule: &RulePlan<'_>, window: &Window, facts: &Facts<'_>) -> (Finding, Vec<Cause>) {
    let table = facts.dictionary().table(rule.rule.each);
    let (id, name, institution, place) = (None, table.sheet.as_str().into(), "".into(), None);
    let subject = Subject { table: table.id.clone(), id, name, institution, place };
    let reason = format!("没有“{}”，或其中没有记录，不能判断", table.sheet).into();
    let open = facts.open_causes(rule.rule.each);
    let causes = if open.is_empty() { vec![Cause::no_rows(rule.rule.each, facts.dictionary())] } else { open };
    (Finding { reason, ..review(rule, window, subject) }, causes)
}

/// A finding about which nothing is known yet.
fn review(rule: &RulePlan<'_>, window: &Window, subject: Subject) -> Finding {
    let RulePlan { pack, rule, .. } = rule;
    let is_measured = match rule.check {
        Check::Measured { .. } => true,
        Check::Required { .. } => false,
    };
    Finding {
        pack: pack.id.clone(),
        rule: rule.id.clone(),
        clause: rule.clause.clone(),
        obligation: rule.obligation,
        subject,
        window: window.clone(),
        verdict: Verdict::Review,
        actual: is_measured.then_some(None),
        bound: None,
        gap: None,
        unit: rule.unit.clone(),
        reason: "".into(),
        details: Vec::new(),
        evidence: Evidence::default(),
    }
}
