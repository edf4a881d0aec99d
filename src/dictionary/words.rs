//! Lists of accepted words, and lists of members that a rule can ask to be covered.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::model::WordId;

/// The place of a list in the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u8);

/// Words that a cell may hold, with the other ways to write them.
#[derive(Debug, Default)]
pub struct WordList {
    pub id: String,
    /// The words rise from low to high.
    pub ordered: bool,
    /// The standard way to write each word.
    pub words: Vec<String>,
    /// What each written form means, by its normal form.
    pub(super) written: HashMap<String, Meaning>,
    pub groups: Vec<(String, Vec<WordId>)>,
    /// Words by which one event may be called in two registers, beside those of a group.
    pub alike: Vec<(String, Vec<WordId>)>,
    /// Subjects that are one in some places: what it is called there, and those that it is made of.
    pub taught_as_one: Vec<(String, Vec<WordId>)>,
    /// What may stand in brackets beside a word without changing it, by its normal form.
    pub(super) beside: HashSet<String>,
    /// Written forms that are no word of the list though they look like one, with what to do about them.
    pub(super) refused: HashMap<String, Arc<str>>,
    /// Words whose amount is money, words of which only yes or no is asked, and words of which either a number or yes or no is.
    pub money: Vec<WordId>,
    pub yes_no: Vec<WordId>,
    pub or_yes_no: Vec<WordId>,
    /// Words whose amount is part of another one's: the part, the whole.
    pub at_most: Vec<(WordId, WordId)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    One(WordId),
    /// All of these: 义务教育.
    All(Vec<WordId>),
    /// One of these, no telling which: 视导.
    Either(Vec<WordId>),
}

impl WordList {
    /// The words that may be written for another one where some subjects are taught as one.
    pub fn wholes_of(&self, part: WordId) -> impl Iterator<Item = WordId> {
        let wholes = self.taught_as_one.iter().filter(move |(_, parts)| parts.contains(&part));
        wholes.filter_map(|(whole, _)| self.one(whole))
    }

    pub fn word(&self, id: WordId) -> &str {
        &self.words[usize::from(id.0)]
    }

    /// The one word that a text stands for.
    pub fn one(&self, text: &str) -> Option<WordId> {
        match self.meaning(text)? {
            Meaning::One(word) => Some(*word),
            Meaning::All(_) | Meaning::Either(_) => None,
        }
    }

    /// The words of which a text means one, if the list says so.
    pub fn either(&self, text: &str) -> Option<&[WordId]> {
        match self.meaning(text)? {
            Meaning::Either(words) => Some(words),
            Meaning::One(_) | Meaning::All(_) => None,
        }
    }

    /// All words that a text means together.
    pub fn all(&self, text: &str) -> Option<&[WordId]> {
        match self.meaning(text)? {
            Meaning::One(word) => Some(std::slice::from_ref(word)),
            Meaning::All(words) => Some(words),
            Meaning::Either(_) => None,
        }
    }

