//! The proof that stands beside a report as JSON: the report's SHA-256, what the run was made with, and the assessment
//! itself, so that `verify` can make all of it again.
//!
//! The assessment stands there in the very bytes of `--format json`, so its digest is also the one that the report
//! prints. The seal at the end is the digest of all before it. Both find a change; neither is a signature.

use std::io::{self, BufWriter, Write};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use super::Printed;
use crate::model::{FileStamp, Masked, PackStamp, Sha256Writer, sha256_hex};
use crate::report::error::ReportError;

const SCHEMA: &str = "jiaoyan.proof/1";
/// Before the assessment, and between it and the seal.
const ASSESSMENT: &str = ",\n  \"assessment\": ";
const SEAL: &str = ",\n  \"seal\": \"";
const END: &str = "\"\n}\n";

/// A pack and where it came from: a file, or the program itself where there is no path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSource {
    pub id: String,
    pub sha256: String,
    pub path: Option<Masked>,
    /// The built-in pack that it changes.
    pub base: Option<PackStamp>,
}

/// What a run was made with, in the form that it can be made with again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RunOptions {
    pub period: String,
    /// Whether it was asked for, or taken by default; the same holds of the day.
    pub period_given: bool,
    pub as_of: Date,
    pub as_of_given: bool,
    pub level: Option<String>,
    pub institution: Option<Masked>,
    pub calendar: Option<FileStamp>,
    pub columns: Option<FileStamp>,
    /// As the reader of csv files names it.
    pub encoding: Option<String>,
    /// Whether the copies hold all rows of long sheets too.
    #[serde(default)]
    pub whole_copies: bool,
    pub packs: Vec<PackSource>,
}

#[derive(Debug)]
pub struct Proof {
    /// The program that wrote it: `jiaoyan 0.1.0`.
    pub tool: String,
    pub report: FileStamp,
    pub options: RunOptions,
    pub passed_over: Vec<Masked>,
    /// In the form of the contract `jiaoyan.assessment/1`.
    pub assessment: Value,
    /// Whether the assessment has the digest that stands above it, and the whole file the one at its end.
    pub assessment_holds: bool,
    pub seal_holds: bool,
}

/// All but the assessment and the seal.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ProofHead {
    schema: String,
    tool: String,
    report: FileStamp,
    options: RunOptions,
    passed_over: Vec<Masked>,
    assessment_sha256: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofError {
    #[error("内容不完整，或不是本程序写的核对文件")]
    Damaged,
    #[error("它由更新的版本写成，本程序不能核对")]
    Newer,
}

/// Writes the proof of a report, which has this file name and digest. Personal numbers are masked.
pub fn write_proof(
    report: &FileStamp,
    options: &RunOptions,
    passed_over: &[Masked],
    printed: &Printed<'_>,
    to: &mut dyn Write,
) -> Result<(), ReportError> {
    let head = ProofHead {
        schema: SCHEMA.to_string(),
        tool: printed.assessment.tool.clone(),
        report: report.clone(),
        options: options.clone(),
        passed_over: passed_over.to_vec(),
        assessment_sha256: printed.digest.clone(),
    };
    let mut text = serde_json::to_vec_pretty(&head)?;
    // The object goes on.
    text.truncate(text.trim_ascii_end().len().saturating_sub("\n}".len()));
    text.extend_from_slice(ASSESSMENT.as_bytes());
    let mut sealed = BufWriter::new(Sealed { to, digest: Sha256Writer::default() });
    sealed.write_all(&text).map_err(serde_json::Error::io)?;
    printed.write_to(&mut sealed)?;
    let Sealed { to, digest } = sealed.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    let end = [SEAL, &digest.hex(), END].concat();
    Ok(to.write_all(end.as_bytes()).map_err(serde_json::Error::io)?)
}

struct Sealed<'w> {
    to: &'w mut dyn Write,
    digest: Sha256Writer,
}

