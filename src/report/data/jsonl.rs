//! The findings as JSON lines with the same keys and kinds of values, so that those of many offices are read as one table.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Amount, BoundEnds, BoundValue, Evidence, Masked, Window};
use crate::report::error::ReportError;
use crate::report::source::{OfficeName, Report};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FindingLine<'a> {
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
    actual: AmountEnds,
    bound: BoundByKind,
    gap: Option<f64>,
    unit: &'a str,
    reason: &'a str,
    details: &'a [Masked],
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
struct AmountEnds {
    low: Option<f64>,
    high: Option<f64>,
}

/// A bound by its kind: `at-least`, `at-most`, `equals`, `about`, or `is` with its `flag`; all null where there is none.
#[derive(Default, Serialize)]
struct BoundByKind {
    kind: Option<&'static str>,
    #[serde(flatten)]
    ends: AmountEnds,
    tolerance: Option<f64>,
    aim: Option<f64>,
    flag: Option<bool>,
}

/// The findings of an audit of an office, a JSON object a line.
pub fn jsonl(report: &Report, place: OfficeName) -> Result<String, ReportError> {
    let assessment = &report.audit.assessment;
    let mut lines = Vec::new();
    for finding in &assessment.findings {
        let subject = &finding.subject;
        let line = FindingLine {
            area: &place.area,
            office: &place.office,
            period: &assessment.period,
            as_of: assessment.as_of,
            pack: &finding.pack,
            rule: &finding.rule,
            clause: &finding.clause,
            obligation: finding.obligation.label(),
            subject: Who {
                table: &subject.table,
                id: subject.id.as_deref(),
                name: &subject.name,
                institution: &subject.institution,
            },
            window: &finding.window,
            verdict: finding.verdict.id(),
            actual: finding.actual.flatten().map(ends).unwrap_or_default(),
            bound: finding.bound.map(bound).unwrap_or_default(),
            gap: finding.gap.map(float),
            unit: &finding.unit,
            reason: &finding.reason,
            details: &finding.details,
            evidence: &finding.evidence,
        };
        serde_json::to_writer(&mut lines, &line)?;
        lines.push(b'\n');
    }
    String::from_utf8(lines).map_err(|_| ReportError::Lines)
}

fn ends(amount: Amount) -> AmountEnds {
    AmountEnds { low: Some(float(amount.low)), high: amount.high.map(float) }
}

fn bound(bound: BoundValue) -> BoundByKind {
    let (kind, ends, tolerance, aim) = match bound {
        BoundValue::AtLeast { floor, tolerance, aim } => ("at-least", floor, tolerance, aim),
        BoundValue::AtMost { ceiling, tolerance } => ("at-most", ceiling, tolerance, None),
        BoundValue::Equals(ends) => ("equals", ends, None, None),
        BoundValue::About { figure, tolerance } => ("about", BoundEnds::exactly(figure), Some(tolerance), None),
        BoundValue::Is(flag) => return BoundByKind { kind: Some("is"), flag: Some(flag), ..BoundByKind::default() },
    };
    let ends = AmountEnds { low: Some(float(ends.low)), high: Some(float(ends.high)) };
    BoundByKind { kind: Some(kind), ends, tolerance: tolerance.map(float), aim: aim.map(float), flag: None }
}

