//! What an audit is run with.

use std::path::PathBuf;

use jiff::civil::Date;
use sheets::TextEncoding;

use crate::dictionary::Columns;
use crate::model::{Calendar, Period};
use crate::pack::Pack;

/// The inputs, the packs and the options of a run.
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

/// A file to read, and the name that the run knows it by: its path, unless the run repeats an earlier one.
pub struct InputFile {
    pub path: PathBuf,
    pub name: String,
}
