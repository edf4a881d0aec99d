//! The words for columns of a ledger that name who was absent, or who was there of those who were to be.

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

/// The words of `[remarks]` for attendance, in their normal form.
#[derive(Debug, Default)]
pub struct AttendanceWords {
    absent: Vec<String>,
    present: Vec<String>,
    replaced: Vec<String>,
    /// What a header that names people ends with.
    people: Vec<String>,
    /// What a header that asks why ends with.
    reasons: Vec<String>,
    /// Words of a text that tells how many were there, and not who: 全到, 2人.
    everybody: Vec<String>,
}

impl AttendanceWords {
    pub(super) fn read(words: &Form<'_, '_>) -> AttendanceWords {
        let list = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        AttendanceWords {
            absent: list("was-absent"),
            present: list("was-there"),
            replaced: list("was-replaced"),
            people: list("people-ends"),
            reasons: list("reason-ends"),
            everybody: words.strings("everybody"),
        }
    }

    /// Whether a column under this header, in its normal form, says why somebody was absent: 缺席原因.
    pub fn asks_why(&self, normal: &str) -> bool {
        let bare = self.reasons.iter().find_map(|end| normal.strip_suffix(end.as_str()));
        bare.is_some_and(|bare| self.absent.iter().any(|word| bare.ends_with(word.as_str())))
    }

    /// Whether a text below such a header names people.
    pub fn names_people(&self, text: &str) -> bool {
        let is_told =
            text.chars().any(char::is_numeric) || self.everybody.iter().any(|word| text.contains(word.as_str()));
        !is_told && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
    }

    /// Of whom a column under this header, in its normal form, says whether they were there: 请假人员, 缺席.
    pub fn of_header(&self, normal: &str) -> Option<Attendance> {
        let bare = self.people.iter().filter_map(|end| normal.strip_suffix(end.as_str())).min_by_key(|bare| bare.len());
        let is_said =
            |words: &[String]| bare.is_some_and(|bare| words.iter().any(|word| bare.ends_with(word.as_str())));
        match () {
            () if self.absent.iter().any(|word| word == normal) || is_said(&self.absent) => Some(Attendance::Absent),
            () if is_said(&self.replaced) => Some(Attendance::Replaced),
            () => is_said(&self.present).then_some(Attendance::Present),
        }
    }
}
