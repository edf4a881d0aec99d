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
                let instance = Instance { plan, tally, facts, rule, subject, window };
                findings.extend(judged(&instance).map(|judged| judged.finding(&instance)));
            }
        }
    }
    findings
}

impl Judged {
    fn finding(self, instance: &Instance<'_>) -> Finding {
        let rule = instance.rule.rule;
        let window = instance.rule.windows[instance.window].clone();
        let measured = matches!(rule.check, Check::Measured { .. });
        let applies = self.verdict != Verdict::NotApplicable;
        let gap = match self.verdict {
            Verdict::Unmet | Verdict::Pending => self
                .measured
                .amount
                .as_ref()
                .zip(self.bound.as_ref())
                .and_then(|(amount, bound)| judge::gap(amount, bound)),
            Verdict::Met | Verdict::Review | Verdict::Waived | Verdict::NotApplicable => None,
        };
        let partial = subject::partial_service(instance, &window).filter(|_| applies).unwrap_or_default();
        Finding {
            pack: instance.rule.pack.id.clone(),
            rule: rule.id.clone(),
            clause: rule.clause.clone(),
            obligation: rule.obligation,
            subject: subject::of(instance.facts, rule.each, instance.subject),
            verdict: self.verdict,
            actual: measured.then_some(self.measured.amount),
            bound: self.bound,
            gap,
            unit: rule.unit.clone(),
            reason: format!("{}{partial}", self.reason).into(),
            details: self.measured.missing.iter().map(|missing| missing.as_str().into()).collect(),
            evidence: evidence(&self, instance.facts),
            window,
        }
    }
}

fn evidence(judged: &Judged, facts: &Facts<'_>) -> Evidence {
    let trace = &judged.measured.citations;
    let all = judged.cells.iter().chain(&trace.doubtful).chain(&trace.sure);
    let mut at: Vec<CellRef> = Vec::new();
    for cell in all {
        if at.len() < CITED && !at.contains(cell) {
            at.push(*cell);
        }
    }
    let rows = trace.rows.max(u32::from(!judged.cells.is_empty()));
    Evidence { rows, at, sheets: facts.registry.sheets.prefixes() }
}

/// The finding of a rule whose subjects' table is absent or has no rows.
fn nobody(rule: &RulePlan<'_>, window: &Window, facts: &Facts<'_>) -> Finding {
    let table = facts.dictionary().table(rule.rule.each);
    Finding {
        pack: rule.pack.id.clone(),
        rule: rule.rule.id.clone(),
        clause: rule.rule.clause.clone(),
        obligation: rule.rule.obligation,
        subject: Subject {
            table: table.id.clone(),
            id: None,
            name: table.sheet.as_str().into(),
            institution: "".into(),
            place: None,
        },
        window: window.clone(),
        verdict: Verdict::Review,
        actual: matches!(rule.rule.check, Check::Measured { .. }).then_some(None),
        bound: None,
        gap: None,
        unit: rule.rule.unit.clone(),
        reason: format!("没有“{}”，或其中没有记录，不能判断", table.sheet).into(),
        details: Vec::new(),
        evidence: Evidence::default(),
    }
}
