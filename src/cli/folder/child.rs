//! The child of a run: audits some offices, one after the other, and tells what each came to on a line of its own.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};
use watched::Event;

use super::journal::JournalEntry;
use super::office_settings::OfficeSettings;
use super::offices::OfficeFolder;
use super::run_folder::{OfficeFormat, RunFolder};
use crate::audit::{self, Audit};
use crate::cli::commands::check::CheckArgs;
use crate::cli::output::{self, ProgressLine, proof_of};
use crate::cli::settings::{self, PreparedAudit};
use crate::cli::{Status, Typed, UserError};
use crate::dictionary::Dictionary;
use crate::model::{FileStamp, Input, Masked, Office, Outcome, Summary, sha256_hex};
use crate::report::{self, Report, ReportError};

/// The command that a run over many offices starts its children with.
pub const CHILD_COMMAND: &str = "each-folder-child";

#[derive(Debug, Args)]
pub struct OfficesArgs {
    #[arg(long = "office")]
    pub offices: Vec<PathBuf>,
    /// The day on which the run began.
    #[arg(long)]
    pub day: String,
    /// The digest of what the run was asked for.
    #[arg(long)]
    pub digest: String,
    #[command(flatten)]
    pub check: CheckArgs,
}

/// What is said to somebody who types the command.
pub fn not_by_hand() -> UserError {
    UserError::new(format!("{CHILD_COMMAND} 是程序自己用的命令，请用 jiaoyan check --each-folder"))
}

/// What a child tells, a line each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ChildMessage {
    Done(Box<JournalEntry>),
    /// Nothing can be audited.
    Refused(String),
}

/// Audits the offices that the parent names.
pub fn audit_offices(args: OfficesArgs, typed: &Typed, dictionary: &Dictionary) -> anyhow::Result<Status> {
    match prepare(args.check, &args.day, &args.digest, typed, dictionary) {
        Ok(mut settings) => {
            for folder in &args.offices {
                watched::say(&Event::Start);
                tell(&ChildMessage::Done(Box::new(entry(&mut settings, &OfficeFolder::of(folder)?))))?;
            }
            Ok(Status::Fine)
        }
        Err(error) => {
            tell(&ChildMessage::Refused(error.to_string()))?;
            Ok(Status::NotRun)
        }
    }
}

/// The settings of the parent, by the parent's day.
fn prepare<'d>(
    args: CheckArgs,
    day: &str,
    digest: &str,
    typed: &Typed,
    dictionary: &'d Dictionary,
) -> Result<OfficeSettings<'d>, UserError> {
    let settings = OfficeSettings::new(args, typed, settings::day(day)?, dictionary)?;
    if settings.digest()? == digest {
        return Ok(settings);
    }
    let sentence = "规则包、校历或表头对照文件在核查过程中有改动，已停止";
    Err(UserError::new(sentence).advise("请加上 --resume 再运行，用改动后的文件核查全部单位"))
}

fn tell(told: &ChildMessage) -> anyhow::Result<()> {
    Ok(output::out(&format!("{}\n", serde_json::to_string(told)?))?)
}

/// What an office came to. Whatever keeps it from being audited is said of it alone.
fn entry(settings: &mut OfficeSettings<'_>, office: &OfficeFolder) -> JournalEntry {
    let mut audited = || {
        settings.turn_to(office)?;
        let ((area, name), asked) = (office.key(), settings.digest()?);
        let (summary, proof) = audit(&settings.folder, &settings.request, office)?;
        Ok(JournalEntry { asked, proof, office: Office { area, name, outcome: Outcome::Audited(summary) } })
    };
    audited().unwrap_or_else(|error| JournalEntry::not_audited(office.key(), &error))
}

/// Audits an office and writes what comes of it; gives what it came to, and the digest of the proof.
fn audit(
    folder: &RunFolder,
    request: &PreparedAudit<'_>,
    office: &OfficeFolder,
) -> Result<(Summary, Option<String>), UserError> {
    let audit = audit::run(&request.settings, request.dictionary, &ProgressLine::new(true));
    let audit = audit.map_err(|error| UserError::new(error.to_string()))?;
    let options = settings::options(request);
    let report = request.report(&audit, &options);
    let name = folder.file_of(office);
    let path = folder.path.join(&name);
    let made = make(folder.form, request, office, &path, &report);
    let (bytes, sha256, proof) = made.map_err(|error| output::not_made(&error))?;
    if let Some(proof) = &proof {
        output::put(&proof_of(&path), proof)?;
    }
    output::put(&path, &bytes)?;
    watched::say(&Event::Written);
    let mut summary = report::summary(&report);
    summary.inputs = inputs(&audit, &office.folder);
    summary.written = Some(FileStamp { path: name, sha256 });
    Ok((summary, proof.map(|proof| sha256_hex(&proof))))
}

/// The bytes of an office's file and their digest, and the proof of a report.
type OfficeFile = (Vec<u8>, String, Option<Vec<u8>>);

fn make(
    form: OfficeFormat,
    request: &PreparedAudit<'_>,
    office: &OfficeFolder,
    path: &Path,
    report: &Report<'_>,
) -> Result<OfficeFile, ReportError> {
    let name = report::OfficeName { area: office.area.as_str().into(), office: office.name.as_str().into() };
    let data = match form {
        OfficeFormat::Csv => report::csv(report, name)?,
        OfficeFormat::Jsonl => report::jsonl(report, name)?,
        OfficeFormat::Report => {
            let made = report::workbook(report)?;
            let (sha256, options) = (sha256_hex(&made.bytes), settings::recorded(request));
            let mut proof = Vec::new();
            output::proof_for(path, &sha256, report, &options, &made, &mut proof)?;
            return Ok((made.bytes, sha256, Some(proof)));
        }
    };
    let sha256 = sha256_hex(data.as_bytes());
    Ok((data.into_bytes(), sha256, None))
}

/// The files that were read, by their paths within the office's folder.
fn inputs(audit: &Audit, folder: &Path) -> Vec<FileStamp> {
    let folder = Masked::from(folder.display().to_string());
    let path = |input: &Input| within(Path::new(input.path.as_str()), Path::new(folder.as_str())).into();
    let stamp = |input: &Input| FileStamp { path: path(input), sha256: input.sha256.clone() };
    audit.assessment.inputs.iter().map(stamp).collect()
}

/// A path within a folder, with slashes between its parts.
pub(super) fn within(path: &Path, folder: &Path) -> String {
    let own = path.strip_prefix(folder).unwrap_or(path);
    own.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
