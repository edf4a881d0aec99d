//! What an audit is run with.

use std::path::PathBuf;

use jiff::civil::Date;
use sheets::TextEncoding;

use super::AuditError;
use crate::dictionary::{Columns, Dictionary};
use crate::evaluate::{Confirmed, When};
use crate::intake::Defaults;
use crate::model::{Calendar, Period, WordId};
use crate::pack::Pack;

/// The inputs, the packs and the options of a run.
pub struct Settings {
    pub inputs: Vec<PathBuf>,
    pub packs: Vec<Pack>,
    /// The audit year. Without it, the one that holds `as_of`; without that too, the latest that has ended by `today`.
    pub period: Option<Period>,
    /// The day the audit looks back from; the end of the audit year or `today`, whichever is earlier, when not given.
    pub as_of: Option<Date>,
    /// 层级 of rows and institutions that do not say: 市级, 县级, 镇街.
    pub level: Option<String>,
    /// The institution of a roster that names none.
    pub institution: Option<String>,
    /// The office's own headers and sheet names.
    pub columns: Columns,
    /// The office's terms; default dates hold without them.
    pub calendar: Calendar,
    /// The times for which the office says that its ledgers are whole.
    pub confirmed: Confirmed,
    /// Whether the copies of long sheets keep the rows that have nothing to say.
    pub whole_copies: bool,
    /// The encoding of the csv files; found out file by file when not given.
    pub encoding: Option<TextEncoding>,
    /// How many threads read; the result is the same for any number.
    pub threads: usize,
    pub today: Date,
}

impl Settings {
    /// The audit year: the one that was given, else one of the kind that the first pack is written for: that of the
    /// as-of day, or the latest that has ended.
    pub fn period(&self) -> Period {
        let school = self.packs.first().is_some_and(|pack| pack.school_year);
        self.period.unwrap_or_else(|| match self.as_of {
            Some(day) => Period::holding(school, day),
            None => Period::latest_ended(school, self.today),
        })
    }

    pub fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(|| self.period().end().min(self.today))
    }
}

/// A file to read, and the name that the run knows it by: its path, unless the run repeats an earlier one.
pub struct InputFile {
    pub path: PathBuf,
    pub name: String,
}

/// What records are read and judged by.
pub(super) struct AuditScope<'r> {
    pub dictionary: &'r Dictionary,
    pub packs: &'r [Pack],
    pub when: When,
    pub defaults: Defaults,
    pub columns: &'r Columns,
    pub whole_copies: bool,
    pub threads: usize,
    pub trace: TraceFilter<'r>,
    /// Whether a book that cannot be read to its end keeps no other from being read.
    pub reads_on: bool,
    /// Whether no time is audited, so that nothing can lie outside of it.
    pub timeless: bool,
}

/// The subjects whose rows are traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TraceFilter<'r> {
    Nobody,
    /// Those of this name or 工号; without one, the only subject there is.
    Subject(Option<&'r str>),
}

impl<'r> AuditScope<'r> {
    /// The same over another audit year, seen from its end or today, whichever is earlier.
    pub(super) fn over(&self, period: Period, today: Date) -> AuditScope<'r> {
        let when = When { period, as_of: period.end().min(today), ..self.when.clone() };
        AuditScope { when, defaults: self.defaults.clone(), ..*self }
    }

    /// The first day of what is audited, if any time is, and the day that it looks back from.
    pub(super) fn audited(&self) -> (Option<Date>, Date) {
        ((!self.timeless).then(|| self.when.period.start()), self.when.as_of)
    }

    /// Errors: a level that is no word of the dictionary's list; an audit year that has not begun.
    pub(super) fn new(
        settings: &'r Settings,
        dictionary: &'r Dictionary,
        trace: TraceFilter<'r>,
    ) -> Result<AuditScope<'r>, AuditError> {
        let period = settings.period();
        // Who names a day in it knows that; a remark says so.
        if settings.as_of.unwrap_or(settings.today) < period.start() {
            return Err(AuditError::NotBegun { period, today: settings.today });
        }
        let covers = settings.columns.answers.covers.as_slice();
        let level = settings.level.as_deref().map(|level| level_word(dictionary, level)).transpose()?;
        Ok(AuditScope {
            dictionary,
            packs: &settings.packs,
            when: When {
                period,
                as_of: settings.as_of(),
                calendar: settings.calendar.clone(),
                confirmed: match &settings.confirmed {
                    Confirmed::All => Confirmed::All,
                    Confirmed::Spans(spans) => Confirmed::Spans([spans.as_slice(), covers].concat()),
                },
            },
            defaults: Defaults { level, institution: settings.institution.clone() },
            columns: &settings.columns,
            whole_copies: settings.whole_copies,
            threads: settings.threads,
            trace,
            reads_on: false,
            timeless: false,
        })
    }
}

/// The word of a 层级. Errors: if the dictionary's list has no such word.
pub(super) fn level_word(dictionary: &Dictionary, level: &str) -> Result<WordId, AuditError> {
    let list = dictionary.list(dictionary.schema.levels);
    let unknown = || AuditError::Level { written: level.to_string(), allowed: list.words.join("、") };
    list.one(level).ok_or_else(unknown)
}
