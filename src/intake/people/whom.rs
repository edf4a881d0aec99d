//! Whom of the roster a text means: a name, as it is written or nearly so, or what may be several people.

use super::naming::{self, by_key};
use super::registry::Registry;
use crate::dictionary::Called;
use crate::intake::row::Maybe;

/// Who of the roster is meant by a name.
pub(crate) enum NameMatch {
    Nobody,
    One(u32),
    /// No one is written so, but these are but for the number that tells namesakes apart: 张三 for 张三2.
    Near(Vec<u32>),
    Several(Vec<u32>),
}

impl NameMatch {
    pub(crate) fn places(self) -> Vec<u32> {
        match self {
            NameMatch::Nobody => Vec::new(),
            NameMatch::One(place) => vec![place],
            NameMatch::Near(places) | NameMatch::Several(places) => places,
        }
    }
}

impl Registry<'_> {
    /// The people of the roster whose names stand in a list: 张三、李四.
    pub(super) fn listed(&self, names: &str) -> impl Iterator<Item = u32> {
        let names = names.split(['、', '，', ',', '；', ';', '/', ' ']).filter(|name| !name.is_empty());
        names.filter_map(|name| self.called(name)).flatten().copied()
    }

    /// Who is called so: those of the institution when there are any, else all.
    pub(crate) fn match_name(&self, name: &str, institution: Option<u32>) -> NameMatch {
        let Some(all) = self.called(name) else {
            let key = naming::key(name);
            if let Some(place) = self.by_code_beside(&key) {
                return NameMatch::One(place);
            }
            if let Some(bare) = self.without_part(&key) {
                return self.match_name(bare, institution);
            }
            let stem = naming::stem(&key);
            let near = self.by_name.get(stem).filter(|_| stem != key);
            return near.map_or(NameMatch::Nobody, |near| NameMatch::Near(self.within(near, institution)));
        };
        if let [place] = all {
            let is_same = self.is_same_name(name, &self.staff[*place as usize].name);
            return if is_same { NameMatch::One(*place) } else { NameMatch::Near(vec![*place]) };
        }
        match self.within(all, institution).as_slice() {
            [place] => NameMatch::One(*place),
            several => NameMatch::Several(several.to_vec()),
        }
    }

    /// Who has a name in the roster that cannot be read, and may be of an institution.
    pub(super) fn unread_of(&self, institution: Option<u32>) -> Vec<u32> {
        let may_be_of =
            |place: &u32| institution.is_none_or(|institution| self.staff[*place as usize].may_be_of(institution));
        self.unread.iter().copied().filter(may_be_of).collect()
    }

    /// Whether two texts are one name, whatever part in the work stands in brackets behind it: 张三(组长).
    fn is_same_name(&self, one: &str, other: &str) -> bool {
        if naming::is_same(one, other) {
            return true;
        }
        let (one, other) = (naming::key(one), naming::key(other));
        self.without_part(&one).unwrap_or(&one) == self.without_part(&other).unwrap_or(&other)
    }

    /// A name without the part in the work that stands in brackets behind it. `None` if there is none.
    fn without_part<'k>(&self, key: &'k str) -> Option<&'k str> {
        let (bare, within) = naming::bracketed(key)?;
        self.dictionary.people.is_part(within).then_some(bare)
    }

    /// Whose 工号 stands beside their own name.
    fn by_code_beside(&self, key: &str) -> Option<u32> {
        let (bare, code) = naming::coded(key)?;
        let code = naming::loose_code(&code);
        let is_own = |place: &&u32| {
            self.staff[**place as usize].id.as_deref().map(naming::loose_code).is_some_and(|own| own == code)
        };
        let mut own = self.called(bare)?.iter().filter(is_own);
        own.next().filter(|_| own.next().is_none()).copied()
    }

    fn within(&self, all: &[u32], institution: Option<u32>) -> Vec<u32> {
        let Some(of) = institution else { return all.to_vec() };
        let is_within = |place: &&u32| {
            let person = &self.staff[**place as usize];
            person.institution.is_some() && person.may_be_of(of)
        };
        let within: Vec<u32> = all.iter().filter(is_within).copied().collect();
        if within.is_empty() { all.to_vec() } else { within }
    }

    /// Everybody, or everybody of an institution.
    pub(crate) fn all_of(&self, institution: Option<u32>) -> Maybe {
        let Some(institution) = institution else { return Maybe::Anybody };
        // Whose 单位 is not known may be of it too.
        let is_of = |place: &u32| self.staff[*place as usize].may_be_of(institution);
        Maybe::These((0..).take(self.staff.len()).filter(is_of).collect())
    }

    /// Whom a text that is no name may mean: 张三等, 张三(组长), 张三李四, 全体, 张老师, an institution. `key` is the text in
    /// the form of names, and `called` what it is by its words.
    pub(crate) fn meant_by(&self, key: &str, called: Called<'_>, institution: Option<u32>) -> Maybe {
        let those = |is_meant: &dyn Fn(&str) -> bool| {
            let name = |place: &u32| naming::key(&self.staff[*place as usize].name);
            let all = (0..).take(self.staff.len());
            let places: Vec<u32> = all.filter(|place| is_meant(&name(place))).collect();
            if places.is_empty() { Maybe::Nobody } else { Maybe::These(places) }
        };
        match called {
            Called::Group => self.all_of(by_key(key, &self.by_institution).copied().or(institution)),
            Called::Surname(surname) => those(&|name| name.starts_with(surname)),
            // A name of one character stands in too many texts.
            Called::Titled(_) | Called::Name => {
                those(&|name| name.chars().count() > 1 && key.contains(naming::stem(name)))
            }
        }
    }
}
