//! Findings: each rule, subject and window with its verdict and what shows it.

use super::accumulate::Tally;
use super::facts::Facts;
use super::instance::Instance;
use super::judge;
use super::plan::{Plan, RulePlan};
use super::subject;
use super::verdicts::{Judged, judged};
use crate::model::{CellRef, Evidence, Finding, Subject, Verdict, Window};
use crate::pack::Check;

/// How many cells a finding cites.
const CITED: usize = 100;

/// All findings of a plan, by rule, subject and window.
pub fn findings(plan: &Plan<'_>, tally: &Tally, facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in &plan.rules {
        let subjects = facts.subjects(rule.rule.each);
        if subjects == 0 {
            findings.extend(rule.windows.iter().map(|window| nobody(rule, window, facts)));
        }
        for subject in 0..subjects {
            for window in 0..rule.windows.len() {
                let instance = Instance { plan, tally, facts, rule, subject, window, wide: false };
                findings.extend(judged(&instance).map(|judged| judged.finding(&instance)));
            }
        }
    }
    findings
}

impl Judged {
    fn finding(self, instance: &Instance<'_>) -> Finding {
        let rule = instance.rule.rule;
        let window = &instance.rule.windows[instance.window];
        let amount = self.measured.amount.as_ref().zip(self.bound.as_ref());
        let gap = match self.verdict {
            Verdict::Unmet | Verdict::Pending => amount.and_then(|(amount, bound)| judge::gap(amount, bound)),
            Verdict::Met | Verdict::Review | Verdict::Waived | Verdict::NotApplicable => None,
        };
        let applies = self.verdict != Verdict::NotApplicable;
        let partial = subject::partial_service(instance, window).filter(|_| applies).unwrap_or_default();
        let blank = review(instance.rule, window, subject::of(instance.facts, rule.each, instance.subject));
        Finding {
            verdict: self.verdict,
            actual: blank.actual.map(|_| self.measured.amount),
            bound: self.bound,
            gap,
            reason: format!("{}{partial}", self.reason).into(),
            details: self.measured.missing.iter().map(|missing| missing.as_str().into()).collect(),
            evidence: evidence(&self, instance.facts),
            ..blank
        }
    }
}

fn evidence(judged: &Judged, facts: &Facts<'_>) -> Evidence {
    let citations = &judged.measured.citations;
    let all = judged.cells.iter().chain(&citations.doubtful).chain(&citations.sure);
    let mut at: Vec<CellRef> = Vec::new();
    for cell in all {
        if at.len() < CITED && !at.contains(cell) {
            at.push(*cell);
        }
    }
    let rows = citations.rows.max(u32::from(!judged.cells.is_empty()));
    Evidence { rows, at, sheets: facts.registry.sheets.prefixes() }
}

/// The finding of a rule without subjects, because their table is absent or has no rows.
fn nobody(rule: &RulePlan<'_>, window: &Window, facts: &Facts<'_>) -> Finding {
    let table = facts.dictionary().table(rule.rule.each);
    let (id, name, institution, place) = (None, table.sheet.as_str().into(), "".into(), None);
    let subject = Subject { table: table.id.clone(), id, name, institution, place };
    let reason = format!("没有“{}”，或其中没有记录，不能判断", table.sheet).into();
    Finding { reason, ..review(rule, window, subject) }
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
