//! People whom a text names and the roster has not: one, or perhaps several without a mark between them.

use super::naming;
use crate::dictionary::{Called, PeopleWords};
use crate::intake::cell::clean;
use crate::model::Unlisted;

/// Adds whom a text names who is not in the roster.
pub(crate) fn add_strangers(others: &mut Unlisted, text: &str, words: &PeopleWords) {
    let (names, inner) = names_in(text, words);
    let called: Vec<Option<String>> = names.iter().map(|name| called_so(name, words)).collect();
    others.any |= called.contains(&None);
    let known: Vec<String> = called.into_iter().flatten().collect();
    others.more = others.more.saturating_add(count(known.len().saturating_sub(1)));
    let told = inner.iter().filter(|inner| !words.is_part(inner)).map(|inner| format!("({inner})"));
    let told: String = if known.len() == 1 { told.collect() } else { String::new() };
    // What stands in brackets behind a name may name somebody else.
    let beside = inner.iter().filter(|inner| words.is_name(inner) && !words.is_part(inner)).count();
    others.more = others.more.saturating_add(count(beside));
    if !known.is_empty() {
        others.names.push((known.join("、") + &told).into());
    }
}

/// How many people a text may name at most, in which names of the roster stand that it need not mean.
pub(crate) fn at_most(text: &str, words: &PeopleWords) -> u16 {
    let (names, inner) = names_in(text, words);
    count(names.len().max(1) + inner.iter().filter(|inner| words.is_name(inner)).count())
}

fn count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The form in which a name is compared with others. `None` for one of a group.
fn called_so(name: &str, words: &PeopleWords) -> Option<String> {
    match words.called(name) {
        Called::Group => None,
        Called::Surname(surname) => Some(format!("{surname}*")),
        Called::Titled(bare) => Some(bare.to_string()),
        Called::Name => Some(name.to_string()),
    }
}

/// The names that a text may hold: parted by white space or a word for “and”, or one behind the other; and what stands in
/// brackets. What they are or do is none: 组长:王芳.
fn names_in(text: &str, words: &PeopleWords) -> (Vec<String>, Vec<String>) {
    let (bare, inner) = without_brackets(&clean(text));
    let name = |part: &str| naming::key(part.rsplit(':').next().unwrap_or(part));
    let parts: Vec<String> = naming::parts(&bare).into_iter().map(name).collect();
    // A part of one character is no name: 李和平 is not 李 and 平.
    if parts.iter().any(|part| part.chars().count() < 2) {
        return (one_behind_another(&name(&bare), words), inner);
    }
    let named: Vec<String> = parts.into_iter().filter(|part| !words.is_part(part)).collect();
    (named.iter().flat_map(|part| one_behind_another(part, words)).collect(), inner)
}

/// A text without what stands in brackets, and that.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut bare, mut inner) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(['(', '[', '【']) {
        let (within, after) = behind.split_once([')', ']', '】']).unwrap_or((behind, ""));
        bare.push_str(before);
        // Names need a mark between them: 陈一（语文）陈二.
        bare.push(' ');
        inner.push(naming::key(within));
        rest = after;
    }
    bare.push_str(rest);
    (bare, inner)
}

/// The most names that a text may be, if all of it are names: 陈一陈二. One where it is none.
fn one_behind_another(text: &str, words: &PeopleWords) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let starts_two = |length: usize| words.is_surname(&chars[..length].iter().collect::<String>());
    // Longer ones are sentences; 欧阳小明 is one.
    if !(4..=24).contains(&chars.len()) || (chars.len() == 4 && starts_two(2)) {
        return vec![text.to_string()];
    }
    let mut best: Vec<Option<Vec<String>>> = vec![None; chars.len() + 1];
    best[chars.len()] = Some(Vec::new());
    for at in (0..chars.len()).rev() {
        let from = |length: usize| {
            let name: String = chars.get(at..at + length)?.iter().collect();
            let behind = best[at + length].as_ref().filter(|_| words.is_name(&name))?;
            Some(std::iter::once(name).chain(behind.iter().cloned()).collect::<Vec<_>>())
        };
        best[at] = (2..=4).filter_map(from).max_by_key(Vec::len);
    }
    best.swap_remove(0).unwrap_or_else(|| vec![text.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn one_name_is_told_from_what_may_be_several() {
        let words = &Dictionary::built_in().people;
        let read = |text: &str| {
            let mut others = Unlisted::default();
            add_strangers(&mut others, text, words);
            (others.names.first().map(ToString::to_string).unwrap_or_default(), others.more, others.any)
        };
        let known = |name: &str, more| (name.to_string(), more, false);
        for text in ["陈一", "陈 一", "陈一老师", "陈一（组长）", " 陈　一 "] {
            assert_eq!(read(text), known("陈一", 0), "{text}");
        }
        assert_eq!(read("陈一（语文）"), known("陈一(语文)", 0));
        for text in ["陈一 陈二", "陈一与陈二", "陈一（语文） 陈二", "陈一陈二", "成员：陈一 陈二", "陈一(语文)陈二"]
        {
            assert_eq!(read(text), known("陈一、陈二", 1), "{text}");
        }
        for text in ["李和平", "欧阳小明", "王小明"] {
            assert_eq!(read(text), known(text, 0), "{text}");
        }
        assert_eq!(read("陈老师"), known("陈*", 0));
        assert!(read("骨干教师").2 && read("学区干部").2 && read("名师1人").2);
        assert_eq!(at_most("组长：王芳 成员：陈一", words), 2);
    }
}
