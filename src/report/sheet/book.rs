//! A workbook as all of ours begin: fonts, sizes, properties, and what stands at the head of a printed page.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::formats::{self, BODY_FONT};
use crate::intake::files::REPORT_KEYWORD;
use crate::model::column_letters;

/// How hard a report is compressed, of 1 to 9: as Excel itself does it.
const COMPRESSION: u8 = 2;
/// Links that a sheet may hold.
pub(crate) const LINKS: usize = 65_530;

#[derive(Default)]
pub(crate) struct BookWriter {
    pub(crate) workbook: Workbook,
    /// What stands at the head of every printed page of a table, so that a loose sheet can be put back.
    pub(crate) header: String,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// What it goes by there: 问题2023-001, 待核3.
    pub(crate) code: Rc<str>,
    pub(crate) link: Rc<str>,
}

/// The rows of the lists that are written already, by the places of findings and issues in the assessment.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) findings: HashMap<usize, Listed>,
    pub(crate) issues: HashMap<usize, Listed>,
}

impl Listed {
    /// `row` counts from 0.
    pub(crate) fn new(page: &str, row: u32, code: String) -> Listed {
        Listed { code: code.into(), link: link(page, row.saturating_add(1), 0).into() }
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
        assert_eq!(&*Listed::new("问题清单", 4, String::new()).link, "internal:'问题清单'!A5");
    }
}
