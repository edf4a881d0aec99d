//! What somebody on the roster does: the columns that say so, and the words for work of which they may be no officer.

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// The words of `[posts]`, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Posts {
    headers: Vec<String>,
    /// Of lists of teachers.
    teacher_headers: Vec<String>,
    none: Vec<String>,
    officers: Vec<String>,
    work: Vec<String>,
    offices: Vec<String>,
    beside: Vec<String>,
    harmless: Vec<String>,
    sent: Vec<String>,
    back: Vec<String>,
}

impl Posts {
    pub(super) fn read(form: &Form<'_, '_>) -> Posts {
        let Some(words) = form.form("posts") else { return Posts::default() };
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        let posts = Posts {
            headers: words.strings("headers").iter().map(|text| normalise(text)).collect(),
            teacher_headers: words.strings("teacher-headers").iter().map(|text| normalise(text)).collect(),
            none: normal("none"),
            officers: normal("officers"),
            work: normal("work"),
            offices: normal("offices"),
            beside: normal("beside"),
            harmless: normal("harmless"),
            sent: normal("sent"),
            back: normal("back"),
        };
        words.finish();
        posts
    }

    /// Whether a column under this header, in its normal form, says what somebody does, of a list of officers or of teachers.
    pub(super) fn is_header(&self, normal: &str, of_teachers: bool) -> bool {
        let is_own = |headers: &[String]| headers.iter().any(|header| header == normal);
        is_own(&self.headers) || of_teachers && is_own(&self.teacher_headers)
    }

    /// Whether a text says work of which somebody may be no officer: 司机, 非教研员. A remark may name an office for another
    /// reason, and what somebody does beside is not all that they do: 兼会计.
    pub(super) fn is_other(&self, text: &str, is_post: bool) -> bool {
        let normal = with_hints(text);
        let rest = self.harmless.iter().fold(normal, |rest, word| rest.replace(word.as_str(), ""));
        let holds = |words: &[String]| words.iter().any(|word| rest.contains(word.as_str()));
        let is_all = |word: &String| {
            rest.split_once(word.as_str())
                .is_some_and(|(front, _)| !self.beside.iter().any(|beside| front.contains(beside.as_str())))
        };
        let does = |words: &[String]| words.iter().any(is_all);
        holds(&self.none) || !holds(&self.officers) && (does(&self.work) || is_post && does(&self.offices))
    }

    /// The word by which a text says that somebody was sent elsewhere, and not that they are back: 借调区教体局.
    pub(super) fn sent(&self, normal: &str) -> Option<&str> {
        let is_back = self.back.iter().any(|word| normal.contains(word.as_str()));
        let word = self.sent.iter().find(|word| normal.contains(word.as_str())).filter(|_| !is_back);
        word.map(String::as_str)
    }
}
