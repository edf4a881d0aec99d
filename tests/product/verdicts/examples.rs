//! The example workbooks against the verdicts that were worked out by hand from their rows.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiaoyan::audit::{self, Settings, Silent};
use jiaoyan::dictionary::{Dictionary, calendar};
use jiaoyan::model::{Finding, Period};
use jiaoyan::pack;
use jiff::civil::{Date, date};
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

/// An example folder, and how it is checked.
struct Example {
    folder: &'static str,
    pack: &'static str,
    period: Period,
    as_of: Option<Date>,
    calendar: Option<&'static str>,
}

impl Example {
    /// Every expected verdict, worked out by hand, against what the audit finds.
    fn check(&self) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples").join(self.folder);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let expected: Expectations = toml::from_str(&read("expected.toml")).unwrap();
        let calendar = self.calendar.map(|name| calendar::parse(name, &read(name)).unwrap()).unwrap_or_default();
        let settings = Settings {
            packs: vec![pack::built_in(self.pack, Dictionary::built_in()).unwrap()],
            period: Some(self.period),
            as_of: self.as_of,
            level: None,
            institution: None,
            columns: Default::default(),
            calendar,
            whole_copies: false,
            confirmed: Default::default(),
            threads: 2,
            encoding: None,
            today: date(2024, 12, 31),
            inputs: vec![folder],
        };
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
}

#[test]
fn the_jiangmen_example_comes_out_as_worked_out_by_hand() {
    let period = Period::Calendar(2023);
    Example { folder: "jiangmen-2023", pack: "jiangmen-2022", period, as_of: None, calendar: None }.check();
}

#[test]
fn the_dongxing_example_comes_out_as_worked_out_by_hand() {
    let (period, as_of) = (Period::School(2023), Some(date(2024, 6, 30)));
    Example { folder: "dongxing-2023", pack: "dongxing-2020", period, as_of, calendar: None }.check();
}

#[test]
fn the_training_school_example_comes_out_as_worked_out_by_hand() {
    let (period, as_of) = (Period::School(2023), Some(date(2024, 8, 31)));
    Example { folder: "training-school-2023", pack: "training-school", period, as_of, calendar: None }.check();
}

#[test]
fn the_yueqing_example_comes_out_as_worked_out_by_hand() {
    let (period, as_of) = (Period::School(2023), Some(date(2024, 5, 31)));
    let calendar = Some("calendar.toml");
    Example { folder: "yueqing-2023", pack: "yueqing-2020", period, as_of, calendar }.check();
}

#[test]
fn the_urumqi_example_comes_out_as_worked_out_by_hand() {
    let period = Period::Calendar(2023);
    Example { folder: "urumqi-2023", pack: "urumqi-2024", period, as_of: None, calendar: None }.check();
}
