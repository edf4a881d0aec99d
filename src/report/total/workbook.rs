//! The 总表 as a workbook: its pages in the order in which they are read.

use super::front::TITLE;
use super::ranking::Ranking;
use super::source::Total;
use super::{front, matrix, missed, offices, rules, run};
use crate::report::error::ReportError;
use crate::report::sheet::BookWriter;

/// The 总表 as the bytes of a workbook, the same for the same offices.
///
/// # Errors
/// The workbook cannot be made.
pub fn total(total: &Total) -> Result<Vec<u8>, ReportError> {
    let ranking = Ranking::new(total);
    let mut book = BookWriter::titled(TITLE, &total.period(), total.as_of)?;
    front::write(&mut book, &ranking)?;
    offices::write(&mut book, &ranking)?;
    rules::write(&mut book, &ranking)?;
    matrix::write(&mut book, &ranking)?;
    missed::write(&mut book, &ranking)?;
    run::write(&mut book, &ranking)?;
    Ok(book.workbook.save_to_buffer()?)
}
