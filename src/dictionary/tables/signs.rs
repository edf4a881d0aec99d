//! Signs of records of a table whatever a sheet is called, as the dictionary file writes them.

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// Parts of headers, in normal form, by which a sheet may hold rows of a table: whose or which office's they are, and what was done.
#[derive(Debug, Default)]
pub struct SignWords {
    pub people: Vec<String>,
    /// Of numbers of people: 工号.
    pub numbers: Vec<String>,
    pub offices: Vec<String>,
    /// Of the day on which something was done.
    pub days: Vec<String>,
    /// Of other days: 提交时间.
    pub other_days: Vec<String>,
    pub work: Vec<String>,
    /// Parts of headers that hold one of these and are no sign: 学生姓名.
    pub harmless: Vec<String>,
}

pub(in crate::dictionary) fn signs(form: Form<'_, '_>) -> SignWords {
    let normal = |key| form.strings(key).iter().map(|text| normalise(text)).collect();
    let signs = SignWords {
        people: normal("people"),
        numbers: normal("numbers"),
        offices: normal("offices"),
        days: normal("days"),
        other_days: normal("other-days"),
        work: normal("work"),
        harmless: normal("harmless"),
    };
    form.finish();
    signs
}
