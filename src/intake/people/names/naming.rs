//! How names are compared: the ways to write one name have one key, and namesakes that are numbered have one stem.

use foldhash::HashMap;

use crate::intake::cell::{clean, without_space};

/// The form in which names are compared: NFKC, lower case, without white space and without the dots inside a name
/// (阿不都·热合曼), of which there are many; what tells namesakes apart stands bare at the end (张三(2) is 张三2).
pub(crate) fn key(name: &str) -> String {
    let written = clean(name);
    let kept = written.chars().filter(|c| !c.is_whitespace() && !is_dot(*c)).flat_map(char::to_lowercase);
    let key: String = kept.collect();
    match parted(&key) {
        Some((stem, tag)) if tag.is_ascii() => format!("{stem}{tag}"),
        Some(_) | None => key,
    }
}

/// What stands under a name in the form of its [`place_key`]. Most names are written so, and are found without making it.
pub(crate) fn by_key<'m, T>(named: &str, things: &'m HashMap<String, T>) -> Option<&'m T> {
    things.get(named).or_else(|| things.get(&place_key(named)))
}

/// The form in which names of institutions and schools are compared: without white space, brackets half-width.
pub(crate) fn place_key(name: &str) -> String {
    without_space(&clean(name))
}

pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// Whether a name may be another one with the number or letter that tells namesakes apart: 张三, 张三2.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (key(one), key(other));
    let (stem_of_one, stem_of_other) = (stem(&one), stem(&other));
    one == other || (stem_of_one == stem_of_other && (stem_of_one == one || stem_of_other == other))
}

/// Whether one name of an institution may be short for the other: 教研室, 县教研室 for 松岭县教研室.
pub(crate) fn may_be_short(one: &str, other: &str) -> bool {
    let (one, other) = (place_key(one), place_key(other));
    let within = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|other| other == c))
    };
    within(&one, &other) || within(&other, &one)
}

/// A key without what tells namesakes apart; the key itself where nothing does. What stands in brackets may tell them
/// apart: 张伟(大), 张伟(语文).
pub(crate) fn stem(key: &str) -> &str {
    parted(key).or_else(|| bracketed(key)).map_or(key, |(stem, _)| stem)
}

/// A key and what stands in brackets at its end.
pub(crate) fn bracketed(key: &str) -> Option<(&str, &str)> {
    let inner = key.strip_suffix([')', ']', '】'])?;
    let (bare, within) = inner.rsplit_once(['(', '[', '【'])?;
    (bare.chars().count() > 1 && !within.is_empty()).then_some((bare, within))
}

/// A name as it is written and what stands in brackets behind it: 李梅 and 点评 of 李梅（点评）.
pub(crate) fn behind_name(name: &str) -> Option<(&str, &str)> {
    let inner = name.strip_suffix(['）', ')', '】', ']', '］'])?;
    let (bare, within) = inner.rsplit_once(['（', '(', '【', '[', '［'])?;
    (!bare.is_empty() && !within.is_empty()).then_some((bare.trim(), within))
}

/// A key and the 工号 that stands before or behind it, in brackets or bare: 张三(A01), A01张三, 张三-A01. The number of a
/// namesake is none: 张三2.
pub(crate) fn coded(key: &str) -> Option<(&str, String)> {
    if parted(key).is_some_and(|(stem, _)| !stem.contains(|c: char| c.is_ascii())) {
        return None;
    }
    let is_around = |c: char| c.is_ascii() || matches!(c, '【' | '】');
    let bare = key.trim_matches(is_around);
    let code = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let (before, behind) = key.split_once(bare).filter(|_| bare.chars().count() > 1)?;
    let code = match (code(before), code(behind)) {
        (one, other) if one.is_empty() || other.is_empty() => one + &other,
        (_, _) => return None,
    };
    (code.len() > 1).then_some((bare, code))
}

/// A name and what tells it from namesakes: a number of one or two digits (张三2, 张三(2)), a letter behind a Chinese name
/// (张三a), a bracketed Chinese numeral (张三(二)).
fn parted(key: &str) -> Option<(&str, &str)> {
    let inner = key.strip_suffix([')', ']']).unwrap_or(key);
    let is_bracketed = inner.len() < key.len();
    let digits = inner.len() - inner.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let tag = match (digits, inner.chars().next_back()?) {
        (1 | 2, _) => digits,
        (0, last @ 'a'..='e') => last.len_utf8(),
        (0, last) if is_bracketed && "一二三四五六".contains(last) => last.len_utf8(),
        (_, _) => return None,
    };
    let (bare, tag) = inner.split_at(inner.len() - tag);
    let bare = if is_bracketed { bare.strip_suffix(['(', '['])? } else { bare.trim_end_matches(['-', '_', '#']) };
    // A latin name may end in any letter.
    let ends_in_han = !bare.chars().next_back()?.is_ascii();
    (digits > 0 || ends_in_han).then_some((bare, tag))
}

