//! The findings as JSON lines, for other engines: each line has the same keys with values of the same kinds, so that
//! the lines of many offices are read as one table.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::json::mask_finding;
use super::{Place, Report, ReportError};
use crate::model::{Amount, BoundEnds, BoundValue, Evidence, Finding, Subject, Window, mask};

/// A finding as the contract names it, and whose it is.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Line<'a> {
    area: &'a str,
    office: &'a str,
    period: &'a str,
    as_of: Date,
    pack: &'a str,
    rule: &'a str,
    clause: &'a str,
    obligation: &'static str,
    subject: Who<'a>,
    window: &'a Window,
    verdict: &'static str,
    actual: Ends,
    bound: Bound,
    gap: Option<f64>,
    unit: &'a str,
    reason: &'a str,
    details: &'a [String],
    evidence: &'a Evidence,
}

#[derive(Serialize)]
struct Who<'a> {
    table: &'a str,
    id: Option<&'a str>,
    name: &'a str,
    institution: &'a str,
}

/// Both are null where there is no amount, the upper one also where it is open.
#[derive(Default, Serialize)]
struct Ends {
    low: Option<f64>,
    high: Option<f64>,
}

/// A bound by its kind: `at-least`, `at-most`, `equals`, `about`, or `is` with its `flag`; all null where there is none.
#[derive(Default, Serialize)]
struct Bound {
    kind: Option<&'static str>,
    #[serde(flatten)]
    ends: Ends,
    tolerance: Option<f64>,
    aim: Option<f64>,
    flag: Option<bool>,
}

/// The findings of an audit of an office, a JSON object a line. Personal numbers are masked.
///
/// # Errors
/// The lines cannot be put together.
pub fn jsonl(report: &Report, place: Place) -> Result<String, ReportError> {
    let assessment = &report.audit.assessment;
    let (area, office) = (mask(place.area), mask(place.office));
    let mut lines = Vec::new();
    for finding in &assessment.findings {
        let mut finding = finding.clone();
        mask_finding(&mut finding);
        let whose = Place { area: &area, office: &office };
        serde_json::to_writer(&mut lines, &line(&finding, whose, &assessment.period, assessment.as_of))?;
        lines.push(b'\n');
    }
    String::from_utf8(lines).map_err(|_| ReportError::Lines)
}

fn line<'a>(finding: &'a Finding, place: Place<'a>, period: &'a str, as_of: Date) -> Line<'a> {
    Line {
        area: place.area,
        office: place.office,
        period,
        as_of,
        pack: &finding.pack,
        rule: &finding.rule,
        clause: &finding.clause,
        obligation: finding.obligation.label(),
        subject: who(&finding.subject),
        window: &finding.window,
        verdict: finding.verdict.id(),
        actual: finding.actual.flatten().map(ends).unwrap_or_default(),
        bound: finding.bound.map(bound).unwrap_or_default(),
        gap: finding.gap.map(float),
        unit: &finding.unit,
        reason: &finding.reason,
        details: &finding.details,
        evidence: &finding.evidence,
    }
}

fn who(subject: &Subject) -> Who<'_> {
    Who { table: &subject.table, id: subject.id.as_deref(), name: &subject.name, institution: &subject.institution }
}

fn ends(amount: Amount) -> Ends {
    Ends { low: Some(float(amount.low)), high: amount.high.map(float) }
}

fn bound(bound: BoundValue) -> Bound {
    let (kind, ends, tolerance, aim) = match bound {
        BoundValue::AtLeast { floor, tolerance, aim } => ("at-least", floor, tolerance, aim),
        BoundValue::AtMost { ceiling, tolerance } => ("at-most", ceiling, tolerance, None),
        BoundValue::Equals(ends) => ("equals", ends, None, None),
        BoundValue::About { figure, tolerance } => ("about", BoundEnds::exactly(figure), Some(tolerance), None),
        BoundValue::Is(flag) => return Bound { kind: Some("is"), flag: Some(flag), ..Bound::default() },
    };
    let ends = Ends { low: Some(float(ends.low)), high: Some(float(ends.high)) };
    Bound { kind: Some(kind), ends, tolerance: tolerance.map(float), aim: aim.map(float), flag: None }
}

/// Written with a point even where it is whole: an engine that takes a column for whole numbers after a look at its
/// first lines refuses the first half that follows.
fn float(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::MAX)
}
