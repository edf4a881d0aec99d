//! What a sum is called: 本月合计, 2023年度学时汇总.

use crate::dictionary::form::Form;
use crate::dictionary::words::{is_format, with_hints};

/// A longer text is no sum's name.
const LONGEST: usize = 20;
/// A longer text that only ends as one is a topic.
const LONGEST_END: usize = 12;

/// The words of the names of sums, in their normal form, the longest first.
#[derive(Debug, Default)]
pub struct SumWords {
    words: Vec<(String, SumPart)>,
    /// Each word for sums has one of these characters, and so has each of the pairs: most texts have none.
    marks: Vec<char>,
    /// The last two bytes of each of these characters: hardly any other text has them.
    ends: Vec<[u8; 2]>,
    /// And one of these pairs, which few others have: 设计 has a character of 合计.
    pairs: Vec<[char; 2]>,
    /// Parts of the names of sheets and columns that say what each person came to: 年度汇总, 总学时.
    names: Vec<String>,
}

/// What a word is in the name of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SumPart {
    /// 合计.
    Sum,
    /// 汇总: what it stands over may be a table of sums, or a meeting about them.
    Perhaps,
    /// What is summed up, and over which time: 全年, 学时.
    Beside,
}

/// How far a text is the name of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesSum {
    /// 本月合计.
    Wholly,
    /// 合计, 合计7节: of what is not said, and it may be what one row comes to.
    Bare,
    /// 年度汇总.
    Perhaps,
    /// 语文组小计: what stands before it is not known.
    AtItsEnd,
}

impl SumWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> SumWords {
        let lists = [("sums", SumPart::Sum), ("perhaps-sums", SumPart::Perhaps), ("beside-sums", SumPart::Beside)];
        let of = |(key, part)| form.strings(key).into_iter().map(move |word| (with_hints(&word), part));
        let mut words: Vec<(String, SumPart)> = lists.into_iter().flat_map(of).collect();
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let of =
            |part: fn(&SumPart) -> bool| words.iter().filter(move |(_, of)| part(of)).map(|(word, _)| word.as_str());
        let sums: Vec<&str> = of(|part| *part != SumPart::Beside).collect();
        let is_own =
            |pair: &[char; 2]| !of(|part| *part == SumPart::Beside).any(|word| pairs(word).any(|own| own == *pair));
        let all_pairs = |word: &str| pairs(word).filter(is_own).collect();
        let (marks, pairs) = (marks(&sums, |word| word.chars().collect()), marks(&sums, all_pairs));
        let ends = marks.iter().filter_map(|mark| mark.encode_utf8(&mut [0; 4]).as_bytes().last_chunk().copied());
        SumWords {
            ends: ends.collect(),
            marks,
            pairs,
            names: form.strings("sum-names").iter().map(|word| with_hints(word)).collect(),
            words,
        }
    }

    /// Whether a text may hold such a word, told without normalising it: nearly every text is asked.
    pub fn may_name(&self, text: &str) -> bool {
        let is_mark = |c: char| self.marks.contains(&c);
        self.has_end(text.as_bytes())
            && text.char_indices().any(|(at, c)| is_mark(c) && self.is_paired(text, at + c.len_utf8()))
    }

    /// Whether the name of a sheet or a column says that it has sums.
    pub fn names_sums(&self, name: &str) -> bool {
        let normal = with_hints(name);
        self.names.iter().any(|word| normal.contains(word.as_str()))
    }

    /// Whether a text is made of the words for sums and of what is summed up, and of nothing else: 全年节数.
    pub fn heads_amounts(&self, text: &str) -> bool {
        let normal = with_hints(text);
        let mut rest = normal.as_str();
        while let Some(behind) = self.words.iter().find_map(|(word, _)| rest.strip_prefix(word.as_str())) {
            rest = behind;
        }
        rest.is_empty() && normal.chars().nth(1).is_some()
    }

    /// Whether a text has the last two bytes of a mark. Each pair of its bytes is looked at, so that many are at once.
    fn has_end(&self, text: &[u8]) -> bool {
        let Some((_, behind)) = text.split_first() else { return false };
        self.ends.iter().any(|[one, two]| {
            text.iter().zip(behind).fold(false, |found, (byte, next)| found | ((byte == one) & (next == two)))
        })
    }

    /// Whether a mark ends at a byte of a text, and stands beside what makes it a pair.
    fn is_paired(&self, text: &str, end: usize) -> bool {
        let Some((front, back)) = text.split_at_checked(end) else { return false };
        let is_seen = |c: &char| !c.is_whitespace() && !is_format(*c);
        let mut before = front.chars().rev();
        let Some(mark) = before.next().filter(|c| self.marks.contains(c)) else { return false };
        let before = before.find(is_seen).map(|c| [c, mark]);
        let after = || back.chars().find(is_seen).map(|c| [mark, c]);
        before.is_some_and(|pair| self.pairs.contains(&pair)) || after().is_some_and(|pair| self.pairs.contains(&pair))
    }

    /// How far a text is the name of a sum, where `names` are whom its row names: 张三1月合计. `None` if it is none.
    pub fn named(&self, text: &str, names: &[&str]) -> Option<NamesSum> {
        if text.chars().nth(2 * LONGEST).is_some() {
            return None;
        }
        let normal = with_hints(text);
        let bare: String = normal.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        let whole = if bare.chars().nth(LONGEST).is_some() { None } else { self.whole(&bare, names) };
        let is_last = |(word, part): &(String, SumPart)| *part == SumPart::Sum && bare.ends_with(word.as_str());
        let ends = || bare.chars().nth(LONGEST_END).is_none() && self.words.iter().any(is_last);
        whole.or_else(|| ends().then_some(NamesSum::AtItsEnd))
    }

    /// A text of which every part is one of the name of a sum.
    fn whole(&self, text: &str, names: &[&str]) -> Option<NamesSum> {
        let (mut rest, mut last, mut has_beside, mut has_sum, mut has_number) = (text, None, false, false, false);
        while let Some(first) = rest.chars().next() {
            let word = self.words.iter().find_map(|(word, part)| Some((rest.strip_prefix(word.as_str())?, *part)));
            let name = || names.iter().find_map(|name| Some((rest.strip_prefix(name)?, SumPart::Beside)));
            if let Some((behind, part)) = word.or_else(name) {
                has_sum |= part == SumPart::Sum;
                has_beside |= part == SumPart::Beside;
                (rest, last) = (behind, Some(part));
                continue;
            }
            let is_numeral = first.is_ascii_digit() || "一二三四五六七八九十-至到第".contains(first);
            if !is_numeral {
                return None;
            }
            has_number |= has_sum;
            rest = &rest[first.len_utf8()..];
        }
        match last {
            Some(_) if has_sum && has_beside && !has_number => Some(NamesSum::Wholly),
            Some(_) if has_sum => Some(NamesSum::Bare),
            Some(SumPart::Perhaps) if has_beside => Some(NamesSum::Perhaps),
            Some(SumPart::Sum | SumPart::Perhaps | SumPart::Beside) | None => None,
        }
    }
}

