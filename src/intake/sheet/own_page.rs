//! The pages of our templates that hold no records, known by their name together with their first text, so that a sheet of the name
//! with other content is listed like any other.

use super::probe::Probe;

/// A page of a template that explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnPage {
    pub sheet: &'static str,
    /// What its first cell says.
    pub title: &'static str,
}

/// How to fill in the template.
pub const GUIDE: OwnPage = OwnPage { sheet: "填写说明", title: "教研员台账填写说明" };
/// The words of the drop-down lists that are too long to stand in a cell's own list.
pub const OPTIONS: OwnPage = OwnPage { sheet: "填写选项", title: "下拉列表的选项（请勿改动）" };

impl Probe {
    /// The page of a template that a sheet is, if it is one. What can be read as a table is none: ask for that first.
    pub fn own_page(&self, sheet: &str) -> Option<OwnPage> {
        let first = self.rows.first().and_then(|row| row.own.first()).filter(|(column, _)| *column == 0);
        let first_text = first.map(|(_, part)| part.text.as_str());
        [GUIDE, OPTIONS].into_iter().find(|page| page.sheet == sheet && first_text == Some(page.title))
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use sheets::rows_of_text;

    fn page(sheet: &str, rows: &[&[&str]]) -> Option<OwnPage> {
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let mut probe = Probe::default();
        rows_of_text(&rows, &mut |row| {
            probe.take(row);
            ControlFlow::Continue(())
        });
        probe.own_page(sheet)
    }

    #[test]
    fn a_page_of_a_template_is_known_by_its_name_and_its_first_cell_together() {
        assert_eq!(page("填写说明", &[&["教研员台账填写说明"], &["姓名", "一"]]), Some(GUIDE));
        assert_eq!(page("填写选项", &[&["下拉列表的选项（请勿改动）"]]), Some(OPTIONS));
        assert_eq!(page("填写选项", &[&["教研员台账填写说明"]]), None);
        assert_eq!(page("填写说明", &[&["填写说明"]]), None);
        assert_eq!(page("填写说明", &[&["", "教研员台账填写说明"]]), None);
        assert_eq!(page("活动台账", &[&["教研员台账填写说明"]]), None);
        assert_eq!(page("填写说明", &[]), None);
    }
}
