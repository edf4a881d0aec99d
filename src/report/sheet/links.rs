//! Where things stand in the report, so that the lists and the copies can point at each other.

use std::collections::HashMap;

use crate::model::column_letters;

/// Links that a sheet may hold.
pub(crate) const LINKS: usize = 65_530;

/// The row of a list that speaks of a finding or an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    page: &'static str,
    /// From 0.
    row: u32,
    /// What it goes by there: 问题2023-001, 待核3.
    pub(crate) code: String,
}

/// The rows of the lists that are written already, by the places of findings and issues in the assessment.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) findings: HashMap<usize, Listed>,
    pub(crate) issues: HashMap<usize, Listed>,
}

impl Listed {
    pub(crate) fn new(page: &'static str, row: u32, code: String) -> Listed {
        Listed { page, row, code }
    }

    pub(crate) fn link(&self) -> String {
        link(self.page, self.row.saturating_add(1), 0)
    }
}

/// A link within the report to a cell of a sheet, by its row from 1 and its column from 0.
pub(crate) fn link(sheet: &str, row: u32, column: u32) -> String {
    format!("internal:'{}'!{}{row}", sheet.replace('\'', "''"), column_letters(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_its_sheet_in_quotes() {
        assert_eq!(link("原表1 it's", 5, 27), "internal:'原表1 it''s'!AB5");
        assert_eq!(Listed::new("问题清单", 4, String::new()).link(), "internal:'问题清单'!A5");
    }
}
