//! What is asked of the records, apart from where they come from: files and the tables of a case are asked alike.

use super::{AuditError, Settings};
use crate::dictionary::{Columns, Dictionary};
use crate::evaluate::When;
use crate::intake::Defaults;
use crate::model::WordId;
use crate::pack::Pack;

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
}

/// The subjects whose rows are traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TraceFilter<'r> {
    Nobody,
    /// Those of this name or 工号; without one, the only subject there is.
    Subject(Option<&'r str>),
}

impl<'r> AuditScope<'r> {
    /// # Errors
    /// A level that is no word of the dictionary's list.
    pub(super) fn new(
        settings: &'r Settings,
        dictionary: &'r Dictionary,
        trace: TraceFilter<'r>,
    ) -> Result<AuditScope<'r>, AuditError> {
        let level = settings.level.as_deref().map(|level| level_word(dictionary, level)).transpose()?;
        Ok(AuditScope {
            dictionary,
            packs: &settings.packs,
            when: When { period: settings.period(), as_of: settings.as_of(), calendar: settings.calendar.clone() },
            defaults: Defaults { level, institution: settings.institution.clone() },
            columns: &settings.columns,
            whole_copies: settings.whole_copies,
            threads: settings.threads,
            trace,
            reads_on: false,
        })
    }
}

/// The word of a 层级.
///
/// # Errors
/// When the dictionary's list has no such word.
pub(super) fn level_word(dictionary: &Dictionary, level: &str) -> Result<WordId, AuditError> {
    let list = dictionary.list(dictionary.schema.levels);
    let unknown = || AuditError::Level { written: level.to_string(), allowed: list.words.join("、") };
    list.one(level).ok_or_else(unknown)
}