/// The form in which 工号 are compared that are not written alike: T-001, ｔ001 and T1 have one.
pub(crate) fn loose_code(code: &str) -> String {
    let clean = clean(code);
    let whole = clean.strip_suffix(".0").unwrap_or(&clean);
    let mut loose = String::with_capacity(whole.len());
    let mut in_number = false;
    for c in whole.chars().flat_map(char::to_lowercase) {
        if c == '0' && !in_number {
            continue;
        }
        in_number = c.is_ascii_digit();
        if c.is_alphanumeric() {
            loose.push(c);
        }
    }
    loose
}

/// The parts of a text that white space or a word for “and” may part: 张三 李四, 张三和李四, 张三及李四.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || matches!(c, '和' | '及' | '与' | '+');
    text.split("以及").flat_map(|text| text.split(between)).filter(|part| !part.is_empty()).collect()
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '.' | '・' | '‧' | '∙' | '⋅' | '●' | '˙' | '。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_its_many_ways_has_one_key() {
        for name in
            ["阿不都·热合曼", "阿不都•热合曼", "阿不都．热合曼", "阿不都・热合曼", "阿不都･热合曼", "阿不都 热合曼"]
        {
            assert_eq!(key(name), "阿不都热合曼", "{name}");
        }
        assert_eq!(key("张　三"), "张三");
        assert_eq!(key("'张三２"), "张三2");
        assert_eq!(key("Ｍａｒｙ Li"), "maryli");
        // A compatibility ideograph: U+F9D8 for 律.
        assert_eq!(key("张\u{f9d8}"), "张律");
    }

    #[test]
    fn what_tells_namesakes_apart_is_cut_off_and_other_ends_of_names_are_not() {
        for name in
            ["张三", "张三2", "张三12", "张三（2）", "张三②", "张三A", "张三[1]", "张三-2", "张三（二）", "张三#1"]
        {
            assert_eq!(stem(&key(name)), "张三", "{name}");
        }
        for name in ["张三（大）", "张三(语文)", "张三【组长】"] {
            assert_eq!(stem(&key(name)), "张三", "{name}");
        }
        for whole in ["李四", "mary", "张三2023", "2", "a", "(2)", "张三2)", "张一"] {
            assert_eq!(stem(whole), whole);
        }
        for written in ["张三2", "张三（2）", "张三②", "张三 ２", "张三-2", "张三#2", "张三[2]"] {
            assert_eq!(key(written), "张三2", "{written}");
        }
        assert!(is_like("张三", "张三2") && is_like("张三②", "张三") && is_like("张 三", "张三"));
        assert!(!is_like("张三1", "张三2") && !is_like("张三", "李三"));
    }

    #[test]
    fn a_code_beside_a_name_is_told_from_the_number_of_a_namesake() {
        for name in ["张三(A01)", "A01张三", "张三-A01", "A01-张三", "张三【A01】", "张三 a01"] {
            assert_eq!(coded(&key(name)), Some(("张三", "a01".to_string())), "{name}");
        }
        for name in ["张三", "张三2", "张三(2)", "张三A", "张三(语文)", "mary", "1张三2", "张A01三"] {
            assert_eq!(coded(&key(name)), None, "{name}");
        }
    }

    #[test]
    fn a_code_is_alike_with_any_zeros_marks_width_or_case() {
        for code in ["001", "1", "０１", "1.0", "-1"] {
            assert_eq!(loose_code(code), "1", "{code}");
        }
        for code in ["T001", "t-1", "T-001", "T 1", "Ｔ０１"] {
            assert_eq!(loose_code(code), "t1", "{code}");
        }
        assert_eq!([loose_code("100"), loose_code("1001"), loose_code("T10")], ["100", "1001", "t10"]);
        assert_eq!(loose_code("000"), "");
    }

    #[test]
    fn white_space_and_words_for_and_part_a_text() {
        for text in ["张三 李四", "张三和李四", "张三及李四", "张三与李四", "张三 以及 李四", "张三+李四"]
        {
            assert_eq!(parts(text), ["张三", "李四"], "{text}");
        }
        assert_eq!(parts("李和平"), ["李", "平"]);
    }
}
