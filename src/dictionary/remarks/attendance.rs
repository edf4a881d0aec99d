//! The words for columns of a ledger that name who was absent, or who was there of those who were to be.

use std::collections::HashSet;

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// Whether somebody whom such a column names was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    Absent,
    /// And those whom it does not name may not have been.
    Present,
    /// Somebody else was there for those on the row.
    Replaced,
}

/// The headers of `[remarks]` for attendance, in their normal form.
#[derive(Debug, Default)]
pub struct AttendanceWords {
    absent: HashSet<String>,
    present: HashSet<String>,
    replaced: HashSet<String>,
    /// Words of a text that tells how many were there, and not who: 全到, 2人.
    everybody: Vec<String>,
}

impl AttendanceWords {
    pub(super) fn read(words: &Form<'_, '_>) -> AttendanceWords {
        let set = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        AttendanceWords {
            absent: set("absent-headers"),
            present: set("present-headers"),
            replaced: set("replaced-headers"),
            everybody: words.strings("everybody"),
        }
    }

    /// Whether a text below such a header names people.
    pub fn names_people(&self, text: &str) -> bool {
        let is_told =
            text.chars().any(char::is_numeric) || self.everybody.iter().any(|word| text.contains(word.as_str()));
        !is_told && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
    }

    /// Of whom a column under this header, in its normal form, says whether they were there.
    pub fn of_header(&self, normal: &str) -> Option<Attendance> {
        match () {
            () if self.absent.contains(normal) => Some(Attendance::Absent),
            () if self.replaced.contains(normal) => Some(Attendance::Replaced),
            () => self.present.contains(normal).then_some(Attendance::Present),
        }
    }
}
