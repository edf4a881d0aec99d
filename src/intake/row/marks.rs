//! The words by which a row says that it is no record: 合计, 填表人, 例, 备注, 第1页, 一、小学组.

/// What a total is called, where nothing else stands in the cell.
pub(super) const TOTALS: [&str; 8] = ["合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "总人数"];

const COUNTED: [&str; 8] = ["人数", "天数", "节数", "学时", "次数", "场次", "数", "数量"];

const SIGNATURES: [&str; 37] = [
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "复核人",
    "核查人",
    "检查人",
    "经办人",
    "审批人",
    "校对人",
    "单位负责人",
    "统计负责人",
    "主要负责人",
    "负责人",
    "负责人签字",
    "负责人签章",
    "分管领导",
    "主管领导",
    "领导签字",
    "校长签字",
    "督导组长",
    "签字",
    "签章",
    "盖章",
    "公章",
    "单位盖章",
    "单位公章",
    "填报单位",
    "填表单位",
    "报送单位",
    "上报单位",
    "填表日期",
    "填报日期",
    "报出日期",
    "联系人",
    "联系电话",
];

const DATED: [&str; 5] = ["填表时间", "填报时间", "制表日期", "制表时间", "报送日期"];

const EXAMPLES: [&str; 7] = ["例", "例如", "示例", "示例行", "样例", "举例", "填写示例"];

const REMARKS: [&str; 5] = ["注", "说明", "备注", "填表说明", "附注"];

pub(super) const TOTAL: &str = "合计行，不是记录";

pub(super) const EXAMPLE: &str = "示例行，不是记录";

/// Whether a text can be one of the totals, which have four characters at most, when it is clean: topics that begin like
/// one (小学语文) are told without that. None of their characters is put together from several.
pub(super) fn is_short(text: &str) -> bool {
    let counts = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '\'' | '\u{feff}');
    text.chars().filter(counts).nth(4).is_none()
}

/// Whether a word below may begin so. Most rows begin with none of these: told without normalising.
pub(super) fn is_beginning(c: char) -> bool {
    matches!(
        c,
        '合' | '小'
            | '总'
            | '共'
            | '累'
            | '本'
            | '填'
            | '制'
            | '审'
            | '单'
            | '统'
            | '报'
            | '例'
            | '示'
            | '样'
            | '举'
            | '注'
            | '说'
            | '备'
            | '附'
            | '负'
            | '第'
            | '年'
            | '公'
            | '盖'
            | '经'
            | '校'
            | '复'
            | '主'
            | '分'
            | '签'
            | '领'
            | '联'
            | '核'
            | '检'
            | '督'
            | '上'
            | '('
            | '（'
            | '['
            | '【'
            | '〔'
    )
}

/// What a text says of its row, by its first word or its last. The text is NFKC and has no white space.
pub(super) fn by_first_word(text: &str) -> Option<&'static str> {
    // 合计, 合计：12, 合计人数, 填表人：张三, but not 总计划研讨 or 负责人培训班, which a topic may be.
    let ends_there = |rest: &str| {
        let next = rest.chars().next();
        next.is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_digit()) || COUNTED.contains(&rest)
    };
    let begins = |words: &[&str]| words.iter().any(|word| text.strip_prefix(word).is_some_and(ends_there));
    // 1-3月合计: short, so that a topic that ends so is none.
    let ends = text.chars().count() <= 12 && TOTALS.iter().any(|word| text.ends_with(word));
    let stamped = ["公章)", "盖章)", "签字)", "签章)"].iter().any(|stamp| text.contains(stamp));
    if begins(&TOTALS) || ends {
        Some(TOTAL)
    } else if begins(&SIGNATURES) || begins(&DATED) || stamped || text == "年月日" {
        Some("落款行，不是记录")
    } else if is_example(text) {
        Some(EXAMPLE)
    } else if begins(&REMARKS) {
        Some("备注行，不是记录")
    } else {
        is_page_number(text).then_some("页码行，不是记录")
    }
}

