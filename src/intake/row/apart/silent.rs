//! Texts that say nothing of what their row is, wherever in a row of several cells they stand.

use super::non_records::{TOTALS, by_first_word, first_seen, is_example, may_begin};
use crate::dictionary::{FieldKind, SumWords};
use crate::intake::cell::{clean, without_space};

/// Whether a text says nothing of what its row is. `kind` is what its column is read as, `None` if it is not read.
pub(in crate::intake::row) fn is_silent(text: &str, kind: Option<FieldKind>, sums: &SumWords) -> bool {
    let Some(begins) = first_seen(text) else { return true };
    let is_name = matches!(kind, Some(FieldKind::Person | FieldKind::People));
    let end = text.trim_end();
    let may_tell = may_begin(begins)
        || end.ends_with(['计', '数', '）', ')', ':', '：', '_'])
        || is_name && text.contains(['例', '示', '样']);
    let tells = || {
        let normal = without_space(&clean(text));
        let is_example = is_name && is_example(&normal);
        by_first_word(&normal).is_some()
            || TOTALS.contains(&normal.as_str())
            || is_example
            || end.ends_with([':', '：', '_'])
    };
    let says = (may_tell && tells()) || sums.may_name(text);
    !says
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn silent(text: &str, kind: FieldKind) -> bool {
        is_silent(text, Some(kind), &Dictionary::built_in().cells.sums)
    }

    #[test]
    fn a_text_is_silent_unless_it_may_be_a_total_a_signature_or_an_example() {
        for text in ["小学语文单元整体教学研讨（第43次）", "第01区第1小学", "校级", "审核人员培训", "王芳", " "]
        {
            assert!(silent(text, FieldKind::Text), "{text}");
        }
        let telling =
            "合计|小 计|1-3月合计|填表人：张三|（盖章）|例：听课|注：略|第1页|本月合计|学时总计|审核人：|单位：";
        for text in telling.split('|') {
            assert!(!silent(text, FieldKind::Text), "{text}");
        }
        assert!(!silent("张三(例)", FieldKind::Person) && silent("案例研讨", FieldKind::Text));
    }
}
