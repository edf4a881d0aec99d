//! `jiaoyan check`: audits records against packs, prints the result and writes the report.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, Format};
use super::destination::{self, Destination, Product};
use super::settings::{self, Plan};
use super::{Refusal, Status, Typed, choose, folder, output, progress, streams};
use crate::audit;
use crate::dictionary::Dictionary;
use crate::model::{Assessment, FileStamp, sha256_hex};
use crate::report::{self, Place, Report, ReportError};

/// The whole command line: with the pack that somebody at the terminal picks, where it names none.
///
/// # Errors
/// Nothing was picked, or there is nothing to audit.
pub fn complete(args: &CheckArgs, typed: &Typed) -> Result<Vec<OsString>, Refusal> {
    let picked = picked(args)?;
    Ok(picked.map_or_else(|| typed.completed(&[]), |id| typed.completed(&["--pack", &id])))
}

/// The pack that somebody at the terminal picks, where the command line names none and there is somebody.
///
/// # Errors
/// As [`complete`].
pub fn picked(args: &CheckArgs) -> Result<Option<String>, Refusal> {
    if !args.audit.packs.is_empty() {
        return Ok(None);
    }
    settings::refuse_missing(&args.inputs)?;
    choose::asked()
}

/// # Errors
/// What kept the audit from being run or its report from being written.
pub fn run(args: CheckArgs, typed: &Typed) -> anyhow::Result<Status> {
    if args.folder.each_folder {
        return folder::audit_offices(args, typed);
    }
    let plan = Plan::new(args, typed, jiff::Zoned::now().date())?;
    for remark in &plan.asked.remarks {
        streams::err(&format!("注意：{remark}\n"));
    }
    let line = progress::Line::new(plan.quiet);
    let audit = audit::run(&plan.asked.settings, Dictionary::built_in(), &line)?;
    drop(line);
    let options = settings::options(&plan.asked);
    let report = Report { audit: &audit, packs: &plan.asked.settings.packs, options: &options };
    match plan.format {
        Format::Text => show_text(&report, &plan)?,
        format @ (Format::Json | Format::Csv | Format::Jsonl | Format::Md) => show_data(&report, format, &plan)?,
    }
    Ok(status(&report.audit.assessment))
}

fn status(assessment: &Assessment) -> Status {
    if assessment.has_gap() {
        Status::Gap
    } else if assessment.has_review() {
        Status::Review
    } else {
        Status::Fine
    }
}

/// The report is what the clerk needs: it is written even when the screen takes no more.
fn show_text(report: &Report<'_>, plan: &Plan) -> Result<(), Refusal> {
    let made = workbook(report, plan)?;
    let printed = match plan.product {
        Product::Published => streams::out(&report::published_text(report)),
        Product::Report | Product::Template => streams::out(&report::terminal(report, streams::width())),
    };
    let written = write(report, plan, made)?;
    let told = match written {
        Some(path) => streams::out(&told(plan.product, &path)),
        None => Ok(()),
    };
    if let Err(refusal) = printed.and(told) {
        streams::err(&format!("注意：{refusal}\n"));
    }
    Ok(())
}

/// What is printed is the result itself, so it must be whole before a report is written.
fn show_data(report: &Report<'_>, format: Format, plan: &Plan) -> Result<(), Refusal> {
    let made = workbook(report, plan)?;
    let data = match format {
        Format::Json => report::json(&report.audit.assessment),
        Format::Csv => report::csv(report, Place::default()),
        Format::Jsonl => report::jsonl(report, Place::default()),
        Format::Text | Format::Md => Ok(report::markdown(report)),
    };
    streams::out(&data.map_err(|error| Refusal::new(error.to_string()))?)?;
    write(report, plan, made)?;
    Ok(())
}

/// Where the report is, and its proof beside it.
fn told(product: Product, path: &Path) -> String {
    let proof = destination::proof_of(path);
    match product {
        Product::Report => format!("报告已写入 {}，核对文件已写入 {}\n", path.display(), proof.display()),
        Product::Published | Product::Template => format!("{}已写入 {}\n", product.noun(), path.display()),
    }
}

/// What is to be written.
enum Made<'a> {
    Nothing,
    /// With a proof beside it.
    Report(report::Made<'a>),
    /// Without one, which would name people.
    Published(Vec<u8>),
}

fn write(report: &Report<'_>, plan: &Plan, made: Made<'_>) -> Result<Option<PathBuf>, Refusal> {
    let made = match made {
        Made::Nothing => return Ok(None),
        Made::Published(bytes) => return output::write(&plan.destination, plan.product, &stem(plan), &bytes),
        Made::Report(made) => made,
    };
    let (options, sha256) = (settings::recorded(&plan.asked), sha256_hex(&made.bytes));
    let proof = |path: &Path, to: &mut dyn Write| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stamp = FileStamp { path: name, sha256: sha256.clone() };
        let written = report::write_proof(&stamp, &options, &report.audit.passed_over, &made.printed, to);
        written.map_err(|error| match error {
            ReportError::Json(error) => error.into(),
            error => io::Error::other(error),
        })
    };
    output::write_with_proof(&plan.destination, &stem(plan), &made.bytes, &proof)
}

/// What the report is called where no name was given.
fn stem(plan: &Plan) -> String {
    destination::report_stem(&plan.asked.settings.period().label(), plan.product)
}

fn workbook<'a>(report: &Report<'a>, plan: &Plan) -> Result<Made<'a>, Refusal> {
    let made = match (&plan.destination, plan.product) {
        (Destination::Nowhere, _) => Ok(Made::Nothing),
        (_, Product::Published) => report::published(report).map(Made::Published),
        (_, Product::Report | Product::Template) => report::workbook(report).map(Made::Report),
    };
    made.map_err(|error| not_made(&error))
}

/// Why a report was not made, and what to do.
pub fn not_made(error: &ReportError) -> Refusal {
    let refusal = Refusal::new(error.to_string());
    match error {
        ReportError::Temporary => refusal.advise(format!(
            "请腾出临时文件夹 {} 所在磁盘的空间再运行，或者不用 --annotate all",
            env::temp_dir().display()
        )),
        ReportError::Workbook(_)
        | ReportError::Template(_)
        | ReportError::Json(_)
        | ReportError::Lines
        | ReportError::Csv => refusal,
    }
}
