//! What an audit came to, counted by rule, for the report over many offices.

use std::collections::HashMap;

use super::Report;
use crate::model::{Counts, Finding, RuleCounts, Summary};

/// The counts of an audit: every rule of every pack in their order, also those that concerned nobody. Its files,
/// `inputs` and `written`, are left to the caller.
pub fn summary(report: &Report) -> Summary {
    let assessment = &report.audit.assessment;
    let mut counts: HashMap<(&str, &str), Counts> = HashMap::new();
    for finding in &assessment.findings {
        let own = counts.entry((finding.pack.as_str(), finding.rule.as_str())).or_default();
        *own = own.with(finding.verdict);
    }
    let all = report.packs.iter().flat_map(|pack| pack.rules.iter().map(|rule| (pack.id.as_str(), rule.id.as_str())));
    let rules = all.map(|(pack, rule)| RuleCounts {
        pack: pack.to_string(),
        rule: rule.to_string(),
        counts: counts.get(&(pack, rule)).copied().unwrap_or_default(),
    });
    let count = |wanted: fn(&Finding) -> bool| assessment.findings.iter().filter(|one| wanted(one)).count() as u64;
    let sum = |of: fn(&crate::model::Sheet) -> u32| assessment.sheets().map(|(_, sheet)| u64::from(of(sheet))).sum();
    Summary {
        people: report.audit.people,
        rows: sum(|sheet| sheet.rows),
        partly: sum(|sheet| sheet.partly),
        unused: sum(|sheet| sheet.unused),
        gaps: count(Finding::is_gap),
        notes: count(Finding::is_note),
        issues: report.audit.issue_counts.values().map(|count| u64::from(*count)).sum(),
        rules: rules.collect(),
        ..Summary::default()
    }
}
