//! A workbook as all of ours begin: fonts, sizes, properties, and what stands at the head of a printed page.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::intake::files::REPORT_KEYWORD;

use super::formats::{self, BODY_FONT};
use super::links::Listing;

/// How hard a report is compressed, of 1 to 9: as Excel itself does it.
const COMPRESSION: u8 = 2;

/// A workbook that is being written.
#[derive(Default)]
pub(crate) struct BookWriter {
    pub(crate) workbook: Workbook,
    /// What stands at the head of every printed page of a table, so that a loose sheet can be put back.
    pub(crate) header: String,
    /// Where findings and issues are listed, for the links from the copies.
    pub(crate) listing: Listing,
}

impl BookWriter {
    /// An empty one. It says on its printed pages and in its properties what it is and of when.
    pub(crate) fn titled(title: &str, period: &str, as_of: Date) -> Result<BookWriter, XlsxError> {
        let about = format!("{title}（{period}，数据截至{as_of}）");
        let header = format!("&L&\"{BODY_FONT}\"&9{}&R&\"{BODY_FONT}\"&9&A", about.replace('&', "&&"));
        let mut workbook = Workbook::new();
        workbook.set_default_format(&formats::body(), formats::LINE_PIXELS, formats::COLUMN_PIXELS)?;
        workbook.set_properties(&properties(title, as_of)?);
        workbook.set_zip_compression_level(COMPRESSION);
        Ok(BookWriter { workbook, header, listing: Listing::default() })
    }
}

/// The as-of day stands for the day of writing, so that the bytes do not depend on the clock; nobody is named.
fn properties(title: &str, day: Date) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    let created = ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author("")
        .set_keywords(REPORT_KEYWORD)
        .set_creation_datetime(&created))
}
