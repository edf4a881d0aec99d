//! What stands where a name belongs and names nobody by itself: groups, numbers of people, titles, marks for the cell above.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::form::Form;
use super::places::{OfficeWords, SchoolWords};
use super::words::with_hints;

/// The words of `[people]`, in their normal form.
#[derive(Debug, Default)]
pub struct PeopleWords {
    groups: HashSet<String>,
    beginnings: Vec<String>,
    endings: Vec<String>,
    others: HashSet<String>,
    titles: Vec<String>,
    own_book: Vec<String>,
    parts: HashSet<String>,
    before: Vec<String>,
    surnames: Vec<String>,
    kinds: Vec<String>,
    vacant: HashSet<String>,
    stand_ins: Vec<String>,
    ditto: HashSet<String>,
    /// How names of schools are compared.
    pub schools: SchoolWords,
    /// How names of offices are compared.
    pub offices: OfficeWords,
}

/// What a text is that is nobody's name on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called<'t> {
    /// Several people, or one who is not named: anybody.
    Group,
    /// A name with a title: 张三老师.
    Titled(&'t str),
    /// A surname with a title: 张老师, 小张.
    Surname(&'t str),
    Name,
}

impl PeopleWords {
    pub(super) fn read(form: &Form<'_, '_>) -> PeopleWords {
        let Some(people) = form.form("people") else { return PeopleWords::default() };
        let normal = |key| -> Vec<String> {
            people.strings(key).iter().map(|text| text.nfkc().flat_map(char::to_lowercase).collect()).collect()
        };
        let words = PeopleWords {
            groups: normal("groups").into_iter().collect(),
            beginnings: normal("beginnings"),
            endings: normal("endings"),
            others: normal("others").into_iter().collect(),
            titles: normal("titles"),
            own_book: normal("own-book"),
            parts: normal("parts").into_iter().collect(),
            before: normal("before"),
            surnames: people.strings("surnames").iter().flat_map(|text| text.split(' ')).map(str::to_string).collect(),
            kinds: normal("kinds"),
            vacant: normal("vacant").into_iter().collect(),
            stand_ins: normal("stand-ins"),
            schools: SchoolWords::read(form),
            offices: OfficeWords::read(form),
            ditto: people.strings("ditto").iter().map(|text| with_hints(text)).collect(),
        };
        people.finish();
        words
    }

    /// Whether what follows a name in the name of a book says that the book is theirs: 老师的听课记录, 2023年.
    pub fn follows_owner(&self, rest: &str) -> bool {
        self.own_book.iter().chain(&self.titles).any(|word| rest.starts_with(word.as_str()))
    }

    /// Whether what stands before a name in the name of a book says what its bearer is: 数学教研员.
    pub fn ends_in_post(&self, front: &str) -> bool {
        self.titles.iter().any(|title| title.chars().nth(2).is_some() && front.ends_with(title.as_str()))
    }

    /// Whether a cell says that it holds what the one above it holds.
    pub fn is_ditto(&self, text: &str) -> bool {
        // The longest mark is short, and most texts are not: they are not normalised.
        if text.len() > 36 {
            return false;
        }
        let normal = with_hints(text);
        let bare = normal.trim_matches(|c| "()。.,、;".contains(c));
        self.ditto.contains(normal.as_str()) || self.ditto.contains(bare)
    }

    /// Whether a text in a column of names says that there is nobody: 空缺, 待定.
    pub fn is_vacant(&self, key: &str) -> bool {
        let bare = key.trim_matches(|c| "()".contains(c));
        // 由化学教研员兼.
        let is_done = |word: &String| bare.starts_with('由') && bare.ends_with(word.as_str());
        self.vacant.contains(bare) || self.stand_ins.iter().any(is_done)
    }

    /// Whether what stands in brackets behind a name says what its bearer is or does, and tells nobody apart: 组长, 主持.
    pub fn is_part(&self, text: &str) -> bool {
        self.parts.contains(text) || self.titles.iter().any(|title| title == text)
    }

    /// What a text is that is nobody's name; it has no white space and small letters.
    pub fn called<'t>(&self, key: &'t str) -> Called<'t> {
        if self.is_group(key) {
            return Called::Group;
        }
        let is_surname = |name: &str| self.surnames.iter().any(|surname| surname == name);
        let familiar = |text: &'t str| {
            self.before.iter().find_map(|word| text.strip_prefix(word.as_str())).filter(|name| is_surname(name))
        };
        if let Some(surname) = familiar(key) {
            return Called::Surname(surname);
        }
        // The longest title leaves the least.
        let named =
            self.titles.iter().filter_map(|title| key.strip_suffix(title.as_str())).min_by_key(|name| name.len());
        match named {
            Some("") => Called::Group,
            Some(name) if is_surname(name) => Called::Surname(name),
            Some(name) if familiar(name).is_some() => Called::Surname(familiar(name).unwrap_or(name)),
            Some(name) if self.is_name(name) => Called::Titled(name),
            Some(name) if !self.begins_like_name(name) => Called::Group,
            Some(_) | None => Called::Name,
        }
    }

    fn is_group(&self, key: &str) -> bool {
        let has_words = key.chars().any(|c| c.is_alphabetic());
        let ends = |ending: &String| {
            let before = key.strip_suffix(ending.as_str()).map(|before| before.chars().count());
            // 王部 may be a name; 中心 is none with whatever stands before it.
            let is_mark = key.starts_with(|c: char| c.is_ascii_alphanumeric());
            before.is_some_and(|before| before > 1 || before == 1 && is_mark || ending.chars().count() > 1)
        };
        let has_digits = key.bytes().any(|byte| byte.is_ascii_digit());
        (!has_words && !has_digits)
            || self.groups.contains(key)
            || self.groups.contains(key.trim_matches(|c| "()".contains(c)))
            || self.beginnings.iter().any(|begins| key.starts_with(begins))
            || self.endings.iter().any(ends)
            || self.is_number_of_people(key)
            || self.is_counted_group(key)
            || self.is_counted_behind(key)
            || key.rsplit_once('等').is_some_and(|(_, behind)| behind.is_empty() || self.is_counted(behind))
    }

    /// 3人, 共5名教研员. A long number is somebody's.
    fn is_number_of_people(&self, key: &str) -> bool {
        let bare = key.trim_start_matches(['共', '计', '约']);
        let digits = bare.chars().count() - without_number(bare).chars().count();
        (1..4).contains(&digits) && self.is_counted(bare)
    }

    /// 教研员2人, 虹桥学区3人: whose they are, and the number of people. The number of a namesake counts nothing: 张三2.
    fn is_counted_group(&self, key: &str) -> bool {
        let counted = key.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).map(|at| &key[at..]);
        counted.is_some_and(|number| !without_number(number).is_empty() && self.is_number_of_people(number))
    }

    /// 李明(共3人).
    fn is_counted_behind(&self, key: &str) -> bool {
        let behind = key.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        behind.is_some_and(|(_, number)| number.ends_with(char::is_alphabetic) && self.is_number_of_people(number))
    }

    /// 人, 3人, 三位教研员.
    fn is_counted(&self, text: &str) -> bool {
        self.others.contains(without_number(text))
    }

    /// Whether a text may be somebody's name, by its length and its first character.
    pub fn is_name(&self, text: &str) -> bool {
        (2..=4).contains(&text.chars().count()) && self.begins_like_name(text)
    }

    pub fn is_surname(&self, text: &str) -> bool {
        self.surnames.iter().any(|surname| surname == text)
    }

    fn begins_like_name(&self, text: &str) -> bool {
        self.surnames.iter().any(|surname| text.starts_with(surname.as_str()))
            && !self.kinds.iter().any(|kind| text.starts_with(kind.as_str()))
    }
}

