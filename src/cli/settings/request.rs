//! An audit that can be run.

use std::path::PathBuf;

use jiff::civil::Date;

use super::args::{AuditArgs, Encoding};
use super::choose::pack_not_given;
use super::packs::load_packs;
use super::side_files::{Defects, load_calendar, load_columns};
use super::values::{day, institution, level};
use crate::audit::{Audit, Settings};
use crate::cli::{Typed, UserError};
use crate::dictionary::Dictionary;
use crate::model::{FileStamp, Period};
use crate::pack::Pack;
use crate::report::Report;

/// An audit that can be run.
pub(crate) struct PreparedAudit<'d> {
    pub settings: Settings,
    pub dictionary: &'d Dictionary,
    /// The packs as the command line names them, in their order.
    pub pack_names: Vec<PathBuf>,
    /// The office's calendar file. `None` if none is given.
    pub calendar: Option<FileStamp>,
    /// The file with the office's own headers. `None` if none is given.
    pub columns: Option<FileStamp>,
    /// What is allowed and yet odd.
    pub remarks: Vec<String>,
}

impl<'d> PreparedAudit<'d> {
    /// Prepares what was typed; `load` loads the packs that are named.
    pub(crate) fn new(
        args: AuditArgs,
        inputs: Vec<PathBuf>,
        load: impl Fn(&[PathBuf]) -> Result<Vec<Pack>, UserError>,
        threads: usize,
        today: Date,
        dictionary: &'d Dictionary,
    ) -> Result<PreparedAudit<'d>, UserError> {
        let period = args.period.as_deref().map(Period::parse).transpose();
        let period = period.map_err(|error| UserError::new(error.to_string()))?;
        let as_of = args.as_of.as_deref().map(day).transpose()?;
        let level = args.defaults.level.as_deref().map(|text| level(text, dictionary)).transpose()?;
        let institution = args.defaults.institution.as_deref().map(institution).transpose()?;
        let packs = load(&args.packs)?;
        if let Some(as_of) = as_of {
            refuse_early(as_of, period.or_else(|| default_period(&packs, today)))?;
        }
        let calendar = args.calendar.map(|path| load_calendar(&path, Defects::Printed)).transpose()?;
        let columns = args.reading.columns.map(|path| load_columns(&path, Defects::Printed, dictionary)).transpose()?;
        let (calendar, columns) = (calendar.unwrap_or_default(), columns.unwrap_or_default());
        let late = as_of.filter(|as_of| *as_of > today);
        let remarks = late.map(|as_of| format!("核查日 {as_of} 还没有到，今天是 {today}")).into_iter().collect();
        let settings = Settings {
            inputs,
            packs,
            period,
            as_of,
            level,
            institution,
            columns: columns.content,
            calendar: calendar.content,
            whole_copies: false,
            encoding: args.reading.encoding.map(Encoding::of_text),
            threads,
            today,
        };
        let (calendar, columns) = (calendar.stamp, columns.stamp);
        Ok(PreparedAudit { settings, dictionary, pack_names: args.packs, calendar, columns, remarks })
    }

    /// What a report of the audit is made from. The options are those of `options`.
    pub(crate) fn report<'a>(&'a self, audit: &'a Audit, options: &'a [(String, String)]) -> Report<'a> {
        Report { audit, packs: &self.settings.packs, dictionary: self.dictionary, options }
    }
}

/// Loads the packs of a check, of which there must be one.
pub(crate) fn load_required(named: &[PathBuf], typed: &Typed, dictionary: &Dictionary) -> Result<Vec<Pack>, UserError> {
    if named.is_empty() { Err(pack_not_given(typed, dictionary)) } else { load_packs(named, dictionary) }
}

/// The audit year that is taken where none is given, when all packs agree on its kind.
fn default_period(packs: &[Pack], today: Date) -> Option<Period> {
    let school = packs.first()?.school_year;
    packs.iter().all(|pack| pack.school_year == school).then(|| Period::latest_ended(school, today))
}

fn refuse_early(as_of: Date, period: Option<Period>) -> Result<(), UserError> {
    match period {
        Some(period) if as_of < period.start() => {
            let sentence = format!("核查日 {as_of} 早于核查年度（{}）的第一天 {}", period.label(), period.start());
            Err(UserError::new(sentence).advise("请改 --as-of，或用 --period 指定年度"))
        }
        Some(_) | None => Ok(()),
    }
}
