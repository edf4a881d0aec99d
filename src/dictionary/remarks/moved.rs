//! Remarks that say of which year a row is, or that somebody spoke where others learnt.

use super::gapped::parted;
use crate::dictionary::form::Form;
use crate::dictionary::words::with_hints;

/// The words of `[remarks.moved]` and `[remarks.spoke]`, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// What stands before the year of a row: 补, 计入; and behind it: 学时.
    before: Vec<String>,
    behind: Vec<String>,
    /// What may stand before the word for who spoke, and behind it: 作为, 教师.
    fronts: Vec<String>,
    tails: Vec<String>,
    /// What begins a text that says that somebody spoke: 主讲, and words around whom they spoke to: 给…讲.
    heads: Vec<String>,
    heads_gapped: Vec<(String, String)>,
    /// What ends a topic that says so, or a bracket of it: 国培班主讲.
    ends: Vec<String>,
}

impl Moved {
    pub(super) fn read(form: &Form<'_, '_>) -> Moved {
        let mut moved = Moved::default();
        let normal = |words: &Form<'_, '_>, key| words.strings(key).iter().map(|text| with_hints(text)).collect();
        if let Some(words) = form.form("moved") {
            (moved.before, moved.behind) = (normal(&words, "before"), normal(&words, "behind"));
            words.finish();
        }
        if let Some(words) = form.form("spoke") {
            (moved.fronts, moved.tails) = (normal(&words, "fronts"), normal(&words, "tails"));
            (moved.heads, moved.ends) = (normal(&words, "heads"), normal(&words, "ends"));
            moved.heads_gapped = normal(&words, "heads-gapped").iter().filter_map(|words| parted(words)).collect();
            words.finish();
        }
        moved
    }

    /// The first and the last year of which a text says that its row is: 补2022年, 2022年学时.
    pub(super) fn years(&self, text: &str) -> Option<(i16, i16)> {
        let normal = with_hints(text);
        let mut starts = normal.char_indices().filter(|(at, c)| c.is_ascii_digit() && !ends_in_digit(&normal, *at));
        starts.find_map(|(at, _)| self.years_at(normal.get(..at)?, normal.get(at..)?))
    }

    fn years_at(&self, front: &str, rest: &str) -> Option<(i16, i16)> {
        let (first, rest) = year(rest)?;
        let until = rest.strip_prefix(['-', '~', '至']).and_then(year);
        let (last, rest) = until.unwrap_or((first, rest));
        let named = ["学年度", "学年", "年度", "年"]
            .into_iter()
            .find_map(|word| rest.strip_prefix(word).map(|rest| (word, rest)));
        let (word, rest) = named.unwrap_or(("", rest));
        let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = month.strip_prefix("月份").or(month.strip_prefix('月')).unwrap_or(rest);
        let is_said = self.before.iter().any(|word| front.ends_with(word.as_str()))
            || self.behind.iter().any(|word| rest.starts_with(word.as_str()));
        // The school year of 2022 ends in 2023.
        is_said.then_some((first, if word.starts_with('学') { last.max(first + 1) } else { last }))
    }

    /// Whether a part of a text says by one of these words, and hardly more, as what somebody was there: 作为授课专家.
    pub(super) fn spoke(&self, text: &str, words: &[String]) -> bool {
        const MARKS: [char; 12] = ['(', ')', '（', '）', '、', ',', '，', ';', '；', '。', '【', '】'];
        // 主讲：张三 says who spoke, 角色：主讲 as what they were there.
        let said = text.split(MARKS).filter_map(|part| part.rsplit([':', '：']).next());
        said.map(with_hints).any(|part| self.is_speaker(&part, words))
    }

    /// Whether a text, which names nobody behind a colon, begins by saying that somebody spoke: 主讲县级新课标培训.
    pub(super) fn is_headed(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let begins = |word: &String| normal.starts_with(word.as_str()) && !text.contains([':', '：']);
        let around = |(front, back): &(String, String)| {
            normal
                .strip_prefix(front.as_str())
                .is_some_and(|rest| !rest.starts_with(back.as_str()) && rest.contains(back.as_str()))
        };
        self.heads.iter().any(begins) || self.heads_gapped.iter().any(around)
    }

    /// Whether a topic says at its end, or at that of a bracket, that somebody spoke: 新教师培训（周敏讲）.
    pub(super) fn is_ended(&self, topic: &str) -> bool {
        let normal = with_hints(topic);
        let spoke = |part: &str| self.ends.iter().any(|word| part.ends_with(word.as_str()));
        let mut bracketed = normal.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(part, _)| part);
        let is_name = |name: &str| (2..4).contains(&name.chars().count()) && !name.starts_with('第');
        let is_said = |part: &str| {
            spoke(part)
                || self.ends.iter().any(|word| part.starts_with(word.as_str()))
                || part.strip_suffix('讲').is_some_and(is_name)
        };
        spoke(&normal) || bracketed.any(is_said)
    }

    fn is_speaker(&self, part: &str, words: &[String]) -> bool {
        let mut rest = part;
        while let Some(bare) = self.fronts.iter().find_map(|front| rest.strip_prefix(front.as_str())) {
            rest = bare;
        }
        let is_tail = |tail: &str| {
            tail.is_empty()
                || tail.starts_with(|c: char| c.is_ascii_digit() || "《“\"".contains(c))
                || self.tails.iter().any(|one| tail == one)
        };
        let is_led = rest.len() < part.len();
        words.iter().any(|word| rest.strip_prefix(word.as_str()).is_some_and(is_tail) || is_led && rest.ends_with(word))
    }
}

fn ends_in_digit(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|front| front.ends_with(|c: char| c.is_ascii_digit()))
}

/// A year at the beginning of a text, in four digits, or in two before 年; and what follows.
fn year(text: &str) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (written, rest) = text.split_at_checked(digits)?;
    let year: i16 = written.parse().ok()?;
    match digits {
        4 if (2000..2100).contains(&year) => Some((year, rest)),
        2 if rest.starts_with(['年', '-']) && (10..40).contains(&year) => Some((2000 + year, rest)),
        _ => None,
    }
}
