//! The assessment as JSON, for other programs. It serialises itself with personal numbers masked.

use std::io::{BufWriter, Write};

use super::ReportError;
use crate::model::{Assessment, Sha256Writer};

/// The assessment in the form of the contract `jiaoyan.assessment/1`, with a newline at the end.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(assessment: &Assessment) -> Result<String, ReportError> {
    let mut text = serde_json::to_string_pretty(assessment)?;
    text.push('\n');
    Ok(text)
}

/// The SHA-256 of an assessment as `--format json` prints it, without holding that text.
///
/// # Errors
/// It cannot be written as JSON.
pub fn assessment_digest(assessment: &Assessment) -> Result<String, ReportError> {
    let mut digest = BufWriter::new(Sha256Writer::default());
    write(assessment, &mut digest)?;
    let digest = digest.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    Ok(digest.hex())
}

/// Writes what [`json`] gives.
pub(super) fn write(assessment: &Assessment, mut to: impl Write) -> Result<(), ReportError> {
    serde_json::to_writer_pretty(&mut to, assessment)?;
    to.write_all(b"\n").map_err(serde_json::Error::io)?;
    Ok(())
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
