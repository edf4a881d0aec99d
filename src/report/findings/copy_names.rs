//! What the copies of the inputs are called in the report.

use crate::audit::Audit;
use crate::model::Sheet;
use crate::report::sheet::clean;

/// Characters of a sheet's name.
const NAME: usize = 31;

/// What the copy of each sheet is called; nothing where no row is kept, because an empty page says nothing.
pub(crate) fn copy_names<'a>(audit: &Audit, sheets: impl Iterator<Item = &'a Sheet>) -> Vec<Option<String>> {
    let mut number = 0;
    let name = |(at, sheet): (usize, &Sheet)| {
        let copy = audit.copies.get(at)?;
        (!copy.rows.is_empty()).then(|| {
            number += 1;
            sheet_name(number, &sheet.name)
        })
    };
    sheets.enumerate().map(name).collect()
}

/// 原表1 活动台账: valid and unique whatever the input calls its sheet.
fn sheet_name(number: usize, name: &str) -> String {
    let name = clean(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\n'], "_");
    let mut units = 0;
    let kept: String = format!("原表{number} {}", name.trim())
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= NAME
        })
        .collect();
    kept.trim_end_matches(['\'', ' ']).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_valid_whatever_the_input_calls_its_sheet() {
        assert_eq!(sheet_name(1, "活动台账"), "原表1 活动台账");
        assert_eq!(sheet_name(2, "a[b]:*?/\\c'"), "原表2 a_b______c");
        assert_eq!(sheet_name(3, "\u{0}'  "), "原表3");
        assert_eq!(sheet_name(10, "13812341234"), "原表10 138____1234");
        let long = sheet_name(4, &"😀".repeat(40));
        assert_eq!(long.encode_utf16().count(), 30);
    }
}
