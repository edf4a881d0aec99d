//! What an audit came to, counted by rule, for the report over many offices.

use std::collections::HashMap;

use crate::model::{Counts, Finding, RuleCounts, Sheet, Summary};
use crate::report::source::Report;

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
    let sum = |of: fn(&Sheet) -> u32| {
        // Bystanders are no records of the office.
        let read = assessment.sheets().map(|(_, sheet)| sheet).filter(|sheet| sheet.table.is_some());
        read.map(|sheet| u64::from(of(sheet))).sum()
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::IssueKind;
    use crate::report::tests::fixture;

    #[test]
    fn an_office_is_counted_by_rule_with_its_rows_its_gaps_and_all_its_defects() {
        let (mut audit, packs) = (fixture::audit(), fixture::packs());
        // More than are listed.
        audit.issue_counts = [((0, IssueKind::UnreadableDate), 1_200), ((1, IssueKind::UnknownPerson), 3)].into();
        let summary =
            summary(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] });
        let expected = Summary {
            inputs: Vec::new(),
            written: None,
            people: 3,
            rows: 812,
            partly: 1,
            unused: 1,
            gaps: 3,
            notes: 1,
            issues: 1_203,
            rules: summary.rules.clone(),
        };
        assert_eq!(summary, expected);
        let ids: Vec<(&str, &str)> = summary.rules.iter().map(|own| (own.pack.as_str(), own.rule.as_str())).collect();
        let all: Vec<(&str, &str)> = packs[0].rules.iter().map(|rule| ("jiangmen-2022", rule.id.as_str())).collect();
        assert_eq!(ids, all);
        let counted: Vec<(&str, Counts)> = summary
            .rules
            .iter()
            .filter(|own| own.counts != Counts::default())
            .map(|own| (own.rule.as_str(), own.counts))
            .collect();
        let none = Counts::default();
        assert_eq!(
            counted,
            [
                ("subject-coverage", Counts { unmet: 1, ..none }),
                ("entry", Counts { not_applicable: 1, ..none }),
                ("visit-days", Counts { met: 1, unmet: 2, ..none }),
                ("lessons-observed", Counts { review: 1, ..none }),
                ("research-bases", Counts { unmet: 1, ..none }),
            ]
        );
        assert_eq!(summary.counts(), Counts { met: 1, unmet: 4, review: 1, not_applicable: 1, ..none });
    }
}