/// Written with a point even where it is whole: an engine that guesses whole numbers would refuse the first half.
fn float(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::MAX)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use serde_json::Value;

    use super::*;
    use crate::model::Finding;
    use crate::report::tests::fixture;

    /// The keys of a value with the kinds of what stands below them; what may be null is the same kind in any case.
    fn shape(key: &str, value: &Value, into: &mut Vec<String>) {
        let nullable = |kind: &str| format!("{key}: {kind}");
        match value {
            Value::Object(map) => map.iter().for_each(|(inner, value)| shape(&format!("{key}.{inner}"), value, into)),
            Value::Null => into.push(nullable("null")),
            Value::Number(number) => into.push(nullable(if number.is_f64() { "float" } else { "whole" })),
            Value::String(_) => into.push(nullable("text")),
            Value::Bool(_) => into.push(nullable("flag")),
            Value::Array(all) => {
                assert!(all.iter().all(Value::is_string));
                into.push(nullable("texts"));
            }
        }
    }

    fn lines(findings: Vec<Finding>) -> Vec<Value> {
        let (audit, packs) = (fixture::assemble(findings, Vec::new(), Default::default()), fixture::packs());
        let report = Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
        let text = jsonl(&report, OfficeName { area: "广东省".into(), office: "江门市".into() }).unwrap();
        assert!(text.ends_with("}\n"));
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// A finding of each kind of bound and of amount.
    fn all_kinds() -> Vec<Finding> {
        let ends = BoundEnds { low: Decimal::from(60), high: Decimal::from(80) };
        let bounds = [
            None,
            Some(BoundValue::AtLeast { floor: ends, tolerance: Some(Decimal::ONE), aim: Some(Decimal::from(100)) }),
            Some(BoundValue::AtMost { ceiling: ends, tolerance: None }),
            Some(BoundValue::Equals(ends)),
            Some(BoundValue::Is(true)),
            Some(BoundValue::About { figure: Decimal::from(45), tolerance: Decimal::TWO }),
        ];
        let half = Decimal::new(805, 1);
        let amounts = [
            None,
            Some(None),
            Some(Some(Amount::exactly(Decimal::from(52)))),
            Some(Some(Amount { low: half, high: None })),
        ];
        let mut findings = fixture::audit().assessment.findings;
        for bound in bounds {
            for actual in amounts {
                findings.push(Finding { bound, actual, ..fixture::amount("visit-days", ("T9", "张三"), 1, 60) });
            }
        }
        findings
    }

    #[test]
    fn every_line_has_the_same_keys_and_a_key_has_values_of_one_kind() {
        let lines = lines(all_kinds());
        assert_eq!(lines.len(), 7 + 24);
        let mut kinds: std::collections::BTreeMap<String, Vec<String>> = Default::default();
        for line in &lines {
            let mut shapes = Vec::new();
            shape("", line, &mut shapes);
            assert_eq!(shapes.len(), 31, "{line}");
            for one in shapes {
                let (key, kind) = one.split_once(": ").unwrap();
                let known = kinds.entry(key.to_string()).or_default();
                if !known.iter().any(|known| known == kind) {
                    known.push(kind.to_string());
                }
            }
        }
        let table: Vec<String> = kinds
            .into_iter()
            .map(|(key, mut kinds)| {
                kinds.sort();
                format!("{} {}", key.trim_start_matches('.'), kinds.join("|"))
            })
            .collect();
        assert_eq!(
            table,
            [
                "actual.high float|null",
                "actual.low float|null",
                "area text",
                "as-of text",
                "bound.aim float|null",
                "bound.flag flag|null",
                "bound.high float|null",
                "bound.kind null|text",
                "bound.low float|null",
                "bound.tolerance float|null",
                "clause text",
                "details texts",
                "evidence.cells texts",
                "evidence.rows whole",
                "gap float|null",
                "obligation text",
                "office text",
                "pack text",
                "period text",
                "reason text",
                "rule text",
                "subject.id null|text",
                "subject.institution text",
                "subject.name text",
                "subject.table text",
                "unit text",
                "verdict text",
                "window.end text",
                "window.label text",
                "window.per text",
                "window.start text",
            ]
        );
    }

    #[test]
    fn a_line_is_the_finding_of_the_contract_with_whose_it_is_and_is_masked() {
        let mut finding = fixture::amount("visit-days", ("T001", "张三"), 52, 60);
        finding.details = vec![format!("联系{}", fixture::PHONE).into()];
        let (audit, packs) = (fixture::assemble(vec![finding], Vec::new(), Default::default()), fixture::packs());
        let report = Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] };
        assert_eq!(
            jsonl(&report, OfficeName { area: "".into(), office: "江门市13812341234".into() }).unwrap(),
            concat!(
                r#"{"area":"","office":"江门市138****1234","period":"2023","as-of":"2023-12-31","#,
                r#""pack":"jiangmen-2022","rule":"visit-days","clause":"二(四)14","obligation":"应","#,
                r#""subject":{"table":"staff","id":"T001","name":"张三","institution":"江门市教育研究院"},"#,
                r#""window":{"per":"year","label":"2023年","start":"2023-01-01","end":"2023-12-31"},"#,
                r#""verdict":"unmet","actual":{"low":52.0,"high":52.0},"#,
                r#""bound":{"kind":"at-least","low":60.0,"high":60.0,"tolerance":null,"aim":null,"flag":null},"#,
                r#""gap":8.0,"unit":"天","reason":"应不少于60天，实际52天，差8天","#,
                r#""details":["联系138****1234"],"evidence":{"rows":0,"cells":[]}}"#,
                "\n"
            )
        );
    }
}