impl Write for Sealed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.write_all(bytes.get(..written).unwrap_or_default())?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Reads a proof. One that was changed is read as far as it can be.
pub fn read_proof(text: &str) -> Result<Proof, ProofError> {
    let mut value: Value = serde_json::from_str(text).map_err(|_| ProofError::Damaged)?;
    match value.get("schema").and_then(Value::as_str) {
        Some(SCHEMA) => {}
        Some(schema) if schema.starts_with("jiaoyan.proof/") => return Err(ProofError::Newer),
        Some(_) | None => return Err(ProofError::Damaged),
    }
    let mut take = |key: &str| value.as_object_mut().and_then(|entries| entries.remove(key)).ok_or(ProofError::Damaged);
    let (assessment, seal) = (take("assessment")?, take("seal")?);
    let seal = seal.as_str().ok_or(ProofError::Damaged)?;
    let head = serde_json::from_value(value).map_err(|_| ProofError::Damaged)?;
    let ProofHead { tool, report, options, passed_over, assessment_sha256, .. } = head;
    let sealed = text.rsplit_once(SEAL).filter(|(_, rest)| rest.strip_suffix(END) == Some(seal));
    let body = sealed.map(|(body, _)| body);
    let result = body.and_then(|body| body.split_once(ASSESSMENT)).map(|(_, result)| format!("{result}\n"));
    let assessment_holds = result.is_some_and(|result| sha256_hex(result.as_bytes()) == assessment_sha256);
    let seal_holds = body.is_some_and(|body| sha256_hex(body.as_bytes()) == seal);
    Ok(Proof { tool, report, options, passed_over, assessment, assessment_holds, seal_holds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::data::json;
    use crate::report::tests::fixture;

    fn options() -> RunOptions {
        let stamp = |path: &str| Some(FileStamp { path: path.into(), sha256: "1".repeat(64) });
        RunOptions {
            period: "2023".to_string(),
            period_given: true,
            as_of: jiff::civil::date(2023, 12, 31),
            as_of_given: false,
            level: Some("市级".to_string()),
            institution: None,
            calendar: stamp("校历.toml"),
            columns: stamp("表头13812341234.toml"),
            encoding: Some("GB18030".to_string()),
            whole_copies: true,
            packs: vec![PackSource { id: "a".to_string(), sha256: "2".repeat(64), path: None, base: None }],
        }
    }

    fn written() -> String {
        let notes = ["《说明.xls》是隐藏文件，未读取".into()];
        let (audit, mut bytes) = (fixture::audit(), Vec::new());
        let report = FileStamp { path: "报告.xlsx".into(), sha256: sha256_hex(b"report") };
        let printed = Printed::of(&audit.assessment).unwrap();
        write_proof(&report, &options(), &notes, &printed, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_proof_is_read_as_it_was_written() {
        let read = read_proof(&written()).unwrap();
        let report = FileStamp { path: "报告.xlsx".into(), sha256: sha256_hex(b"report") };
        assert_eq!((read.report, read.assessment_holds, read.seal_holds), (report, true, true));
        let mut expected = options();
        expected.columns = Some(FileStamp { path: "表头138****1234.toml".into(), sha256: "1".repeat(64) });
        assert_eq!(read.options, expected);
        assert_eq!(read.passed_over, ["《说明.xls》是隐藏文件，未读取"]);
        let text = json(&fixture::audit().assessment).unwrap();
        assert_eq!(read.assessment, serde_json::from_str::<Value>(&text).unwrap());
        assert!(written().contains(text.trim_end()) && !written().contains(fixture::PHONE));
    }

    #[test]
    fn every_change_of_a_proof_is_seen() {
        let text = written();
        let holds = |text: &str| read_proof(text).map(|proof| (proof.assessment_holds, proof.seal_holds));
        assert_eq!(holds(&text), Ok((true, true)));
        let verdict = text.replacen("\"verdict\": \"unmet\"", "\"verdict\": \"met\"", 1);
        assert_ne!(verdict, text);
        assert_eq!(holds(&verdict), Ok((false, false)));
        assert_eq!(holds(&text.replacen("市级", "县级", 1)), Ok((true, false)));
        assert_eq!(holds(&text.replace('\n', "\r\n")), Ok((false, false)));
        assert_eq!(holds(&text.replacen("proof/1", "proof/2", 1)), Err(ProofError::Newer));
        let half: String = text.chars().take(500).collect();
        for other in ["", "{}", "[]", "{\"schema\": \"jiaoyan.assessment/1\"}", &half] {
            assert_eq!(holds(other), Err(ProofError::Damaged));
        }
    }
}
