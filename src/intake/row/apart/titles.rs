//! Texts that stand alone in a row as the heading of those below it: of a section, or of a time.

use sheets::{Raw, RawCell, Row};

/// The text of a row in which nothing else stands, and its column.
pub(super) fn only_text<'r>(row: Row<'r>) -> Option<(u32, &'r str)> {
    let mut own = row.cells.iter().filter(|cell| !cell.merged);
    match (own.next(), own.next()) {
        (Some(RawCell { column, value: Raw::Text(text), .. }), None) => Some((*column, text)),
        (_, _) => None,
    }
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

/// 2023年下半年, 9月份, 第一学期: a time alone in its row that is no day.
pub(super) fn is_period(text: &str) -> bool {
    let is_of_period =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十年月份度上下半第学期季春秋夏冬-~至—()".contains(c);
    let (ends, end) = (["年", "度", "月", "月份", "学期", "半年"], text.trim_end_matches(')'));
    text.chars().all(is_of_period) && ends.iter().any(|word| end.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_no_day() {
        for text in ["2023年下半年", "9月", "九月份", "2023-2024学年第一学期", "2023年(下半年)", "第三季度", "2023年度"]
        {
            assert!(is_period(text), "{text}");
        }
        for text in ["2023-09-04", "9月4日", "2023年9月4", "2023.9", "上半年工作", "学期"] {
            assert!(text == "学期" || !is_period(text), "{text}");
        }
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
