//! Names that differ from one of the roster in one character: they may be misspelt.

use foldhash::HashMap;

use super::naming;

/// People by the forms that their names have in common with such names.
#[derive(Debug, Default)]
pub(crate) struct NearNames(HashMap<String, Vec<u32>>);

/// Of a name of two characters, half is another name.
const SHORTEST: usize = 3;

impl NearNames {
    /// Of names with their places in the roster.
    pub(crate) fn of<'n>(names: impl Iterator<Item = (u32, &'n str)>) -> NearNames {
        let mut near = NearNames::default();
        for (place, name) in names {
            let key = naming::key(name);
            let own = std::iter::once(format!("+{key}"));
            let shorter = shortened(&key).into_iter().map(|short| format!("-{short}"));
            for form in own.chain(replaced(&key)).chain(shorter) {
                let places = near.0.entry(form).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        near
    }

    /// Those whose names differ from it in one character, or have one more or one less.
    pub(crate) fn of_name(&self, written: &str) -> Vec<u32> {
        let key = naming::key(written);
        let longer = shortened(&key).into_iter().map(|short| format!("+{short}"));
        let forms = replaced(&key).into_iter().chain([format!("-{key}")]).chain(longer);
        let mut places: Vec<u32> = forms.filter_map(|form| self.0.get(&form)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// A name with each of its characters in turn left open.
fn replaced(key: &str) -> Vec<String> {
    each(key, |chars, at| chars[at] = '?')
}

/// A name with each of its characters in turn left out.
fn shortened(key: &str) -> Vec<String> {
    each(key, |chars, at| {
        chars.remove(at);
    })
}

fn each(key: &str, change: impl Fn(&mut Vec<char>, usize)) -> Vec<String> {
    let chars: Vec<char> = key.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&chars.len()) {
        return Vec::new();
    }
    let changed = |at| {
        let mut changed = chars.clone();
        change(&mut changed, at);
        changed.into_iter().collect()
    };
    (0..chars.len()).map(changed).collect()
}

/// Longer texts are no names.
const LONGEST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_may_be_another_be_missing_or_be_too_much() {
        let near = NearNames::of((0..).zip(["王晓明", "吕峰", "阿不都热合曼"]));
        let found = |name| near.of_name(name);
        assert_eq!(found("王小明"), [0]);
        assert_eq!(found("王明"), [0]);
        assert_eq!(found("王晓明明"), [0]);
        assert_eq!(found("吕晓峰"), [1]);
        assert_eq!(found("阿卜都热合曼"), [2]);
        assert_eq!(found("王大力"), [0_u32; 0]);
        assert_eq!(found("吕锋"), [0_u32; 0]);
        assert_eq!(found(""), [0_u32; 0]);
        assert_eq!(found(&"王".repeat(10_000)), [0_u32; 0]);
    }
}