/// A few marks of which each word has one.
fn marks<M: PartialEq>(words: &[&str], of: impl Fn(&str) -> Vec<M>) -> Vec<M> {
    let mut rest: Vec<Vec<M>> = words.iter().map(|word| of(word)).collect();
    let mut marks = Vec::new();
    while let Some(first) = rest.pop() {
        let held = |mark: &M| rest.iter().filter(|word| word.contains(mark)).count();
        let Some(place) = (0..first.len()).max_by_key(|place| held(&first[*place])) else { continue };
        let mark = first.into_iter().nth(place);
        rest.retain(|word| !word.iter().any(|own| Some(own) == mark.as_ref()));
        marks.extend(mark);
    }
    marks
}

fn pairs(word: &str) -> impl Iterator<Item = [char; 2]> {
    word.chars().zip(word.chars().skip(1)).map(|(one, next)| [one, next])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn named(text: &str) -> Option<NamesSum> {
        Dictionary::built_in().cells.sums.named(text, &["张三"])
    }

    #[test]
    fn the_name_of_a_sum_is_told_by_all_of_its_parts() {
        let whole = "本月合计|本月小计|上半年小计|下半年合计|全年累计|全年累计学时|全年合计|年度合计|1月合计|十二月份小计\
            |1-6月合计|第一学期合计|2023年合计|2023年度学时汇总|张三合计|张三1月小计|（本月合计）|听课合计|累计学时\
            |2023学年第一学期合计|第一季度小计|截至12月累计|合计节数|个人合计|本页小计|培训学时合计|学时总计";
        for text in whole.split('|') {
            assert_eq!(named(text), Some(NamesSum::Wholly), "{text}");
        }
        for text in ["合计", "小 计", "合计：", "总学时", "合计7节", "本月合计：12", "累计90学时"]
        {
            assert_eq!(named(text), Some(NamesSum::Bare), "{text}");
        }
        for text in ["年度汇总", "全年统计", "2023年培训汇总"] {
            assert_eq!(named(text), Some(NamesSum::Perhaps), "{text}");
        }
        for text in ["语文组小计", "李四合计"] {
            assert_eq!(named(text), Some(NamesSum::AtItsEnd), "{text}");
        }
    }

    #[test]
    fn the_words_for_sums_have_a_few_characters_in_common() {
        let sums = &Dictionary::built_in().cells.sums;
        assert!(sums.marks.len() <= 2);
        assert!(sums.pairs.iter().all(|pair| pair.iter().any(|c| sums.marks.contains(c))));
        for (word, _) in sums.words.iter().filter(|(_, part)| *part != SumPart::Beside) {
            assert!(sums.may_name(word), "{word}");
        }
        assert!(sums.may_name("小 计") && sums.may_name("本月合\u{200b}计") && sums.may_name("总\u{3000}数"));
        for text in ["单元整体教学设计与课堂评价研讨（第43次）", "建议第74课时补一次检测", "总务工作", "会计"]
        {
            assert!(!sums.may_name(text), "{text}");
        }
    }

    #[test]
    fn a_topic_that_speaks_of_sums_is_none() {
        let topics = "期末成绩汇总分析会|统计与概率 教研|统计|复式统计表|统计 第1课时|数据的收集与统计|汇总|成绩汇总|学期总结|年度工作总结\
            |总复习|设计|教学设计|总务工作会议|会计专业教研|合计与平均数教学研讨|课程总体设计|期末总复习|计算教学";
        for text in topics.split('|') {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
