//! The assessment as JSON, for other programs. Personal numbers are masked here too.

use super::ReportError;
use crate::model::{Assessment, Finding, Input, Issue, mask};

/// The assessment in the form of the contract `jiaoyan.assessment/1`, with a newline at the end.
pub fn json(assessment: &Assessment) -> Result<String, ReportError> {
    let mut text = serde_json::to_string_pretty(&masked(assessment.clone()))?;
    text.push('\n');
    Ok(text)
}

/// The texts that come from the records, masked. Digests and ids of packs and rules stay as they are.
fn masked(mut assessment: Assessment) -> Assessment {
    assessment.inputs.iter_mut().for_each(mask_input);
    assessment.findings.iter_mut().for_each(mask_finding);
    assessment.issues.iter_mut().for_each(mask_issue);
    assessment
}

fn mask_input(input: &mut Input) {
    mask_text(&mut input.path);
    input.sheets.iter_mut().for_each(|sheet| mask_text(&mut sheet.name));
}

fn mask_finding(finding: &mut Finding) {
    let subject = &mut finding.subject;
    subject.id.iter_mut().for_each(mask_text);
    mask_text(&mut subject.name);
    mask_text(&mut subject.institution);
    mask_text(&mut finding.reason);
    finding.details.iter_mut().for_each(mask_text);
    finding.evidence.cells.iter_mut().for_each(mask_text);
}

fn mask_issue(issue: &mut Issue) {
    mask_text(&mut issue.cell);
    mask_text(&mut issue.text);
    mask_text(&mut issue.message);
}

fn mask_text(text: &mut String) {
    if let std::borrow::Cow::Owned(masked) = mask(text) {
        *text = masked;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn json_is_the_contract() {
        let mut audit = fixture::audit();
        audit.assessment.findings.drain(2..);
        audit.assessment.findings.remove(0);
        audit.assessment.manual.truncate(1);
        audit.assessment.issues.truncate(1);
        audit.assessment.packs[0].sha256 = "b2".repeat(32);
        let text = json(&audit.assessment).unwrap();
        assert!(text.ends_with("}\n"));
        insta::assert_snapshot!(text, @r##"
        {
          "schema": "jiaoyan.assessment/1",
          "tool": "jiaoyan 0.1.0",
          "period": "2023",
          "as-of": "2023-12-31",
          "packs": [
            {
              "id": "jiangmen-2022",
              "sha256": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2"
            }
          ],
          "inputs": [
            {
              "path": "台账/活动台账.xlsx",
              "sha256": "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
              "sheets": [
                {
                  "name": "活动台账",
                  "table": "activities",
                  "rows": 812,
                  "used": 810,
                  "partly": 1,
                  "unused": 1
                }
              ]
            }
          ],
          "findings": [
            {
              "pack": "jiangmen-2022",
              "rule": "visit-days",
              "clause": "二(四)14",
              "obligation": "应",
              "subject": {
                "table": "staff",
                "id": "T001",
                "name": "张三",
                "institution": "江门市教育研究院"
              },
              "window": {
                "per": "year",
                "label": "2023年",
                "start": "2023-01-01",
                "end": "2023-12-31"
              },
              "verdict": "unmet",
              "actual": {
                "low": 52,
                "high": 52
              },
              "bound": {
                "at-least": 60
              },
              "gap": 8,
              "unit": "天",
              "reason": "应不少于60天，实际52天，差8天",
              "details": [],
              "evidence": {
                "rows": 52,
                "cells": [
                  "活动台账.xlsx!活动台账!B5",
                  "活动台账.xlsx!活动台账!B6",
                  "活动台账.xlsx!活动台账!B7",
                  "活动台账.xlsx!活动台账!B9"
                ]
              }
            }
          ],
          "manual": [
            {
              "pack": "jiangmen-2022",
              "clause": "二(一)1",
              "ask": "市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立"
            }
          ],
          "issues": [
            {
              "cell": "活动台账.xlsx!活动台账!A8",
              "kind": "unreadable-date",
              "text": "2023.13",
              "message": "日期无法识别，这一行可能算也可能不算；请改成 2023-10-13 的样子"
            }
          ]
        }
        "##);
    }
}
