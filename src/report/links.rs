//! Where things stand in the report, so that the lists and the copies can point at each other.

use std::collections::HashMap;

use super::index::Index;
use super::text::clean;
use crate::audit::Audit;
use crate::model::{CellRef, Copy, RowRef, Sheet, column_letters};

/// Links that a sheet may hold.
pub(super) const LINKS: usize = 65_530;
/// Characters of a sheet's name.
const NAME: usize = 31;

/// The row of a list that speaks of a finding or an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    page: &'static str,
    /// From 0.
    row: u32,
    /// What it goes by there: 问题2023-001, 待核3.
    pub(super) code: String,
}

/// The rows of the lists that are written already, by the places of findings and issues in the assessment.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) findings: HashMap<usize, Listed>,
    pub(super) issues: HashMap<usize, Listed>,
}

impl Listed {
    pub(super) fn new(page: &'static str, row: u32, code: String) -> Listed {
        Listed { page, row, code }
    }

    pub(super) fn link(&self) -> String {
        link(self.page, self.row.saturating_add(1), 0)
    }
}

impl Index<'_> {
    /// The copy of a sheet and what it is called in the report; none when no row of it is kept.
    pub(super) fn copy_of(&self, sheet: u32) -> Option<(&str, &Copy)> {
        let name = self.copy_names.get(sheet as usize)?.as_deref()?;
        Some((name, self.report.audit.copies.get(sheet as usize)?))
    }

    /// Whether a finding that names this row says so in the copy of its sheet: a shortened one does not show the many rows
    /// that a finding may name.
    pub(super) fn says_at(&self, row: RowRef) -> bool {
        let copy = self.report.audit.copies.get(row.sheet as usize);
        copy.is_none_or(|copy| !copy.shortened || copy.has_row(row.row))
    }

    /// A link to the first of these cells whose row stands in a copy.
    pub(super) fn link_to(&self, cells: &[CellRef]) -> Option<String> {
        cells.iter().find_map(|at| {
            let (name, copy) = self.copy_of(at.row.sheet)?;
            copy.has_row(at.row.row).then(|| link(name, at.row.row, at.column))
        })
    }
}

/// A link within the report to a cell of a sheet, by its row from 1 and its column from 0.
fn link(sheet: &str, row: u32, column: u32) -> String {
    format!("internal:'{}'!{}{row}", sheet.replace('\'', "''"), column_letters(column))
}

/// What the copy of each sheet is called; nothing where no row is kept, because an empty page says nothing.
pub(super) fn copy_names<'a>(audit: &Audit, sheets: impl Iterator<Item = &'a Sheet>) -> Vec<Option<String>> {
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

    #[test]
    fn a_link_names_its_sheet_in_quotes() {
        assert_eq!(link("原表1 it's", 5, 27), "internal:'原表1 it''s'!AB5");
        assert_eq!(Listed::new("问题清单", 4, String::new()).link(), "internal:'问题清单'!A5");
    }
}
