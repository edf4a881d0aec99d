//! The 总表 as a workbook: its pages in the order in which they are read.

use super::front::TITLE;
use super::source::Total;
use super::standing::Standing;
use super::{front, matrix, missed, offices, rules, run};
use crate::report::error::ReportError;
use crate::report::sheet::Book;

/// The 总表 as the bytes of a workbook, the same for the same offices.
///
/// # Errors
/// The workbook cannot be made.
pub fn total(total: &Total) -> Result<Vec<u8>, ReportError> {
    let standing = Standing::new(total);
    let mut book = Book::titled(TITLE, &total.period(), total.as_of)?;
    front::write(&mut book, &standing)?;
    offices::write(&mut book, &standing)?;
    rules::write(&mut book, &standing)?;
    matrix::write(&mut book, &standing)?;
    missed::write(&mut book, &standing)?;
    run::write(&mut book, &standing)?;
    Ok(book.workbook.save_to_buffer()?)
}
