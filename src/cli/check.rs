//! `jiaoyan check`: audits records against packs, prints the result and writes the report.

use std::ffi::OsString;

use super::args::{CheckArgs, Format};
use super::destination::{self, Destination, Product};
use super::settings::{self, Plan};
use super::{Refusal, Status, Typed, choose, output, progress, streams};
use crate::audit;
use crate::model::Assessment;
use crate::report::{self, Report};

/// The whole command line: with the pack that somebody at the terminal picks, where it names none.
///
/// # Errors
/// Nothing was picked, or there is nothing to audit.
pub fn complete(args: &CheckArgs, typed: &Typed) -> Result<Vec<OsString>, Refusal> {
    if !args.audit.packs.is_empty() {
        return Ok(typed.completed(&[]));
    }
    settings::refuse_missing(&args.inputs)?;
    let picked = choose::asked()?;
    Ok(picked.map_or_else(|| typed.completed(&[]), |id| typed.completed(&["--pack", &id])))
}

/// # Errors
/// What kept the audit from being run or its report from being written.
pub fn run(args: CheckArgs, typed: &Typed) -> anyhow::Result<Status> {
    let plan = Plan::new(args, typed, jiff::Zoned::now().date())?;
    for remark in &plan.asked.remarks {
        streams::err(&format!("注意：{remark}\n"));
    }
    let line = progress::Line::new(plan.quiet);
    let audit = audit::run(&plan.asked.settings, &line)?;
    drop(line);
    let options = settings::options(&plan.asked, &audit.assessment);
    let report = Report { audit: &audit, packs: &plan.asked.settings.packs, options: &options };
    match plan.format {
        Format::Text => show_text(&report, &plan.destination)?,
        format @ (Format::Json | Format::Csv | Format::Md) => show_data(&report, format, &plan.destination)?,
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
fn show_text(report: &Report<'_>, destination: &Destination) -> Result<(), Refusal> {
    let bytes = workbook(report, destination)?;
    let printed = streams::out(&report::terminal(report, streams::width()));
    let written = output::write(destination, Product::Report, &stem(report), &bytes)?;
    let told = match written {
        Some(path) => streams::out(&format!("报告已写入 {}\n", path.display())),
        None => Ok(()),
    };
    if let Err(refusal) = printed.and(told) {
        streams::err(&format!("注意：{refusal}\n"));
    }
    Ok(())
}

/// What is printed is the result itself, so it must be whole before a report is written.
fn show_data(report: &Report<'_>, format: Format, destination: &Destination) -> Result<(), Refusal> {
    let bytes = workbook(report, destination)?;
    let data = match format {
        Format::Json => report::json(&report.audit.assessment),
        Format::Csv => report::csv(report),
        Format::Text | Format::Md => Ok(report::markdown(report)),
    };
    streams::out(&data.map_err(|error| Refusal::new(error.to_string()))?)?;
    output::write(destination, Product::Report, &stem(report), &bytes)?;
    Ok(())
}

/// What the report is called where no name was given.
fn stem(report: &Report<'_>) -> String {
    destination::report_stem(&settings::period_label(&report.audit.assessment))
}

fn workbook(report: &Report<'_>, destination: &Destination) -> Result<Vec<u8>, Refusal> {
    match destination {
        Destination::Nowhere => Ok(Vec::new()),
        Destination::FreeName | Destination::Named { .. } => {
            report::workbook(report).map_err(|error| Refusal::new(error.to_string()))
        }
    }
}