fn without_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百两几多余数".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn groups_titles_and_names_are_told_apart() {
        let words = &Dictionary::built_in().people;
        let groups = "全体|教研室|语文组|小学部|全体教研员|张三等3人|张三等|本人|领导|专家|3人|共5人|三位教研员|各学科教研员|小学语文教研组|\
            教研室全体|相关人员|有关同志|数学老师|骨干教师|高中教师|老师|12|—|外聘专家|教师发展中心|学员|我|教研员2人|专家3名|虹桥学区3人|本室人员|教研员们";
        for text in groups.split('|') {
            assert_eq!(words.called(text), Called::Group, "{text}");
        }
        for (text, surname) in [
            ("张老师", "张"),
            ("小王", "王"),
            ("欧阳主任", "欧阳"),
            ("李校长", "李"),
            ("小王老师", "王"),
            ("张某", "张"),
            ("陈某某", "陈"),
        ] {
            assert_eq!(words.called(text), Called::Surname(surname), "{text}");
        }
        for (text, name) in [("张三老师", "张三"), ("王小明同志", "王小明"), ("李四主任", "李四")] {
            assert_eq!(words.called(text), Called::Titled(name), "{text}");
        }
        for text in "13812341234|张三|李和平|阿不都热合曼|王科|全慧|所思|何等闲|等等乐|陈文会|mary|张三丰".split('|')
        {
            assert_eq!(words.called(text), Called::Name, "{text}");
        }
    }

    #[test]
    fn a_mark_for_the_cell_above_is_told_however_it_is_written() {
        let words = &Dictionary::built_in().people;
        for text in ["同上", "〃", "同 上", "（同上）", "同上。", "同前", "″", "''", "\""] {
            assert!(words.is_ditto(text), "{text}");
        }
        for text in ["", "同上一节", "同心小学", "上", "张三"] {
            assert!(!words.is_ditto(text), "{text}");
        }
    }
}
