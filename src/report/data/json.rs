//! The assessment as JSON, for other programs. It serialises itself with personal numbers masked.

use std::io::{self, BufWriter, Write};

use crate::model::{Assessment, Sha256Writer};
use crate::report::error::ReportError;

/// The longest text that is kept for the proof, in bytes.
const KEPT: usize = 4 << 20;

/// The assessment in the form of the contract `jiaoyan.assessment/1`, with a newline at the end.
pub fn json(assessment: &Assessment) -> Result<String, ReportError> {
    let mut text = serde_json::to_string_pretty(assessment)?;
    text.push('\n');
    Ok(text)
}

/// An assessment as [`json`] gives it: its digest, which the report prints, and its text, which stands in the proof.
pub struct Printed<'a> {
    pub assessment: &'a Assessment,
    pub digest: String,
    /// That of a long ledger is long, and is made again when it is written.
    text: Option<Vec<u8>>,
}

impl<'a> Printed<'a> {
    pub fn of(assessment: &'a Assessment) -> Result<Printed<'a>, ReportError> {
        let mut keeping = BufWriter::new(Keeping { digest: Sha256Writer::default(), text: Some(Vec::new()) });
        serde_json::to_writer_pretty(&mut keeping, assessment)?;
        keeping.write_all(b"\n").map_err(serde_json::Error::io)?;
        let Keeping { digest, text } =
            keeping.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
        Ok(Printed { assessment, digest: digest.hex(), text })
    }

    /// Writes the text, without the newline at its end.
    pub(crate) fn write_to(&self, mut to: impl Write) -> Result<(), ReportError> {
        match &self.text {
            Some(text) => to.write_all(text.trim_ascii_end()).map_err(serde_json::Error::io)?,
            None => serde_json::to_writer_pretty(to, self.assessment)?,
        }
        Ok(())
    }
}

/// Takes the digest of a text, and keeps it while it is short.
struct Keeping {
    digest: Sha256Writer,
    text: Option<Vec<u8>>,
}

impl Write for Keeping {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text = self.text.take().filter(|text| text.len() + bytes.len() <= KEPT);
        self.text.iter_mut().for_each(|text| text.extend_from_slice(bytes));
        self.digest.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sha256_hex;
    use crate::report::tests::fixture;

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

    #[test]
    fn what_is_printed_once_is_the_same_text_whether_it_is_kept_or_not() {
        let mut assessment = fixture::audit().assessment;
        for long in [false, true] {
            let text = json(&assessment).unwrap();
            let printed = Printed::of(&assessment).unwrap();
            let mut written = Vec::new();
            printed.write_to(&mut written).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), text.trim_end());
            let kept = (text.len() <= KEPT).then(|| text.clone().into_bytes());
            assert_eq!((printed.digest.clone(), &printed.text), (sha256_hex(text.as_bytes()), &kept));
            assert_eq!(kept.is_none(), long);
            let issue = assessment.issues[0].clone();
            assessment.issues.resize(KEPT / 60, issue);
        }
    }
}
