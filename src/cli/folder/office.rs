//! The child of a run: audits some offices, one after the other, and tells what each came to on a line of its own.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::journal::Entry;
use super::kit::Kit;
use super::places::Place;
use super::target::Form;
use crate::audit::{self, Audit};
use crate::cli::args::CheckArgs;
use crate::cli::destination::proof_of;
use crate::cli::watch::{self, Word};
use crate::cli::{Refusal, Status, Typed, check, fault, output, progress, settings, streams};
use crate::dictionary::Dictionary;
use crate::model::{FileStamp, Office, Outcome, Summary, sha256_hex};
use crate::report::{self, Report, ReportError};

/// What a child tells, a line each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// An office is done with.
    Done(Box<Entry>),
    /// Nothing can be audited.
    Refused(String),
}

/// Audits the offices that the parent names.
///
/// # Errors
/// What they came to cannot be told.
pub fn run(args: CheckArgs, typed: &Typed) -> anyhow::Result<Status> {
    let folders = args.folder.offices.clone();
    match prepare(args, typed) {
        Ok(mut kit) => {
            for folder in &folders {
                watch::say(&Word::Start);
                tell(&Told::Done(Box::new(entry(&mut kit, Place::of(folder)?))))?;
            }
            Ok(Status::Fine)
        }
        Err(refusal) => {
            tell(&Told::Refused(refusal.to_string()))?;
            Ok(Status::NotRun)
        }
    }
}

/// The kit of the parent, by the parent's day.
fn prepare(args: CheckArgs, typed: &Typed) -> Result<Kit, Refusal> {
    let day = args.folder.day.as_deref().map(settings::day).transpose()?;
    let today = day.unwrap_or_else(|| jiff::Zoned::now().date());
    let expected = args.folder.digest.clone();
    let kit = Kit::new(args, typed, today)?;
    if expected.as_ref() == Some(&kit.digest()?) {
        return Ok(kit);
    }
    let sentence = "规则包、校历或表头对照文件在核查过程中有改动，已停止";
    Err(Refusal::new(sentence).advise("请加上 --resume 再运行，用改动后的文件核查全部单位"))
}

fn tell(told: &Told) -> anyhow::Result<()> {
    Ok(streams::out(&format!("{}\n", serde_json::to_string(told)?))?)
}

/// What an office came to. Whatever keeps it from being audited is said of it alone.
fn entry(kit: &mut Kit, place: Place) -> Entry {
    let turned = kit.turn_to(&place).and_then(|()| kit.digest());
    let audited = turned.and_then(|asked| Ok((asked, audit(kit, &place)?)));
    let (asked, (summary, proof)) = match audited {
        Ok((asked, (summary, proof))) => (asked, (Outcome::Audited(summary), proof)),
        Err(refusal) => (String::new(), (Outcome::NotAudited(refusal.line()), None)),
    };
    Entry { asked, proof, office: Office { area: place.area, name: place.name, outcome: summary } }
}

/// Audits an office and writes what comes of it; gives what it came to, and the digest of the proof.
fn audit(kit: &Kit, place: &Place) -> Result<(Summary, Option<String>), Refusal> {
    let settings = &kit.asked.settings;
    let audit = audit::run(settings, Dictionary::built_in(), &progress::Line::new(true))
        .map_err(|error| Refusal::new(error.to_string()))?;
    let options = settings::options(&kit.asked);
    let report = Report { audit: &audit, packs: &settings.packs, options: &options };
    let (product, proof) = made(kit, place, &report).map_err(|error| check::not_made(&error))?;
    let path = kit.target.folder.join(kit.target.file_of(place));
    if let Some(proof) = &proof {
        put(&proof_of(&path), proof)?;
    }
    put(&path, &product.bytes)?;
    watch::say(&Word::Written);
    let mut summary = report::summary(&report);
    summary.inputs = inputs(&audit, &place.folder);
    summary.written = Some(FileStamp { path: kit.target.file_of(place), sha256: product.sha256 });
    Ok((summary, proof.map(|proof| sha256_hex(&proof))))
}

/// The file of an office.
struct Product {
    bytes: Vec<u8>,
    sha256: String,
}

impl Product {
    fn of(bytes: Vec<u8>) -> Product {
        Product { sha256: sha256_hex(&bytes), bytes }
    }
}

/// The file of an office, and the proof of a report.
fn made(kit: &Kit, place: &Place, report: &Report<'_>) -> Result<(Product, Option<Vec<u8>>), ReportError> {
    let whose = report::Place { area: &place.area, office: &place.name };
    match kit.target.form {
        Form::Csv => Ok((Product::of(report::csv(report, whose)?.into_bytes()), None)),
        Form::Jsonl => Ok((Product::of(report::jsonl(report, whose)?.into_bytes()), None)),
        Form::Report => {
            let made = report::workbook(report)?;
            let (product, mut proof) = (Product::of(made.bytes), Vec::new());
            let file = kit.target.file_of(place);
            let name = file.rsplit('/').next().unwrap_or(&file).to_string();
            let stamp = FileStamp { path: name, sha256: product.sha256.clone() };
            let (options, passed_over) = (settings::recorded(&kit.asked), &report.audit.passed_over);
            report::write_proof(&stamp, &options, passed_over, &made.printed, &mut proof)?;
            Ok((product, Some(proof)))
        }
    }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let refuse =
        |error: std::io::Error| Refusal::new(format!("《{}》没有写成：{}", path.display(), fault::reason(&error)));
    output::put(path, bytes).map_err(refuse)
}

/// The files that were read, by their paths within the office's folder.
fn inputs(audit: &Audit, folder: &Path) -> Vec<FileStamp> {
    let stamp = |input: &crate::model::Input| FileStamp {
        path: within(Path::new(&input.path), folder),
        sha256: input.sha256.clone(),
    };
    audit.assessment.inputs.iter().map(stamp).collect()
}

/// A path within a folder, with slashes between its parts.
pub fn within(path: &Path, folder: &Path) -> String {
    let own = path.strip_prefix(folder).unwrap_or(path);
    own.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
