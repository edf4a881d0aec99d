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

/// A finding's texts, masked.
pub(super) fn mask_finding(finding: &mut Finding) {
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
        insta::assert_snapshot!(text);
    }
}