/// 例, 例：张三, (示例)张三, 张三(例).
pub(super) fn is_example(text: &str) -> bool {
    let bracketed = EXAMPLES.iter().any(|word| {
        let marks = [format!("({word})"), format!("[{word}]"), format!("【{word}】"), format!("〔{word}〕")];
        marks.iter().any(|mark| text.starts_with(mark) || text.ends_with(mark))
    });
    let ends_there =
        |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_digit());
    bracketed || EXAMPLES.iter().any(|word| text.strip_prefix(word).is_some_and(ends_there))
}

/// 第1页, 第1页共3页.
fn is_page_number(text: &str) -> bool {
    let number =
        |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)).len();
    let after = |text: &str, word: char| -> Option<String> {
        let rest = text.strip_prefix(word)?;
        rest[rest.len() - number(rest)..].strip_prefix('页').map(ToString::to_string)
    };
    let Some(rest) = after(text, '第').or_else(|| after(text, '共')) else { return false };
    let rest = rest.trim_start_matches([',', '，', '/', '、']);
    rest.is_empty() || after(rest, '共').is_some_and(|rest| rest.is_empty())
}

/// 一、小学组, (二)初中组, 北京市(92所).
pub(super) fn is_section_title(text: &str) -> bool {
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let inner = text.strip_prefix('(').unwrap_or(text);
    let behind = inner.trim_start_matches(is_numeral);
    let enumerated =
        behind.len() < inner.len() && behind.starts_with(if inner.len() < text.len() { ')' } else { '、' });
    let counted = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).is_some_and(|(title, count)| {
        let unit = count.trim_start_matches('共').trim_start_matches(|c: char| c.is_ascii_digit());
        !title.is_empty() && unit.len() < count.len() && ["所", "校", "个", "家", "个单位"].contains(&unit)
    });
    enumerated || counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_by_its_first_word() {
        let cases = [
            (TOTAL, "合计|合计:12|小计|总计|共计人数|1-3月合计|本页小计|累计"),
            ("落款行，不是记录", "填表人:张三|制表|单位(公章):|负责人签字:|年月日|联系电话:1|填报日期:2023年"),
            (EXAMPLE, "例|例:张三|(例)张三|(示例)|【示例】张三|示例1|张三(例)|填写示例"),
            ("备注行，不是记录", "注:略|说明:略|备注|填表说明"),
            ("页码行，不是记录", "第1页|第1页共3页|第一页|第2页,共3页|共3页|第1页/共2页"),
        ];
        for (reason, texts) in cases {
            for text in texts.split('|') {
                assert_eq!(by_first_word(text), Some(reason), "{text}");
            }
        }
        let records = "总计划研讨|负责人培训班|示例课研讨|审核人员培训|例如何教作文|合长青|单文|总结会|第1页教材解读|注意力研究|共同体建设|联系人民群众";
        for text in records.split('|') {
            assert_eq!(by_first_word(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_word_begins_with_is_looked_at() {
        let words = [&TOTALS[..], &SIGNATURES, &DATED, &EXAMPLES, &REMARKS].concat();
        let missing: Vec<&&str> = words.iter().filter(|word| !word.starts_with(is_beginning)).collect();
        assert_eq!(missing, Vec::<&&str>::new());
    }

    #[test]
    fn every_total_is_short_however_it_is_written() {
        for total in TOTALS {
            assert!(is_short(total), "{total}");
            let spaced: String = total.chars().flat_map(|c| [c, ' ', '\u{3000}']).collect();
            assert!(is_short(&format!("'{spaced}''\u{feff}\n")), "{total}");
        }
        assert!(!is_short("小学语文单元整体教学"));
    }

    #[test]
    fn a_section_is_told_by_its_number_or_its_count() {
        for text in ["一、小学组", "(二)初中组", "北京市(92所)", "十一、其他", "市直(共5个单位)"]
        {
            assert!(is_section_title(text), "{text}");
        }
        for text in ["望汐一小", "一小", "望汐小学(东校区)", "望汐小学(30人)", "林青", "(92所)", "2023-03-06"]
        {
            assert!(!is_section_title(text), "{text}");
        }
    }
}
