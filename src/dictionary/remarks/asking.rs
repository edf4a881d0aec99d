//! The words for columns that ask something of their rows, and for the answers: 是否参加, 在聘, 否.

use std::collections::HashSet;

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// A longer text says more than no: 不在编，由学校代管.
const LONGEST_NO: usize = 6;
/// A longer number is no code.
const LONGEST_CODE: usize = 2;

/// The words of `[remarks]` for questions and answers, in their normal form.
#[derive(Debug, Default)]
pub struct AskingWords {
    asked: Vec<String>,
    in_force: Vec<String>,
    progress: Vec<String>,
    attended: Vec<String>,
    ticks: Vec<String>,
    signed: Vec<String>,
    ticked: Vec<String>,
    not_done: Vec<String>,
    /// Parts of headers of what has become of a row, and of what was said of it.
    states: Vec<String>,
    reviews: Vec<String>,
    /// Parts of English words for it, in small letters: those by which it counts, and those by which it may not.
    settled: Vec<String>,
    unsettled: Vec<String>,
    pub(super) no: HashSet<String>,
    pub(super) yes: HashSet<String>,
}

impl AskingWords {
    pub(super) fn read(words: &Form<'_, '_>) -> AskingWords {
        let headers = |key| words.strings(key).iter().map(|text| normalise(text)).collect();
        let set = |key| words.strings(key).iter().map(|text| with_hints(text)).collect();
        AskingWords {
            asked: headers("asked"),
            in_force: headers("in-force"),
            progress: headers("progress"),
            attended: headers("attended"),
            ticks: headers("ticks"),
            signed: headers("signed"),
            ticked: headers("ticked"),
            not_done: headers("not-done"),
            states: headers("states"),
            reviews: headers("reviews"),
            settled: headers("settled"),
            unsettled: headers("unsettled"),
            no: set("no"),
            yes: set("yes"),
        }
    }

    /// Whether a column under this header, in its normal form, says how much of it was done.
    pub fn says_progress(&self, normal: &str) -> bool {
        self.progress.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a text under this header, in its normal form, says that only a part of it was done: 50%, 6/12.
    pub fn says_part(&self, normal: &str, text: &str) -> bool {
        let within = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        let share = || is_share(text) && self.says_progress(normal);
        share() || is_part_of(text) && (self.says_progress(normal) || within(&self.attended))
    }

    /// Whether a column under this header, in its normal form, is ticked or signed for what was done.
    pub fn is_ticks(&self, normal: &str) -> bool {
        self.ticks.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a text under such a header is the tick, or the name of who signed.
    pub fn is_tick(&self, normal: &str, text: &str) -> bool {
        let text = with_hints(text);
        self.yes.contains(&text)
            || (text.starts_with('已') && !self.not_done.contains(&text))
            || self.ticked.contains(&text)
            || self.signed.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a column under this header, in its normal form, says what has become of its rows: 审核状态, 审批.
    pub fn says_state(&self, normal: &str) -> bool {
        self.states.iter().chain(&self.reviews).any(|part| normal.contains(part.as_str()))
    }

    /// Whether a text under such a header is a code, or an English word, that does not surely say that its row counts: 2, rejected.
    /// 1 is a yes only of a review.
    pub fn is_open_state(&self, normal: &str, text: &str) -> bool {
        let text = with_hints(text).to_ascii_lowercase();
        if text.is_empty() || !text.is_ascii() {
            return false;
        }
        let holds = |text: &str, words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        if text.chars().all(|c| c.is_ascii_digit()) {
            return text.len() <= LONGEST_CODE && (text != "1" || !holds(normal, &self.reviews));
        }
        let is_word = text.chars().all(|c| c.is_ascii_alphabetic() || "_-/()".contains(c)) && !self.is_bare_yes(&text);
        is_word && (holds(&text, &self.unsettled) || !holds(&text, &self.settled))
    }

    /// Whether a text says no, and nothing else.
    pub fn is_bare_no(&self, text: &str) -> bool {
        self.no.contains(&normalise(text))
    }

    /// Whether a text says yes, and nothing else.
    pub fn is_bare_yes(&self, text: &str) -> bool {
        self.yes.contains(&normalise(text))
    }

    /// Whether a header asks if something took place: 出勤, 本人是否参加.
    pub(super) fn asks(&self, normal: &str) -> bool {
        let asks = normal.starts_with("是否") || normal.starts_with("实际") || normal.ends_with('否');
        self.asked.iter().any(|word| normal == word || (asks && normal.contains(word.as_str())))
    }

    /// Whether a header asks if somebody or something on a list still counts: 是否在聘, 资格审查, 兑现情况.
    pub(super) fn asks_in_force(&self, normal: &str) -> bool {
        let bare = ["是否", "有无"].iter().find_map(|front| normal.strip_prefix(front));
        let ends = ["与否", "情况", "状态", "结果", "意见", "否"];
        let word = || ends.iter().find_map(|end| normal.strip_suffix(end)).unwrap_or(normal);
        self.in_force.iter().any(|one| bare.is_some_and(|bare| bare.contains(one.as_str())) || one == word())
    }

    /// Whether a text says no to what a header asks, in whatever words: 否, 未到岗, 不符合.
    pub(super) fn says_no(&self, bare: &str) -> bool {
        let is_no = bare.starts_with(['未', '不', '没', '待', '非']) && bare.chars().nth(LONGEST_NO).is_none();
        self.no.contains(bare) || is_no
    }
}

/// Whether what is asked for was done in part: 50%.
pub(super) fn is_share(text: &str) -> bool {
    text.strip_suffix('%').and_then(number).is_some_and(|share| share < 100.0)
}

/// Whether so many of all were done: 6/12.
fn is_part_of(text: &str) -> bool {
    let parts = text.split_once('/').and_then(|(part, all)| Some((number(part)?, number(all)?)));
    parts.is_some_and(|(part, all)| part < all)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}
