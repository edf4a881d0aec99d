//! The template as a workbook: how to fill it in, and its sheets.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use super::options::Options;
use super::sheets::{Template, TemplateSheet, sheets};
use super::{guide, table};
use crate::report::error::ReportError;
use crate::report::sheet::{BookWriter, formats};

/// The height of a row to fill in, in pixels: with room for the fonts that stand in for 宋体.
const ROW_PIXELS: u32 = 24;

/// The template as the bytes of a workbook, the same for the same packs.
pub fn template(template: &Template) -> Result<Vec<u8>, ReportError> {
    write(template, &sheets(template)).map_err(ReportError::Template)
}

fn write(template: &Template, sheets: &[TemplateSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = BookWriter::default();
    book.workbook.set_default_format(&formats::body(), ROW_PIXELS, formats::COLUMN_PIXELS)?;
    book.workbook.set_properties(&properties()?);
    guide::write(&mut book, template, sheets)?;
    let mut options = Options::default();
    for sheet in sheets {
        table::write(&mut book, sheet, &mut options)?;
    }
    options.write(&mut book)?;
    book.workbook.save_to_buffer()
}

/// A fixed day stands for the day of writing, so that the bytes do not depend on the clock; nobody is named.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("教研员台账模板").set_author("").set_creation_datetime(&created))
}
