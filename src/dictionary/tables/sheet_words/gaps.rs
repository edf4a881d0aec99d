//! What a sheet says of itself: that rows of it stand elsewhere, are lost or not yet written.

use crate::dictionary::form::Form;
use crate::dictionary::words::with_hints;

/// A longer text is no title.
const LONGEST_TITLE: usize = 30;

/// The words of `[incomplete]`, in their normal form.
#[derive(Debug, Default)]
pub struct GapWords {
    missing: Vec<String>,
    harmless: Vec<String>,
    asking: Vec<String>,
    matter: Vec<String>,
    excerpt: Vec<String>,
    nouns: Vec<String>,
}

impl GapWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> GapWords {
        let Some(words) = form.form("incomplete") else { return GapWords::default() };
        let normal = |key| words.strings(key).iter().map(|text| with_hints(text)).collect();
        let gaps = GapWords {
            missing: normal("missing"),
            harmless: normal("harmless"),
            asking: normal("asking"),
            matter: normal("matter"),
            excerpt: normal("excerpt"),
            nouns: normal("nouns"),
        };
        words.finish();
        gaps
    }

    /// Whether a note says that rows are missing: 李四10月份台账遗失, and not 如有遗失请补登 or 佐证材料另附.
    pub fn says(&self, note: &str) -> bool {
        note.split(['。', ';', '；', ',', '，', '\n']).any(|clause| {
            let normal = with_hints(clause);
            let said = self.harmless.iter().fold(normal, |rest, phrase| rest.replace(phrase.as_str(), ""));
            has(&self.missing, &said) && !has(&self.asking, &said) && !has(&self.matter, &said) && !said.ends_with('的')
        })
    }

    /// Whether a title says that it stands above a list: 2023年拟聘名单.
    pub fn names_list(&self, title: &str) -> bool {
        has(&self.nouns, &with_hints(title))
    }

    /// Whether a title or a name says that it is of a part: 2023年活动台账（部分）.
    pub fn is_excerpt(&self, title: &str) -> bool {
        let normal = with_hints(title);
        let is_short = normal.chars().nth(LONGEST_TITLE).is_none();
        is_short && has(&self.excerpt, &normal) && has(&self.nouns, &normal) && !has(&self.asking, &normal)
    }
}

fn has(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;

    #[test]
    fn a_note_says_that_rows_are_missing() {
        let words = &Dictionary::built_in().sheet_words.gaps;
        let notes = "说明：李四下半年下校记录另册登记|注：李四10月份台账遗失，未计入|备注：11、12月份记录尚未录入|注：下校指导见另表\
            |（以上为部分记录，其余见纸质台账）|李四10月台账遗失，请谅解|12月的待补|本表只登记听课|3月以前的记录不全|注：因换人，9月未登记";
        for note in notes.split('|') {
            assert!(words.says(note), "{note}");
        }
        let notes = "填表说明：请勿缺失|注：天数按半天0.5计|制表人：张三|说明：如有遗漏请补登|遗漏的，请及时补登|佐证材料另附|照片见另册\
            |记录完整，无遗失|备注：一人一行|说明：学校可用简称|说明：带*的必填|注：听课不得少于80节";
        for note in notes.split('|') {
            assert!(!words.says(note), "{note}");
        }
    }

    #[test]
    fn a_title_says_that_it_is_of_a_part() {
        let words = &Dictionary::built_in().sheet_words.gaps;
        for title in
            ["2023年活动台账（部分）", "活动台账摘录", "听课记录（节选）", "2023年部分下校记录", "台账（不完整）"]
        {
            assert!(words.is_excerpt(title), "{title}");
        }
        for title in ["2023年活动台账", "教研部分工", "部分学校用简称", "2023年上半年听课记录", "各部门活动台账"]
        {
            assert!(!words.is_excerpt(title), "{title}");
        }
    }
}
