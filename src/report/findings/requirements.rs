//! What several documents ask of the same thing: the rules that name the same requirement, side by side.

use super::index::short_name;
use crate::dictionary::Dictionary;
use crate::pack::{Pack, Rule};

pub(crate) struct Requirement<'a> {
    pub(crate) word: &'a str,
    /// The rules of each document; none where it does not ask for it.
    pub(crate) rules: Vec<Vec<&'a Rule>>,
}

/// The requirements that any of the documents names, in the order in which they come.
pub(crate) fn requirements(packs: &[Pack]) -> Vec<Requirement<'_>> {
    let mut words: Vec<&str> = Vec::new();
    for word in packs.iter().flat_map(|pack| &pack.rules).filter_map(|rule| rule.compares.as_deref()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let named = |word| Requirement { word, rules: packs.iter().map(|pack| named(pack, word)).collect() };
    words.into_iter().map(named).collect()
}

fn named<'a>(pack: &'a Pack, word: &str) -> Vec<&'a Rule> {
    pack.rules.iter().filter(|rule| rule.compares.as_deref() == Some(word)).collect()
}

/// What a document asks: 不少于90学时, 每年，应.
pub(crate) fn terms(rules: &[&Rule], dictionary: &Dictionary) -> String {
    if rules.is_empty() {
        return "—".to_string();
    }
    let of = |rule: &&Rule| {
        // A standard of several levels takes a line for each.
        let standard = rule.asked(dictionary).replace('，', "，\n");
        format!("{standard}\n{}，{}", rule.per.label(), rule.obligation.label())
    };
    rules.iter().map(of).collect::<Vec<_>>().join("\n")
}

/// How the columns of the documents are headed: by their 文号, with the id where two packs are of one document.
pub(crate) fn names(packs: &[Pack]) -> Vec<String> {
    let is_one_of_several = |name: &str| packs.iter().filter(|pack| short_name(pack) == name).count() > 1;
    let name = |pack: &Pack| match short_name(pack) {
        name if is_one_of_several(&name) => format!("{name}\n（{}）", pack.id),
        name => name,
    };
    packs.iter().map(name).collect()
}
