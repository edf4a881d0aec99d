//! What a topic or a remark says of whose lesson or lecture it was: 听王丽老师公开课, 授课人：王丽, 听课.

use super::gapped::{gapped, parted};
use super::others::Others;
use crate::dictionary::form::Form;
use crate::dictionary::people_words::{Called, PeopleWords};
use crate::dictionary::words::with_hints;

/// The words of `[remarks.givers]`, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Givers {
    heads: Vec<String>,
    heads_marked: Vec<String>,
    tails: Vec<String>,
    titles: Vec<String>,
    fronts: Vec<String>,
    alone: Vec<String>,
    own: Vec<String>,
    beside: Vec<String>,
    seen: Vec<String>,
    harmless: Vec<String>,
    anywhere: Vec<String>,
    ends: Vec<String>,
    parts: Vec<String>,
    gapped: Vec<(String, String)>,
    others: Others,
}

/// What somebody's part was where a lesson or a lecture was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartInLesson {
    Gave,
    /// Another one: 点评, 主持.
    Other,
}

/// What parts a name from what stands before it.
const MARKS: [char; 22] = [
    '(', ')', '《', '》', '“', '”', '"', '、', ',', ';', '。', '.', '-', '/', '|', '!', '?', '由', '请', '听', '摩',
    '导',
];

impl Givers {
    pub(super) fn read(form: &Form<'_, '_>) -> Givers {
        let Some(words) = form.form("givers") else { return Givers::default() };
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        let givers = Givers {
            heads: normal("heads"),
            heads_marked: normal("heads-marked"),
            tails: normal("tails"),
            titles: normal("titles"),
            fronts: normal("fronts"),
            alone: normal("alone"),
            own: normal("own"),
            beside: normal("beside"),
            seen: normal("seen"),
            harmless: normal("harmless"),
            anywhere: normal("anywhere"),
            ends: normal("ends"),
            parts: normal("parts"),
            gapped: normal("gapped").iter().filter_map(|words| parted(words)).collect(),
            others: Others::read(form),
        };
        words.finish();
        givers
    }

    pub(super) fn says_own(&self, text: &str) -> bool {
        let normal = with_hints(text);
        self.own.iter().any(|word| normal.contains(word.as_str()))
    }

    /// What a bracket behind a name says of somebody's part in a lesson. `None` if it says nothing of it: 组长.
    pub(super) fn part(&self, text: &str) -> Option<PartInLesson> {
        let normal = with_hints(text);
        let is_in = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        let begins = |words: &[String]| words.iter().any(|word| normal.starts_with(word.as_str()));
        match () {
            () if is_in(&self.heads_marked) && !begins(&self.fronts) => Some(PartInLesson::Gave),
            () if begins(&self.alone) || begins(&self.parts) || is_in(&self.anywhere) => Some(PartInLesson::Other),
            () => None,
        }
    }

