//! The words and marks that clerks write in any column: yes and no, nothing, not yet, and what parts a list.

use crate::dictionary::{Field, normalise, plain_word, with_hints, without_code};

const YES: [&str; 14] = ["是", "√", "✓", "✔", "有", "Y", "y", "YES", "Yes", "yes", "1", "true", "TRUE", "对"];
const NO: [&str; 15] = ["否", "×", "✗", "✘", "无", "N", "n", "NO", "No", "no", "0", "false", "FALSE", "不是", "没有"];

/// Marks that clerks put where there is nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(|c| matches!(c, '-' | '/' | '—' | '–' | '\\' | '_' | '－'))
}

/// Words for an end that has not come.
pub(crate) fn is_open(text: &str) -> bool {
    ["至今", "现在", "今", "在任", "在岗", "在职", "目前", "至现在", "到现在", "仍在任", "未结束"].contains(&text)
}

/// Words for no date.
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(text, "无" | "暂无" | "没有" | "未填")
}

/// The items of a cell: 张三、李四. Spaces and 和 do not part them, because names are written with them inside.
pub(crate) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '/', '\n', '|', '&']).map(str::trim).filter(|item| !item.is_empty())
}

/// Yes or no; what a bracket adds may change it, and a code before the word is left out: 205-暂未在本单位任职-交流轮岗.
pub(crate) fn flag(text: &str, field: &Field) -> Option<bool> {
    let normal = plain_word(text)?;
    let hinted = with_hints(text);
    if field.unsure.iter().any(|word| hinted.contains(word.as_str())) {
        return None;
    }
    yes_or_no(&normal, field).or_else(|| {
        let word = without_code(&normal).filter(|word| !word.starts_with(|c: char| c.is_ascii_alphanumeric()))?;
        yes_or_no(word, field).or_else(|| yes_or_no(word.split('-').next()?, field))
    })
}

/// Yes or no with an amount beside it: 是(350万元).
pub(crate) fn flag_beside_amount(text: &str, field: &Field) -> Option<bool> {
    let is_amount = |c: char| c.is_ascii_digit() || "()（）.,，、:：万亿千百元圆¥￥约共计合".contains(c);
    flag(text, field).or_else(|| {
        let bare = text.trim_end_matches(is_amount);
        flag(bare, field).filter(|_| text[bare.len()..].contains(['元', '万', '亿']))
    })
}

/// Whether a text of another column denies the yes of a field.
pub(crate) fn denies(text: &str, field: &Field) -> bool {
    let normal = normalise(text);
    field.denied_by.iter().any(|word| normal.contains(word.as_str())) || field.no.contains(&normal)
}

fn yes_or_no(normal: &str, field: &Field) -> Option<bool> {
    let is = |words: &[String]| words.iter().any(|word| word == normal);
    let usual = [(&YES[..], true), (&NO[..], false)].into_iter().find(|(words, _)| words.contains(&normal));
    let own = || is(&field.yes).then_some(true).or_else(|| is(&field.no).then_some(false));
    usual.map(|(_, flag)| flag).or_else(own)
}

/// A formula that was saved as text: =SUM(D2:D9).
pub(super) fn is_formula(text: &str) -> bool {
    text.strip_prefix('=')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "(+-$@'".contains(c)))
}
