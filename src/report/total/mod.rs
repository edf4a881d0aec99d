//! 总表: the audits of many offices in one workbook, and on a page in the terminal. No person stands in it.

use jiff::civil::Date;

use super::formats::Look;
use super::page::Page;
use super::paper::Paper;
use super::{Book, ReportError};
use crate::model::{Counts, Office, Outcome, Period, Summary};
use crate::pack::Pack;

const TITLE: &str = "教研工作核查总表";

/// What a 总表 is made from.
pub struct Total<'t> {
    /// In the order in which they are listed.
    pub offices: &'t [Office],
    pub packs: &'t [Pack],
    /// As the assessment writes it: 2023, 2023-2024.
    pub period: &'t str,
    pub as_of: Date,
    /// What the run was called with: a name in Chinese and its value.
    pub options: &'t [(String, String)],
    /// What the run did that nobody asked for, and files that belong to no office. Plain Chinese.
    pub notes: &'t [String],
}

/// The 总表 as the bytes of a workbook, the same for the same offices.
///
/// # Errors
/// The workbook cannot be made.
pub fn total(total: &Total) -> Result<Vec<u8>, ReportError> {
    let mut book = Book::titled(TITLE, &total.period(), total.as_of)?;
    let mut page = Page::new(&mut book, "概况", Paper::Landscape, [14.0; 10])?;
    page.title(TITLE)?;
    page.line(&total.headline(), Look::Lead)?;
    page.finish()?;
    Ok(book.workbook.save_to_buffer()?)
}

/// What is printed of it.
pub fn total_text(total: &Total, width: Option<u16>) -> String {
    let _ = width;
    format!("{}\n", total.headline())
}

impl<'t> Total<'t> {
    fn audited(&self) -> impl Iterator<Item = (&'t Office, &'t Summary)> {
        self.offices.iter().filter_map(|office| match &office.outcome {
            Outcome::Audited(summary) => Some((office, summary)),
            Outcome::NotAudited(_) => None,
        })
    }

    fn headline(&self) -> String {
        let counts = self.audited().fold(Counts::default(), |sum, (_, summary)| sum.plus(summary.counts()));
        let audited = self.audited().count();
        let missed = self.offices.len() - audited;
        format!("应核查{}个单位，已核查{audited}个，未能核查{missed}个，达标率{}", self.offices.len(), counts.rate())
    }

    fn period(&self) -> String {
        Period::parse(self.period).map_or_else(|_| self.period.to_string(), Period::label)
    }
}
