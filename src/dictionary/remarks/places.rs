//! Where somebody was, as a remark or the name of a place says: from afar, not at a school, at none where one teaches.

use super::reading::Remarks;
use crate::dictionary::words::with_hints;

impl Remarks {
    /// Whether a header asks if it was seen from afar: 是否线上, 线上.
    pub fn asks_remote(&self, normal: &str) -> bool {
        let bare = normal.strip_prefix("是否").or_else(|| normal.strip_suffix("与否")).unwrap_or(normal);
        self.places.remote.iter().any(|word| word == bare)
    }

    /// Whether a column under this header, in its normal form, says where it was, beside the school: 地点.
    pub fn is_place_header(&self, normal: &str) -> bool {
        self.places.headers.iter().any(|header| header == normal)
    }

    /// Whether a remark says that nobody went to a place, but saw it from afar: 线上.
    pub fn is_remote(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let bare = normal.trim_matches(|c| "()。.,、;".contains(c));
        self.places.remote_alone.iter().any(|word| word == bare)
            || self.places.remote.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether the name of a book says that its rows were seen from afar: 线上教研活动台账.
    pub fn is_remote_book(&self, name: &str) -> bool {
        let normal = with_hints(name);
        let holds = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        holds(&self.places.remote_books) && !holds(&self.places.no_remote_books)
    }

    /// Whether a text says nothing but that it was seen from afar: 线上, 网络形式.
    pub fn is_only_remote(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let words = self.places.remote.iter().chain(&self.places.remote_alone);
        let mut behind = words.filter_map(|word| normal.strip_prefix(word.as_str()));
        behind.any(|rest| rest.is_empty() || self.places.afar_behind.iter().any(|word| word == rest))
    }

    /// Whether a place is none where one goes to visit a school: 腾讯会议, 教研室; and not 城关小学会议室, or 田家中心校, in which 家中 runs
    /// into what the school is called.
    pub fn is_elsewhere(&self, place: &str, is_school: impl Fn(&str) -> bool) -> bool {
        let normal = with_hints(place);
        let named = self.places.elsewhere.iter().filter_map(|word| Some((word, normal.split_once(word.as_str())?)));
        let runs_on = |word: &str, back: &str| {
            word.chars().next_back().is_some_and(|last| !back.is_empty() && is_school(&format!("{last}{back}")))
        };
        let mut is_no_school = named.map(|(word, (front, back))| !is_school(front) && !runs_on(word, back));
        self.places.remote.iter().any(|word| normal.contains(word.as_str())) || is_no_school.any(|is| is)
    }

    /// Whether a place is no primary or secondary school: 街道办事处, 外海幼儿园, 外海一幼.
    pub fn is_no_school(&self, place: &str, is_school: impl Fn(&str) -> bool) -> bool {
        let normal = with_hints(place);
        let is_named = self.places.no_school_ends.iter().any(|word| normal.ends_with(word.as_str()))
            || self.places.no_schools.iter().any(|word| normal.contains(word.as_str()));
        is_named || self.is_elsewhere(place, is_school)
    }

    /// Whether a remark says that it was in a kindergarten: 实际在附属幼儿园.
    pub fn is_in_kindergarten(&self, text: &str) -> bool {
        let normal = with_hints(text);
        normal == "幼儿园" || self.places.kindergarten.iter().any(|word| normal.contains(word.as_str()))
    }

    /// The words for what takes place in a school, for which one goes there.
    pub fn on_site(&self) -> &[String] {
        &self.places.on_site
    }
}
