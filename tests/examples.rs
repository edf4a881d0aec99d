//! The example workbooks against the verdicts that were worked out by hand from their rows.

use std::path::PathBuf;

use jiaoyan::audit::{self, Settings, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::model::{Finding, Period};
use jiaoyan::pack;
use rust_decimal::Decimal;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectations {
    finding: Vec<Expected>,
}

/// One verdict; `low` without `high` is an open upper end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    subject: String,
    institution: String,
    window: String,
    verdict: String,
    low: Option<f64>,
    high: Option<f64>,
    /// The working, for the reader.
    #[allow(dead_code)]
    why: String,
}

impl Expected {
    fn is_of(&self, finding: &Finding) -> bool {
        finding.rule == self.rule
            && finding.subject.name == self.subject
            && finding.subject.institution == self.institution
            && finding.window.label == self.window
    }

    fn holds(&self, finding: &Finding) -> bool {
        let number = |text: f64| text.to_string().parse::<Decimal>().unwrap();
        let amount = finding.actual.flatten();
        let amounts = self.low.is_none_or(|low| {
            amount.is_some_and(|amount| amount.low == number(low) && amount.high == self.high.map(number))
        });
        finding.verdict.id() == self.verdict && amounts
    }
}

#[test]
fn the_jiangmen_example_comes_out_as_worked_out_by_hand() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/jiangmen-2023");
    let expected: Expectations =
        toml::from_str(&std::fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap();
    let settings = Settings {
        inputs: vec![folder],
        packs: vec![pack::built_in("jiangmen-2022", Dictionary::built_in()).unwrap()],
        period: Some(Period::Calendar(2023)),
        as_of: None,
        level: None,
        institution: None,
        calendar: Default::default(),
        today: jiff::civil::date(2024, 3, 1),
    };
    let audit = audit::run(&settings, &Silent).unwrap();
    let mut wrong = Vec::new();
    for expected in &expected.finding {
        let found: Vec<&Finding> = audit.assessment.findings.iter().filter(|f| expected.is_of(f)).collect();
        if found.is_empty() || !found.iter().all(|finding| expected.holds(finding)) {
            wrong.push(format!("{expected:?}\n  got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.finding.len(), wrong.join("\n"));
    let rules: std::collections::BTreeSet<&str> = expected.finding.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules.len(), settings.packs[0].rules.len(), "every rule has verdicts worked out by hand");
}
