//! `jiaoyan inspect`: shows what would be read of some files, and gives no verdict.

use super::args::{Encoding, InspectArgs, InspectFormat};
use super::watch::Limits;
use super::{Refusal, Status, pack_source, progress, settings, streams};
use crate::audit::Settings;
use crate::audit::inspect::{self, Inspection};
use crate::dictionary::Dictionary;
use crate::model::Calendar;
use crate::report;

/// # Errors
/// A setting that has no meaning, or nothing to look at.
pub fn run(args: InspectArgs) -> anyhow::Result<Status> {
    settings::refuse_missing(&args.inputs)?;
    let today = jiff::Zoned::now().date();
    let settings = Settings {
        packs: Vec::new(),
        period: None,
        as_of: Some(today),
        level: args.level.as_deref().map(settings::level).transpose()?,
        institution: args.institution.as_deref().map(settings::institution).transpose()?,
        columns: args.columns.as_deref().map(pack_source::load_columns).transpose()?.unzip().0.unwrap_or_default(),
        calendar: Calendar::default(),
        whole_copies: false,
        encoding: args.encoding.map(Encoding::of_text),
        inputs: args.inputs,
        threads: Limits::threads(&args.limits)?,
        today,
    };
    let line = progress::Line::new(args.quiet);
    let inspection = inspect::inspect(&settings, Dictionary::built_in(), &line)?;
    drop(line);
    let text = match args.format {
        InspectFormat::Text => report::inspection(&inspection),
        InspectFormat::Json => report::inspection_json(&inspection).map_err(|_| Refusal::new("结果不能写成 JSON"))?,
    };
    streams::out(&text)?;
    Ok(status(&inspection))
}

fn status(inspection: &Inspection) -> Status {
    if !inspection.can_run() {
        Status::NotRun
    } else if inspection.has_issue() {
        Status::Review
    } else {
        Status::Fine
    }
}