    /// The words that stand in the name of a thing, the longest first: in 中小学 stands no 小学 alone.
    pub fn said_in(&self, name: &str) -> Vec<WordId> {
        let mut rest = normalise(name);
        let mut forms: Vec<_> = self.written.iter().filter(|(form, _)| rest.contains(form.as_str())).collect();
        forms.sort_by_key(|(form, _)| (std::cmp::Reverse(form.len()), form.as_str()));
        let mut words = Vec::new();
        for (form, meaning) in forms.into_iter().filter(|(form, _)| form.chars().nth(1).is_some()) {
            if rest.contains(form.as_str()) {
                rest = rest.replace(form.as_str(), " ");
                match meaning {
                    Meaning::One(word) => words.push(*word),
                    Meaning::All(all) | Meaning::Either(all) => words.extend(all),
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether one event may be called by either word.
    pub fn may_be_one(&self, one: WordId, other: WordId) -> bool {
        let holds = |(_, words): &(String, Vec<WordId>)| words.contains(&one) && words.contains(&other);
        one == other || self.groups.iter().chain(&self.alike).any(holds)
    }

    /// What a rule means by a word: the members of a group of that name, else the word itself.
    pub fn named(&self, name: &str) -> Option<Vec<WordId>> {
        let group = self.groups.iter().find(|(group, _)| group == name).map(|(_, words)| words.clone());
        group.or_else(|| self.spelt(name).map(|word| vec![word]))
    }

    /// The word that is written exactly so.
    pub(super) fn spelt(&self, name: &str) -> Option<WordId> {
        self.words.iter().position(|word| word == name).and_then(word_id)
    }

    /// Names that a rule may use: the words and the groups.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let groups = self.groups.iter().map(|(name, _)| name.as_str());
        self.words.iter().map(String::as_str).chain(groups.filter(|name| !self.words.iter().any(|word| word == name)))
    }

    /// What to do about a text that looks like a word of the list and is none.
    pub fn refusal(&self, text: &str) -> Option<&str> {
        let whole = with_hints(text);
        let known = |text: &str| self.refused.get(text).or_else(|| self.refused.get(without_code(text)?));
        known(&whole).or_else(|| known(&normalise(text))).map(|advice| &**advice)
    }

    /// What a text means as it stands, else without the code before it, else without what its brackets say.
    fn meaning(&self, text: &str) -> Option<&Meaning> {
        let whole = with_hints(text);
        self.coded(&whole).or_else(|| {
            let hints = hints(&whole);
            let meaning = self.coded(&normalise(text)).filter(|_| !hints.is_empty())?;
            let is_harmless = |hint: &&str| {
                changes_nothing(hint) || self.beside.contains(*hint) || self.written.get(*hint) == Some(meaning)
            };
            hints.iter().all(|hint| is_harmless(&hint.as_str())).then_some(meaning)
        })
    }

    fn coded(&self, normal: &str) -> Option<&Meaning> {
        self.written.get(normal).or_else(|| self.written.get(without_code(normal)?))
    }
}

/// The word behind a code, as exports of the national system have it: 1-专职.
pub fn without_code(normal: &str) -> Option<&str> {
    let (code, rest) = normal.split_once('-')?;
    (!code.is_empty() && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())).then_some(rest)
}

/// Whether brackets only say when: 高级教师(2018年12月评).
pub fn changes_nothing(hint: &str) -> bool {
    hint.chars().all(|c| c.is_ascii_digit() || "年月日.-/评聘取得获起".contains(c))
}

/// The normal form of a text without its brackets; `None` if what they say may change what it means.
pub fn plain_word(text: &str) -> Option<String> {
    hints(&with_hints(text)).iter().all(|hint| changes_nothing(hint)).then(|| normalise(text))
}

/// As [`normalise`], with the hints, all in round brackets.
pub fn with_hints(text: &str) -> String {
    uniform(text).collect()
}

/// The characters of [`spelt`] with round brackets and plain dashes only.
fn uniform(text: &str) -> impl Iterator<Item = char> {
    telling(text).map(|character| match character {
        '【' | '[' | '〔' => '(',
        '】' | ']' | '〕' => ')',
        '－' | '–' | '—' | '‐' | '‑' | '−' => '-',
        _ => character,
    })
}

/// NFKC without white space, stars, colons and what cannot be seen.
fn telling(text: &str) -> impl Iterator<Item = char> {
    let is_decoration = |c: &char| c.is_whitespace() || c.is_control() || "*:".contains(*c) || is_format(*c);
    text.nfkc().filter(move |c| !is_decoration(c))
}

/// Whether a character cannot be seen: what joins, parts or turns the text around it, and what chooses a form of the
/// character before it.
pub fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// What stands in the brackets of a name, in normal form.
pub fn bracketed(name: &str) -> Vec<String> {
    hints(&with_hints(name))
}

/// What stands in the brackets of a text that [`with_hints`] gave.
fn hints(whole: &str) -> Vec<String> {
    let (mut hints, mut depth) = (Vec::new(), 0_usize);
    for character in whole.chars() {
        match character {
            '(' => {
                depth += 1;
                hints.push(String::new());
            }
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => hints.last_mut().into_iter().for_each(|hint: &mut String| hint.push(character)),
            _ => {}
        }
    }
    hints
}

pub(super) fn word_id(place: usize) -> Option<WordId> {
    u16::try_from(place).ok().map(WordId)
}

/// A list of members, each a word or a word for each of several fields (stage and subject).
#[derive(Debug)]
pub struct MemberList {
    pub id: String,
    /// In words, for the clerk.
    pub name: String,
    /// The field ids that the members are made of.
    pub fields: Vec<String>,
    /// Each member by its names, one for each field.
    pub members: Vec<Vec<String>>,
    /// For each member, the other ways to write it if it has one name.
    pub also: Vec<Vec<String>>,
    /// Words that stand for the first of their row only together.
    pub together: Vec<Vec<String>>,
}

/// The form in which words and headers are compared: NFKC, without white space, stars, colons, and hints in brackets.
pub fn normalise(text: &str) -> String {
    let mut depth = 0_usize;
    let mut normal = String::with_capacity(text.len());
    for character in uniform(text) {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => normal.push(character),
        }
    }
    // A text that is all brackets would vanish: 县(市、区) must not, nor must (略).
    if normal.is_empty() && depth == 0 { text.nfkc().filter(|c| !c.is_whitespace()).collect() } else { normal }
}

/// A header with its hints: NFKC, without white space, stars and colons.
pub fn spelt(text: &str) -> String {
    telling(text).collect()
}

/// What a unit of money is worth in 元, by the characters of its word: 千万元. `None` for other units.
pub fn money_worth(unit: &str) -> Option<Decimal> {
    let scales = [('百', 100), ('千', 1000), ('万', 10_000), ('亿', 100_000_000)];
    let worth = |scale: char| scales.into_iter().find(|(of, _)| *of == scale).map(|(_, worth)| Decimal::from(worth));
    unit.strip_suffix('元')?.chars().try_fold(Decimal::ONE, |all, scale| all.checked_mul(worth(scale)?))
}
