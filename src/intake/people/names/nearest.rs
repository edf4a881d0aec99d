//! What was probably meant by a name that is on no list: only ever offered to the clerk, never taken.

use strsim::damerau_levenshtein;

use super::naming::{self, place_key};

/// More equally near names than this are no help.
const OFFERED: usize = 3;

/// `；最接近的是“林青”、“林晴”`: names of people that differ in one character, or two where a name has four or more.
/// One of the same surname is nearer. Nothing when none is near, or too many are.
pub(crate) fn names<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    let written = naming::key(written);
    let length = written.chars().count();
    let away = |name: &'n str| {
        let name_key = naming::key(name);
        let most = if length.max(name_key.chars().count()) >= 4 { 2 } else { 1 };
        let distance = damerau_levenshtein(&written, &name_key);
        let other_surname = name_key.chars().next() != written.chars().next();
        // 热合曼 is what 阿不都·热合曼 is called for short.
        let is_part = length >= 2 && name_key.chars().count() >= 4 && name_key.contains(&written);
        let is_near = length >= 2 && (distance <= most || is_part);
        is_near.then_some(((if is_part { 1 } else { distance }, other_surname), name))
    };
    offered(names.filter_map(away).collect())
}

/// The nearest 工号: one character apart.
pub(crate) fn codes<'n>(written: &str, codes: impl Iterator<Item = &'n str>) -> String {
    let near = codes.filter(|code| damerau_levenshtein(written, code) == 1);
    offered(near.map(|code| (0, code)).collect())
}

/// The nearest names of schools or institutions: a third of the characters apart at most, or one holding the other.
pub(crate) fn places<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    let written = place_key(written);
    let length = written.chars().count();
    let away = |name: &'n str| {
        let name_key = place_key(name);
        let distance = damerau_levenshtein(&written, &name_key);
        let holds = length >= 2 && (name_key.contains(&written) || written.contains(&name_key));
        let most = (length.max(name_key.chars().count()) / 3).min(2);
        (holds || distance <= most).then_some((if holds { 1 } else { distance }, name))
    };
    offered(names.filter(|name| !name.is_empty()).filter_map(away).collect())
}

/// The nearest ones in words, each once.
fn offered<D: Ord + Copy>(mut near: Vec<(D, &str)>) -> String {
    near.sort_unstable();
    near.dedup();
    let Some((best, _)) = near.first().copied() else { return String::new() };
    let best: Vec<String> =
        near.iter().filter(|(away, _)| *away == best).map(|(_, name)| format!("“{name}”")).collect();
    if best.len() > OFFERED { String::new() } else { format!("；最接近的是{}", best.join("、")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near_name(written: &str, roster: &[&str]) -> String {
        names(written, roster.iter().copied())
    }

    #[test]
    fn a_name_is_near_when_one_character_differs_and_nearer_with_the_same_surname() {
        assert_eq!(near_name("林清", &["林青", "何清"]), "；最接近的是“林青”");
        assert_eq!(near_name("林清", &["何清"]), "；最接近的是“何清”");
        assert_eq!(near_name("萧云飞", &["肖云飞", "林青"]), "；最接近的是“肖云飞”");
        assert_eq!(near_name("張三", &["张三"]), "；最接近的是“张三”");
        assert_eq!(near_name("云飞肖", &["肖云飞"]), "");
        assert_eq!(near_name("林青青", &["林青"]), "；最接近的是“林青”");
        assert_eq!(near_name("林清", &["林青", "林晴", "林情"]), "；最接近的是“林情”、“林晴”、“林青”");
        assert_eq!(near_name("林清", &["林青", "林晴", "林情", "林倩"]), "");
        assert_eq!(near_name("王五", &["林青"]), "");
        assert_eq!(near_name("林", &["林青"]), "");
    }

    #[test]
    fn long_names_may_differ_in_two_characters_or_be_shortened() {
        let roster = ["阿不都·热合曼", "林青"];
        for written in ["阿卜都·热合曼", "阿卜杜热合曼", "热合曼", "阿不都"] {
            assert_eq!(near_name(written, &roster), "；最接近的是“阿不都·热合曼”", "{written}");
        }
        assert_eq!(near_name("阿卜杜热哈曼", &roster), "");
    }

    #[test]
    fn a_code_is_near_when_one_character_differs() {
        let codes = |written| super::codes(written, ["Z1", "Z21"].into_iter());
        assert_eq!(codes("Z2"), "；最接近的是“Z1”、“Z21”");
        assert_eq!(codes("Z12"), "；最接近的是“Z1”、“Z21”");
        assert_eq!(codes("A9"), "");
    }

    #[test]
    fn a_school_is_near_when_little_differs_or_one_name_holds_the_other() {
        let near = |written, list: &[&str]| places(written, list.iter().copied());
        assert_eq!(near("望夕小学", &["望汐小学", "望汐中学"]), "；最接近的是“望汐小学”");
        assert_eq!(near("实验小学", &["望汐市实验小学", "望汐中学"]), "；最接近的是“望汐市实验小学”");
        assert_eq!(near("望汐小学(东校区)", &["望汐小学"]), "；最接近的是“望汐小学”");
        assert_eq!(near("海关幼儿园", &["望汐小学"]), "");
    }
}
