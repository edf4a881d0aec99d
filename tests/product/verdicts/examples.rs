//! The example workbooks against the verdicts that were worked out by hand from their rows.

use std::collections::BTreeSet;

use crate::office::examples::{DONGXING, Example, JIANGMEN, TRAINING_SCHOOL, URUMQI, YUEQING};
use jiaoyan::audit::{self, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::model::Finding;
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

/// Every expected verdict, worked out by hand, against what the audit finds.
fn check(example: &Example) {
    let expected: Expectations = toml::from_str(&example.read("expected.toml")).unwrap();
    let settings = example.settings(vec![example.path()]);
    let audit = audit::run(&settings, Dictionary::built_in(), &Silent).unwrap();
    let mut wrong = Vec::new();
    for expected in &expected.finding {
        let found: Vec<&Finding> = audit.assessment.findings.iter().filter(|f| expected.is_of(f)).collect();
        if found.is_empty() || !found.iter().all(|finding| expected.holds(finding)) {
            wrong.push(format!("{expected:?}\n  got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.finding.len(), wrong.join("\n"));
    let rules: BTreeSet<&str> = expected.finding.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules.len(), settings.packs[0].rules.len(), "every rule has verdicts worked out by hand");
}

#[test]
fn the_jiangmen_example_comes_out_as_worked_out_by_hand() {
    check(&JIANGMEN);
}

#[test]
fn the_dongxing_example_comes_out_as_worked_out_by_hand() {
    check(&DONGXING);
}

#[test]
fn the_training_school_example_comes_out_as_worked_out_by_hand() {
    check(&TRAINING_SCHOOL);
}

#[test]
fn the_yueqing_example_comes_out_as_worked_out_by_hand() {
    check(&YUEQING);
}

#[test]
fn the_urumqi_example_comes_out_as_worked_out_by_hand() {
    check(&URUMQI);
}
