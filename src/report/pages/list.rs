//! A list that fills a page: its heads stay in sight, its rows can be filtered, and an empty one says so.

use rust_xlsxwriter::XlsxError;

use crate::report::findings::RuledFinding;
use crate::report::sheet::{BookWriter, Listed, Look, Page, PageCell, Paper};

pub(super) struct List<'l> {
    pub(super) sheet: &'static str,
    pub(super) title: &'static str,
    pub(super) widths: &'static [f64],
    /// Separated by bars.
    pub(super) heads: &'l str,
    pub(super) frozen: u16,
    pub(super) none: &'static str,
    /// The least height of a row in points, for a pen.
    pub(super) least: f64,
    /// Whether its last row is kept with the signatures.
    pub(super) signed: bool,
}

impl List<'_> {
    pub(super) fn page<'b>(&self, book: &'b mut BookWriter) -> Result<Page<'b>, XlsxError> {
        Page::new(book, self.sheet, Paper::Landscape, self.widths)
    }

    /// Writes the page but for its end. Gives where each row stands, from 0; `None` where the page has no room for it.
    pub(super) fn write<'a, T, C: AsRef<[PageCell<'a>]>>(
        &self,
        page: &mut Page,
        about: &str,
        entries: &'a [T],
        row: impl Fn(u64, &'a T) -> C,
    ) -> Result<Vec<Option<u32>>, XlsxError> {
        page.title(self.title)?;
        page.line(about, Look::Line)?;
        let (head, count) = (page.next(), entries.len());
        page.list_head(self.heads.split('|'), self.frozen)?;
        let mut places = Vec::with_capacity(count);
        for (number, entry) in (1..).zip(entries) {
            if self.signed && number == count as u64 {
                page.sign_below();
            }
            places.push(page.free_row());
            page.tall_row(row(number, entry).as_ref(), self.least)?;
        }
        if count == 0 {
            page.row(&[PageCell::centre(self.none).over(u16::try_from(self.widths.len()).unwrap_or(1))])?;
        } else {
            page.filter(head)?;
        }
        Ok(places)
    }

    /// Where each finding that has a row of the list is listed, by its place in the assessment.
    pub(super) fn listed(
        &self,
        entries: &[RuledFinding],
        places: Vec<Option<u32>>,
        code: impl Fn(u64) -> String,
    ) -> impl Iterator<Item = (usize, Listed)> {
        let all = (1..).zip(entries).zip(places);
        all.filter_map(move |((number, entry), row)| Some((entry.at, Listed::new(self.sheet, row?, code(number)))))
    }
}
