//! `jiaoyan verify`: holds a report to the proof beside it. Are the report, its inputs and its packs as they were, and
//! does the same audit say the same again?

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::files::FileFinder;
use super::rerun::Rerun;
use super::verification::{LineKind, Verification};
use crate::cli::output::{ProgressLine, proof_of};
use crate::cli::settings::LimitArgs;
use crate::cli::{Status, UserError, output};
use crate::dictionary::Dictionary;
use crate::model::sha256_hex;
use crate::report::{self, Proof};

const VERIFY_HELP: &str = "\
报告旁边要有写报告时一起写的核对文件：报告.xlsx 的是 报告.json。
台账、规则包、校历按原来的路径找，先从当前文件夹找，再从报告所在的文件夹找；
找不到，或要核对另一份，就把它们写在报告后面，先按内容、再按文件名对应。

例子：
  jiaoyan verify 2023年核查报告.xlsx
  jiaoyan verify 报告.xlsx 新位置/台账文件夹 规则.toml

退出状态：
  0 全部一致；1 有不一致的地方；2 没有发现不一致，但有核对不了的";

#[derive(Debug, Args)]
#[command(
    about = "核对一份报告：报告、台账、规则包有没有改动，重新核查的结论是否相同",
    override_usage = "jiaoyan verify [选项] <报告文件> [文件或文件夹]…",
    after_help = VERIFY_HELP
)]
pub struct VerifyArgs {
    #[arg(value_name = "报告文件", help = "要核对的报告（.xlsx）", required = true)]
    pub report: PathBuf,
    #[arg(value_name = "文件或文件夹", help = "报告所用的台账等文件现在的位置；不写则按原来的路径找")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

pub(crate) fn run(args: VerifyArgs, dictionary: &Dictionary) -> anyhow::Result<Status> {
    let digest = sha256_hex(&bytes_of(&args.report, "报告")?);
    let proof = load(&args.report)?;
    let mut finder = FileFinder::new(&args.inputs, &args.report)?;
    let mut verification = Verification::default();
    say_of_proof(&mut verification, &proof_of(&args.report), &proof);
    let threads = args.limits.threads()?;
    let rerun = Rerun::prepare(&proof, &mut finder, threads, dictionary, &mut verification);
    let line = ProgressLine::new(args.limits.quiet);
    let again = rerun.and_then(|rerun| rerun.run(&proof, &line, &mut verification));
    drop(line);
    say_of_report(&mut verification, &args.report, &digest, &proof, again.as_deref());
    output::out(&format!("核对《{}》\n{}", args.report.display(), verification.text()))?;
    Ok(verification.status())
}

fn bytes_of(path: &Path, what: &str) -> Result<Vec<u8>, UserError> {
    fs::read(path).map_err(|error| output::failed(format!("读不了{what}《{}》", path.display()), &error))
}

fn load(report: &Path) -> Result<Proof, UserError> {
    let path = proof_of(report);
    if path == report {
        return Err(UserError::new(format!("《{}》是核对文件，请写报告（.xlsx）的文件名", report.display())));
    }
    let shown = path.display();
    let bytes = bytes_of(&path, "核对文件").map_err(|error| {
        error
            .advise("核对文件和报告同名、放在一起；报告改了名或拷走了，核对文件也要一起改名、拷走")
            .advise("公示版没有核对文件，请核对完整的报告")
    })?;
    let text = String::from_utf8(bytes).map_err(|_| report::ProofError::Damaged.to_string());
    let read = text.and_then(|text| report::read_proof(&text).map_err(|error| error.to_string()));
    read.map_err(|reason| UserError::new(format!("读不了核对文件《{shown}》：{reason}")))
}

fn say_of_proof(verification: &mut Verification, path: &Path, proof: &Proof) {
    let shown = path.display();
    match (proof.assessment_holds, proof.seal_holds) {
        (true, true) => verification.same(format!("核对文件：《{shown}》没有改动")),
        (true, false) => verification.differs(format!("核对文件：《{shown}》被改动，改的是选项或其他记录")),
        (false, _) => verification.differs(format!("核对文件：《{shown}》被改动，改的是核查结果或它的校验值")),
    }
}

/// Says first whether the report is as it was. `again` is the digest of the report that was made again, where the same
/// program had the same to make it from.
fn say_of_report(verification: &mut Verification, path: &Path, digest: &str, proof: &Proof, again: Option<&str>) {
    let (shown, recorded) = (path.display(), proof.report.sha256.as_str());
    let (kind, line) = if digest == recorded {
        (LineKind::Same, format!("报告：《{shown}》没有改动"))
    } else if again == Some(digest) {
        (LineKind::Differs, format!("核对文件：记录的报告 SHA-256 不对；《{shown}》与重新生成的报告完全相同"))
    } else {
        (LineKind::Differs, format!("报告：《{shown}》被改动，SHA-256 记录为 {recorded}，现在为 {digest}"))
    };
    verification.put_first(kind, line);
    match again {
        Some(again) if again == recorded => verification.same("重新生成：与当初写成的报告完全相同"),
        Some(again) if again == digest => {}
        Some(_) => verification.differs("重新生成：与当初写成的报告不同"),
        None => {}
    }
    if *path.file_name().unwrap_or_default().to_string_lossy() != *proof.report.path {
        verification.note(format!("报告当初的文件名是《{}》", proof.report.path));
    }
}
