//! A list of a page: its heads stay in sight, its rows can be filtered, and an empty one says so.

use rust_xlsxwriter::XlsxError;

use crate::report::findings::RuledFinding;
use crate::report::sheet::{Listed, Page, PageCell};

/// What all rows of a list share.
pub(super) struct List<'l> {
    pub(super) heads: &'l [&'l str],
    /// The columns that stay in sight.
    pub(super) frozen: u16,
    /// What stands in a list without rows.
    pub(super) none: &'l str,
    /// The least height of a row in points, for a pen.
    pub(super) least: f64,
    /// Whether its last row is kept with the signatures.
    pub(super) signed: bool,
}

impl List<'_> {
    /// Writes the list. Gives where each row stands, from 0; `None` where the sheet has no room for it.
    pub(super) fn write<'a, C: AsRef<[PageCell<'a>]>>(
        &self,
        page: &mut Page,
        rows: impl ExactSizeIterator<Item = C>,
    ) -> Result<Vec<Option<u32>>, XlsxError> {
        let (head, count) = (page.next(), rows.len());
        page.list_head(self.heads, self.frozen)?;
        let mut places = Vec::with_capacity(count);
        for (number, cells) in (1..).zip(rows) {
            if self.signed && number == count {
                page.sign_below();
            }
            places.push(page.free_row());
            page.tall_row(cells.as_ref(), self.least)?;
        }
        if count == 0 {
            page.row(&[PageCell::centre(self.none).over(u16::try_from(self.heads.len()).unwrap_or(1))])?;
        } else {
            page.filter(head)?;
        }
        Ok(places)
    }
}

/// Where each finding that has a row of a list is listed, by its place in the assessment.
pub(super) fn listed(
    page: &'static str,
    entries: &[RuledFinding],
    places: Vec<Option<u32>>,
    code: impl Fn(u64) -> String,
) -> Vec<(usize, Listed)> {
    let all = (1..).zip(entries).zip(places);
    all.filter_map(|((number, entry), row)| Some((entry.at, Listed::new(page, row?, code(number))))).collect()
}
