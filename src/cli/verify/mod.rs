//! `jiaoyan verify`: holds a report to the proof beside it. Are the report, its inputs and its packs as they were, and
//! does the same audit say the same again?

mod compare;
mod files;
mod rerun;
mod said;

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::args::VerifyArgs;
use super::destination::proof_of;
use super::watch::Limits;
use super::{Refusal, Status, fault, progress, streams};
use crate::model::{FileStamp, sha256_hex};
use crate::report::{self, Proof};
use files::Places;
use rerun::Rerun;
use said::Said;

/// # Errors
/// The report or its proof cannot be read, or a file that is given.
pub fn run(args: VerifyArgs) -> anyhow::Result<Status> {
    let digest = sha256_hex(&bytes_of(&args.report, "报告")?);
    let proof = load(&args.report)?;
    let mut places = Places::new(&args.inputs, &args.report)?;
    let mut said = Said::default();
    say_of_proof(&mut said, &proof_of(&args.report), &proof);
    let rerun = Rerun::prepare(&proof, recorded_inputs(&proof), &mut places, &mut said);
    let line = progress::Line::new(args.quiet);
    let threads = Limits::threads(&args.limits)?;
    let again = rerun.and_then(|rerun| rerun.with_threads(threads).run(&proof, &line, &mut said));
    drop(line);
    say_of_report(&mut said, &args.report, &digest, &proof, again.as_deref());
    streams::out(&format!("核对《{}》\n{}", args.report.display(), said.text()))?;
    Ok(said.status())
}

fn bytes_of(path: &Path, what: &str) -> Result<Vec<u8>, Refusal> {
    fs::read(path)
        .map_err(|error| Refusal::new(format!("读不了{what}《{}》：{}", path.display(), fault::reason(&error))))
}

fn load(report: &Path) -> Result<Proof, Refusal> {
    let path = proof_of(report);
    if path == report {
        return Err(Refusal::new(format!("《{}》是核对文件，请写报告（.xlsx）的文件名", report.display())));
    }
    let shown = path.display();
    let bytes = bytes_of(&path, "核对文件").map_err(|refusal| {
        refusal
            .advise("核对文件和报告同名、放在一起；报告改了名或拷走了，核对文件也要一起改名、拷走")
            .advise("公示版没有核对文件，请核对完整的报告")
    })?;
    let text = String::from_utf8(bytes).map_err(|_| report::ProofError::Damaged.to_string());
    let read = text.and_then(|text| report::read_proof(&text).map_err(|error| error.to_string()));
    read.map_err(|reason| Refusal::new(format!("读不了核对文件《{shown}》：{reason}")))
}

/// The inputs that the assessment names.
fn recorded_inputs(proof: &Proof) -> Vec<FileStamp> {
    let text = |input: &Value, key: &str| input.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let inputs = proof.assessment.get("inputs").and_then(Value::as_array);
    let stamp = |input: &Value| FileStamp { path: text(input, "path"), sha256: text(input, "sha256") };
    inputs.map(|inputs| inputs.iter().map(stamp).collect()).unwrap_or_default()
}

fn say_of_proof(said: &mut Said, path: &Path, proof: &Proof) {
    let shown = path.display();
    match (proof.assessment_holds, proof.seal_holds) {
        (true, true) => said.same(format!("核对文件：《{shown}》没有改动")),
        (true, false) => said.differs(format!("核对文件：《{shown}》被改动，改的是选项或其他记录")),
        (false, _) => said.differs(format!("核对文件：《{shown}》被改动，改的是核查结果或它的校验值")),
    }
}

/// The report's own bytes come first in what is said. `again` is the digest of the report that was made again, where the
/// same program had the same to make it from.
fn say_of_report(said: &mut Said, path: &Path, digest: &str, proof: &Proof, again: Option<&str>) {
    let (shown, recorded) = (path.display(), proof.report.sha256.as_str());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if digest == recorded {
        said.first().same(format!("报告：《{shown}》没有改动"));
    } else if again == Some(digest) {
        said.first().differs(format!("核对文件：记录的报告 SHA-256 不对；《{shown}》与重新生成的报告完全相同"));
    } else {
        said.first().differs(format!("报告：《{shown}》被改动，SHA-256 记录为 {recorded}，现在为 {digest}"));
    }
    match again {
        Some(again) if again == recorded => said.same("重新生成：与当初写成的报告完全相同"),
        Some(again) if again == digest => {}
        Some(_) => said.differs("重新生成：与当初写成的报告不同"),
        None => {}
    }
    if name != proof.report.path {
        said.note(format!("报告当初的文件名是《{}》", proof.report.path));
    }
}
