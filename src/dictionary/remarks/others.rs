//! What a topic says of others without a word for what they did: 县一中教师示范课, 徒弟公开课, 示范课（张丽）, 区二小张丽《画杨桃》.

use crate::dictionary::form::Form;
use crate::dictionary::people_words::PeopleWords;
use crate::dictionary::words::with_hints;

/// The words of `[remarks.others]`, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Others {
    lessons: Vec<String>,
    people: Vec<String>,
    groups: Vec<String>,
    teachers: Vec<String>,
    stages: Vec<String>,
    wide: Vec<String>,
    no_names: Vec<String>,
    no_name_ends: Vec<String>,
}

impl Others {
    pub(super) fn read(form: &Form<'_, '_>) -> Others {
        let Some(words) = form.form("others") else { return Others::default() };
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        let others = Others {
            lessons: normal("lessons"),
            people: normal("people"),
            groups: normal("groups"),
            teachers: normal("teachers"),
            stages: normal("stages"),
            wide: normal("wide"),
            no_names: normal("no-names"),
            no_name_ends: normal("no-name-ends"),
        };
        words.finish();
        others
    }

    /// Whether a topic in its normal form says that its lesson was that of others.
    pub(super) fn are_in(&self, normal: &str, people: &PeopleWords) -> bool {
        self.have_lesson(normal, people) || self.stand_behind(normal, people) || self.stand_before(normal, people)
    }

    /// Whether a clause says that others gave it: 青年教师执教, 骨干教师上.
    pub(super) fn gave(&self, clause: &str, ends: &[String], tails: &[String]) -> bool {
        let all = || self.people.iter().chain(&self.groups);
        let are_others = |front: &str| all().any(|word| front.ends_with(word.as_str()));
        let is_at_end = |end: &String| clause.strip_suffix(end.as_str()).is_some_and(are_others);
        let is_within = |tail: &String| clause.match_indices(tail.as_str()).any(|(at, _)| are_others(&clause[..at]));
        ends.iter().any(is_at_end) || tails.iter().any(is_within)
    }

    /// 徒弟公开课, 县一中教师示范课.
    fn have_lesson(&self, normal: &str, people: &PeopleWords) -> bool {
        let fronts = self.lessons.iter().filter_map(|lesson| normal.split_once(lesson.as_str()));
        let mut owners = fronts.map(|(front, _)| front.trim_end_matches('的'));
        owners.any(|owner| {
            let of_school =
                |word: &String| owner.strip_suffix(word.as_str()).is_some_and(|at| self.is_school(at, people));
            self.people.iter().any(|word| owner.ends_with(word.as_str())) || self.teachers.iter().any(of_school)
        })
    }

    /// 示范课（张丽）, 《背影》（张丽）.
    fn stand_behind(&self, normal: &str, people: &PeopleWords) -> bool {
        let named = normal.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        named.is_some_and(|(front, name)| front.ends_with(['课', '》']) && self.is_name(name, people))
    }

    /// 区二小张丽《画杨桃》.
    fn stand_before(&self, normal: &str, people: &PeopleWords) -> bool {
        let Some((front, _)) = normal.split_once('《') else { return false };
        let ends = front.char_indices().rev().map(|(at, _)| at).skip(1).take(2);
        ends.map(|at| front.split_at(at))
            .any(|(school, name)| self.is_name(name, people) && self.is_school(school, people))
    }

    /// Whether a text is the name of a school, and not only of a stage: 县一中, and not 全县小学.
    fn is_school(&self, text: &str, people: &PeopleWords) -> bool {
        let is_stage = self
            .stages
            .iter()
            .find_map(|stage| text.strip_suffix(stage.as_str()))
            .is_some_and(|front| front.is_empty() || self.wide.iter().any(|word| front.ends_with(word.as_str())));
        !is_stage && people.schools.is_school(text)
    }

    fn is_name(&self, text: &str, people: &PeopleWords) -> bool {
        (2..=3).contains(&text.chars().count())
            && people.is_name(text)
            && !self.no_names.iter().any(|word| text.starts_with(word.as_str()))
            && !self.no_name_ends.iter().any(|word| text.ends_with(word.as_str()))
    }
}