    /// Whether a text says that a lesson was not, or not only, that of those who are on its row, unless it names them.
    pub(super) fn is_anothers(&self, text: &str, people: &PeopleWords) -> bool {
        // The colon behind a word is no part of the normal form.
        let marked = text.replace(['：', ':'], "|");
        let normal = self.harmless.iter().fold(with_hints(&marked), |rest, word| rest.replace(word.as_str(), ""));
        let holds = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        if holds(&self.own) {
            return false;
        }
        let bare = normal.trim_matches(|c| "()。.!,、;?".contains(c));
        let tells = |word: &String| bare.starts_with(word.as_str());
        let is_alone = self.alone.iter().any(|word| word == bare) || gapped(&self.gapped, &normal).is_some();
        if is_alone
            || self.others.are_in(&normal, people)
            || holds(&self.anywhere)
            || self.fronts.iter().any(tells) && holds(&self.seen)
        {
            return true;
        }
        let is_short_name = |name: &str| people.is_name(name) && name.chars().nth(3).is_none() && !name.contains('课');
        let last = bare.rsplit([',', ';', '。', '、']).next().unwrap_or(bare);
        let is_name_before = |end: &String| last.strip_suffix(end.as_str()).is_some_and(is_short_name);
        let gave = |people: &str| self.ends.iter().chain(&self.tails).any(|end| people.ends_with(end.as_str()));
        let is_guided = || bare.starts_with("指导") && gave(last);
        if self.ends.iter().any(is_name_before) || is_guided() || self.others.gave(last, &self.ends, &self.tails) {
            return true;
        }
        let follows = |word: &String, is_marked: bool| {
            let mut parts = normal.match_indices(word.as_str()).filter_map(|(at, _)| normal.get(at + word.len()..));
            parts.any(|rest| match rest.strip_prefix('|') {
                Some(named) => !named.is_empty(),
                None => !is_marked && people.is_name(rest.split(MARKS).next().unwrap_or_default()),
            })
        };
        self.heads.iter().any(|word| follows(word, false))
            || self.heads_marked.iter().any(|word| follows(word, true))
            || self.tails.iter().any(|word| self.stands_before(&normal, word, people, ""))
            || self.titles.iter().any(|title| self.stands_before(&normal, title, people, title))
    }

    /// Whether somebody's name stands right before a word; a title is a part of it.
    fn stands_before(&self, text: &str, word: &str, people: &PeopleWords, title: &str) -> bool {
        let fronts = text.match_indices(word).filter_map(|(at, _)| text.get(..at));
        let mut names = fronts.map(|front| front.rsplit(MARKS).next().unwrap_or_default());
        names.any(|name| {
            if self.beside.iter().any(|word| name.starts_with(word.as_str())) || name.contains('课') {
                return false;
            }
            match people.called(&format!("{name}{title}")) {
                Called::Titled(_) | Called::Surname(_) => true,
                Called::Name => title.is_empty() && people.is_name(name),
                Called::Group => false,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PartInLesson;
    use crate::dictionary::Dictionary;

    #[test]
    fn a_part_in_a_lesson_is_told_by_the_words_for_giving_it() {
        let remarks = &Dictionary::built_in().remarks;
        for text in "执教|授课教师|主讲人|上课|做课|执教、评课".split('|') {
            assert_eq!(remarks.part_in_lesson(text), Some(PartInLesson::Gave), "{text}");
        }
        for text in "点评|主持人|指导|指导授课|听课|评课|记录|带队|磨课|召集人|参加".split('|')
        {
            assert_eq!(remarks.part_in_lesson(text), Some(PartInLesson::Other), "{text}");
        }
        for text in "组长|主任|专职|语文|一中|2".split('|') {
            assert_eq!(remarks.part_in_lesson(text), None, "{text}");
        }
    }

    #[test]
    fn whose_lesson_it_was_is_told_by_names_and_by_parts() {
        let dictionary = Dictionary::built_in();
        let is_anothers = |text: &str| dictionary.remarks.is_anothers(text, &dictionary.people);
        let others = "授课人：王丽|授课人王丽|执教:王丽|主讲：某大学李教授|听王丽老师《背影》公开课|王丽老师公开课|由王丽执教|王丽执教《背影》\
            |听课|（听课）|组织者|点评|听公开课|小王老师执教|王老师上课|《背影》（王丽老师）|授课教师：王丽|指导王丽老师公开课|观摩王丽老师示范课";
        for text in others.split('|') {
            assert!(is_anothers(text), "{text}");
        }
        let own = "《背影》|单元整体教学公开课|授课人：本人|本人执教|听说课公开课|青年教师公开课|骨干教师示范课展示|执教能力提升\
            |授课人培训|与王丽老师同课异构|公开课执教|英语听力专题讲座|小学语文示范课|效果良好|一中";
        for text in own.split('|') {
            assert!(!is_anothers(text), "{text}");
        }
    }
}
