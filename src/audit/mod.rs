//! The way of the data: files are read, rows are taken in and tallied, amounts are judged, and one result comes out.

mod assess;
mod book;
pub mod cases;
mod crew;
mod error;
mod fold;
pub mod inspect;
mod sheets;
mod stream;
mod workload;

use ::sheets::{Beat, TextEncoding, no_beat};
pub use error::AuditError;
use fold::Wanted;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::dictionary::{Columns, Dictionary};
use crate::evaluate::{Accounts, When};
use crate::intake::{Defaults, files};
use crate::model::{Assessment, Calendar, Copy, IssueKind, Period, WordId};
use crate::pack::Pack;

/// What an audit is run with.
pub struct Settings {
    pub inputs: Vec<PathBuf>,
    pub packs: Vec<Pack>,
    /// The audit year; the latest one that has ended by `today` when it is not given.
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
    /// Whether the copies of long sheets keep the rows that have nothing to say.
    pub whole_copies: bool,
    /// The encoding of the csv files; found out file by file when not given.
    pub encoding: Option<TextEncoding>,
    /// How many threads read; the result is the same for any number.
    pub threads: usize,
    pub today: Date,
}

/// An audit's whole result.
#[derive(Debug)]
pub struct Audit {
    pub assessment: Assessment,
    /// For each sheet of the assessment, the rows that the report shows again.
    pub copies: Vec<Copy>,
    /// What the run did that nobody asked for: the audit year it took, files it passed over. Plain Chinese.
    pub notes: Vec<String>,
    /// People in the roster; rows of one person are one.
    pub people: u64,
    /// How many issues of each kind each sheet has; only so many of them are listed.
    pub issue_counts: BTreeMap<(u32, IssueKind), u32>,
    /// Of the subjects that an explanation was asked about, how each row was taken.
    pub accounts: Vec<Accounts>,
    /// Of the notes, those on files that were passed over.
    pub passed_over: Vec<String>,
}

/// A file to read, and the name that the run knows it by: its path, unless the run repeats an earlier one.
pub struct Known {
    pub path: PathBuf,
    pub name: String,
}

/// What a run does with files or sheets, one after the other or side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Opening files and looking at their first rows.
    Opening,
    /// Reading the rows of sheets.
    Reading,
}

/// Is told how far the reading is, so that a long run can show it; from several threads.
pub trait Progress: Sync {
    /// So many files or sheets are to be gone through now, which hold so many bytes where that matters.
    fn stage(&self, stage: Stage, all: usize, bytes: u64);
    /// A file, or a sheet of it, is about to be opened or read.
    fn begin(&self, file: &str);
    /// That is done; so many bytes were gone through of which no beat told.
    fn end(&self, file: &str, bytes: u64);
    /// So many rows were read since the last call.
    fn rows(&self, rows: u64);
    /// For now no file is being read.
    fn rest(&self);
    /// What to call at each step of reading a file, with its bytes, on whatever thread.
    fn beat(&self) -> Beat;
}

/// Nobody is told.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _stage: Stage, _all: usize, _bytes: u64) {}
    fn begin(&self, _file: &str) {}
    fn end(&self, _file: &str, _bytes: u64) {}
    fn rows(&self, _rows: u64) {}
    fn rest(&self) {}
    fn beat(&self) -> Beat {
        no_beat()
    }
}

/// What is asked of the records, apart from where they come from.
struct Question<'p> {
    pub packs: &'p [Pack],
    pub when: When,
    pub defaults: Defaults,
    pub columns: &'p Columns,
    pub whole_copies: bool,
    pub threads: usize,
    pub wanted: Wanted<'p>,
}

impl Settings {
    /// The audit year: the one that was given, else the latest that has ended of the kind that the first pack is
    /// written for.
    pub fn period(&self) -> Period {
        let school = self.packs.first().is_some_and(|pack| pack.school_year);
        self.period.unwrap_or_else(|| Period::latest_ended(school, self.today))
    }

    pub fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(|| self.period().end().min(self.today))
    }
}

/// Runs an audit.
///
/// # Errors
/// When an input cannot be read wholly, or a setting has no meaning; nothing is judged then.
pub fn run(settings: &Settings, progress: &dyn Progress) -> Result<Audit, AuditError> {
    run_for(settings, Wanted::Nobody, progress)
}

/// Runs an audit that keeps the accounts of the subjects of a name or 工号; without one, of the only subject.
///
/// # Errors
/// As [`run`], and when nobody is called so or nobody is named of several.
pub fn explain(settings: &Settings, subject: Option<&str>, progress: &dyn Progress) -> Result<Audit, AuditError> {
    run_for(settings, Wanted::Subject(subject), progress)
}

/// Repeats an earlier run over its files, in the order that it had them, with its notes on those that it passed over.
///
/// # Errors
/// As [`run`].
pub fn again(
    settings: &Settings,
    files: &[Known],
    passed_over: Vec<String>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    run_over(settings, Wanted::Nobody, files, passed_over, progress)
}

fn run_for(settings: &Settings, wanted: Wanted<'_>, progress: &dyn Progress) -> Result<Audit, AuditError> {
    let (mut paths, mut passed_over) = files::find(&settings.inputs)?;
    // The same files give the same report in whatever order they are named.
    paths.sort();
    passed_over.sort();
    let known = |path: PathBuf| Known { name: path.display().to_string(), path };
    let files: Vec<Known> = paths.into_iter().map(known).collect();
    run_over(settings, wanted, &files, passed_over, progress)
}

fn run_over(
    settings: &Settings,
    wanted: Wanted<'_>,
    files: &[Known],
    passed_over: Vec<String>,
    progress: &dyn Progress,
) -> Result<Audit, AuditError> {
    let dictionary = Dictionary::built_in();
    let question = question(settings, wanted, dictionary)?;
    let mut notes = passed_over.clone();
    if settings.period.is_none() {
        notes.insert(0, format!("没有指定核查年度，按最近结束的{}核查", question.when.period.label()));
    }
    let books = book::open(files, settings.encoding, settings.threads, progress)?;
    let mut audit = assess::assess(&books, &question, dictionary, progress)?;
    notes.append(&mut audit.notes);
    audit.notes = notes;
    audit.passed_over = passed_over;
    Ok(audit)
}

/// What is asked of the records by some settings.
fn question<'s>(
    settings: &'s Settings,
    wanted: Wanted<'s>,
    dictionary: &Dictionary,
) -> Result<Question<'s>, AuditError> {
    Ok(Question {
        packs: &settings.packs,
        when: When { period: settings.period(), as_of: settings.as_of(), calendar: settings.calendar.clone() },
        defaults: Defaults {
            level: settings.level.as_deref().map(|level| level_word(dictionary, level)).transpose()?,
            institution: settings.institution.clone(),
        },
        columns: &settings.columns,
        whole_copies: settings.whole_copies,
        threads: settings.threads,
        wanted,
    })
}

fn level_word(dictionary: &Dictionary, level: &str) -> Result<WordId, AuditError> {
    let list = dictionary.lists.iter().find(|list| list.id == "level");
    list.and_then(|list| list.one(level)).ok_or_else(|| AuditError::Level {
        written: level.to_string(),
        allowed: list.map(|list| list.words.join("、")).unwrap_or_default(),
    })
}
