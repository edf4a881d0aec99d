//! People whom a row names beside those of the roster whom it surely names.

use std::sync::Arc;

/// People whom a row names beside those of the roster whom it surely names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// Texts that each name somebody who is not in the roster, in the form in which names are compared: 陈一, 陈一(语文). One
    /// that may name several parts them with a `、`, and of one with a title only the surname is known: 陈*.
    pub names: Vec<Arc<str>>,
    /// How many others it may name.
    pub more: u16,
    /// Whether it may name any number of others.
    pub any: bool,
    /// Whether there is no roster that they could be in.
    pub no_roster: bool,
}

impl Unlisted {
    pub fn is_nobody(&self) -> bool {
        self.names.is_empty() && self.more == 0 && !self.any
    }

    /// Whether it is not told how many people it names, or by their whole names alone.
    pub fn is_vague(&self) -> bool {
        self.more > 0 || self.any || self.names.iter().any(|name| name.contains(['、', '(', '*']))
    }

    /// Whether two texts may name the same person.
    pub fn may_be_one(one: &str, other: &str) -> bool {
        bare_names(one).any(|name| bare_names(other).any(|of| is_one(name, of) || is_one(of, name)))
    }
}

/// The names of a text without what tells namesakes apart.
fn bare_names(text: &str) -> impl Iterator<Item = &str> {
    let bare = |name| str::split_once(name, '(').map_or(name, |(bare, _)| bare);
    text.split('、').map(move |name| bare(name).trim_end_matches(|c: char| c.is_ascii_digit()))
}

fn is_one(name: &str, other: &str) -> bool {
    name == other || name.strip_suffix('*').is_some_and(|surname| other.starts_with(surname))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_may_name_one_person_are_told_from_those_of_two() {
        for (one, other) in [
            ("陈一(语文)", "陈一(数学)"),
            ("陈一", "陈一(语文)"),
            ("陈一、陈二", "陈二"),
            ("陈*", "陈二"),
            ("张三2", "张三"),
        ] {
            assert!(Unlisted::may_be_one(one, other) && Unlisted::may_be_one(other, one), "{one} {other}");
        }
        for (one, other) in [("陈一", "陈二"), ("陈一(语文)", "陈二(语文)"), ("陈*", "李二"), ("陈一、陈二", "陈三")]
        {
            assert!(!Unlisted::may_be_one(one, other), "{one} {other}");
        }
    }
}
