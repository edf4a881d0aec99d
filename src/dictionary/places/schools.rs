//! How names of schools are compared: a school by two spellings is possibly one, and a cell may name several.

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// The words of `[school-names]`, in their normal form.
#[derive(Debug, Default)]
pub struct SchoolWords {
    /// What a name ends with for short, and in full.
    endings: Vec<(String, String)>,
    /// What may be left out of a name: 县 of 松岭县第一中学, 第.
    left_out: Vec<char>,
    /// What the whole names of schools end with.
    kinds: Vec<String>,
    /// What a text for any schools begins with.
    any: Vec<String>,
}

/// A name of a school as it is compared: its characters, a number as one, without what may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolForm {
    parts: Vec<char>,
    numbers: Vec<u32>,
}

/// Stands for a number among the characters.
const NUMBER: char = '#';
const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

impl SchoolWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> SchoolWords {
        let Some(schools) = form.form("school-names") else { return SchoolWords::default() };
        let pair = |pair: String| pair.split_once('=').map(|(short, whole)| (short.to_string(), whole.to_string()));
        let mut endings: Vec<(String, String)> = schools.strings("endings").into_iter().filter_map(pair).collect();
        endings.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
        let words = SchoolWords {
            endings,
            left_out: schools.strings("left-out").iter().flat_map(|text| text.chars()).collect(),
            kinds: schools.strings("kinds"),
            any: schools.strings("several"),
        };
        schools.finish();
        words
    }

    /// The form in which a name is compared.
    pub fn form(&self, name: &str) -> SchoolForm {
        let mut whole = normalise(name);
        let in_full = |whole: &str| self.kinds.iter().any(|kind| whole.ends_with(kind.as_str()));
        if !in_full(&whole)
            && let Some((short, full)) = self.endings.iter().find(|(short, _)| whole.ends_with(short.as_str()))
        {
            whole.replace_range(whole.len() - short.len().., full);
        }
        let (mut parts, mut numbers, mut number) = (Vec::new(), Vec::new(), None);
        for c in whole.chars().chain(['\0']) {
            match (digit(c), number) {
                (Some(digit), before) => number = Some(joined(before.unwrap_or(0), c, digit)),
                (None, before) => {
                    if let Some(value) = before {
                        parts.push(NUMBER);
                        numbers.push(value);
                        number = None;
                    }
                    if c != '\0' && !self.left_out.contains(&c) {
                        parts.push(c);
                    }
                }
            }
        }
        SchoolForm { parts, numbers }
    }

    /// Whether two cells may name one school. What is not called like a school may be a place in any.
    pub fn may_share(&self, one: &str, other: &str) -> bool {
        let schools = |text| self.several(text).unwrap_or_else(|| vec![text]);
        let others = schools(other);
        let may_be = |one: &str, other: &str| {
            !self.is_school(one) || !self.is_school(other) || self.form(one).may_be(&self.form(other))
        };
        schools(one).iter().any(|one| others.iter().any(|other| may_be(one, other)))
    }

    /// Whether a name ends like that of a school.
    pub fn is_school(&self, name: &str) -> bool {
        let normal = normalise(name);
        let mut ends = self.kinds.iter().chain(self.endings.iter().map(|(short, _)| short));
        ends.any(|end| normal.ends_with(end.as_str()))
    }

    /// Whether a text names one school, and not a place or any schools: 天山区, 各中学, 天山区3所中学, 一中初中部.
    pub fn is_one(&self, name: &str) -> bool {
        let normal = normalise(name);
        self.is_school(normal.split('(').next().unwrap_or_default()) && !self.is_any(&normal)
    }

    /// Whether a text in its normal form is for any schools: 各中学, 全区小学, 天山区3所中学.
    pub fn is_any(&self, normal: &str) -> bool {
        let bare = normal.split('(').next().unwrap_or_default();
        let counts =
            |(at, _): (usize, &str)| bare[..at].chars().next_back().is_some_and(|c| digit(c).is_some() || c == '几');
        self.any.iter().any(|word| bare.starts_with(word.as_str())) || bare.match_indices('所').any(counts)
    }

    /// The schools that a cell names, if it names several: 一中、二中.
    pub fn several<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let split = |marks: &[char]| -> Vec<&'t str> {
            text.split(|c| marks.contains(&c)).map(str::trim).filter(|part| !part.is_empty()).collect()
        };
        let by_marks = split(&['、', ',', '，', ';', '；', '/', '\n', '|', '&', '+']);
        if by_marks.len() > 1 {
            return Some(by_marks);
        }
        let by_words = split(&['和', '及', '与']);
        let is_whole = |part: &&str| {
            self.kinds.iter().chain(self.endings.iter().map(|(short, _)| short)).any(|end| part.ends_with(end.as_str()))
        };
        (by_words.len() > 1 && by_words.iter().all(is_whole)).then_some(by_words)
    }
}

impl SchoolForm {
    /// Whether one name may be the other for short, with or without its city or county.
    pub fn may_be(&self, other: &SchoolForm) -> bool {
        let within = |short: &SchoolForm, long: &SchoolForm| {
            let mut rest = long.parts.iter();
            short.parts.iter().all(|part| rest.any(|other| other == part))
        };
        self.numbers == other.numbers && (within(self, other) || within(other, self))
    }
}

fn digit(c: char) -> Option<u32> {
    let han = DIGITS.iter().position(|digit| *digit == c).and_then(|place| u32::try_from(place + 1).ok());
    c.to_digit(10).or(han).or((c == '十').then_some(10))
}

/// A number with another digit behind it: 十一, 二十, 12.
fn joined(before: u32, c: char, digit: u32) -> u32 {
    match (c, before) {
        ('十', 0) => 10,
        ('十', before) => before.saturating_mul(10),
        (c, before) if c.is_ascii_digit() => before.saturating_mul(10).saturating_add(digit),
        (_, before) => before.saturating_add(digit),
    }
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;

    #[test]
    fn a_school_by_another_spelling_may_be_the_same_and_one_by_another_number_is_not() {
        let words = &Dictionary::built_in().people.schools;
        let may_be = |one: &str, other: &str| words.form(one).may_be(&words.form(other));
        let whole = "松岭县第一中学";
        for name in [
            "松岭县第一中学",
            "第一中学",
            "一中",
            "县一中",
            "松岭一中",
            "松岭县一中",
            "松岭第1中学",
            "松岭县第一中学(南校区)",
        ] {
            assert!(may_be(name, whole) && may_be(whole, name), "{name}");
        }
        for (one, other) in [
            ("实小", "松岭县实验小学"),
            ("松岭实小", "县实验小学"),
            ("县幼儿园", "松岭县幼儿园"),
            ("第十一中学", "11中"),
        ] {
            assert_eq!(may_be(one, other), one != "松岭实小" || other != "江口实验小学", "{one} {other}");
        }
        for (one, other) in [
            ("二中", whole),
            ("第十一中学", "一中"),
            ("江口县第一中学", whole),
            ("一小", whole),
            ("城关小学", "城南小学"),
        ] {
            assert!(!may_be(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_cell_may_name_several_schools() {
        let words = &Dictionary::built_in().people.schools;
        assert_eq!(words.several("一中、二中"), Some(vec!["一中", "二中"]));
        assert_eq!(words.several("城关小学和城南小学"), Some(vec!["城关小学", "城南小学"]));
        assert_eq!(words.several("和平小学"), None);
        assert_eq!(words.several("永和镇中心小学"), None);
    }
}
