//! The report as a workbook: its pages in the order in which they are read.

use std::thread;

use rust_xlsxwriter::XlsxError;

use super::copies;
use super::data::Printed;
use super::error::{ReportError, guarded};
use super::findings::Index;
use super::pages::{clauses, cover, gaps, issues, matrix, overview, questions, reviews, run, side_by_side};
use super::sheet::BookWriter;
use super::source::Report;

pub struct FinishedReport<'a> {
    pub bytes: Vec<u8>,
    /// Its assessment, for the proof.
    pub printed: Printed<'a>,
}

/// The report as a workbook, which has the same bytes for the same audit.
pub fn workbook<'a>(report: &Report<'a>) -> Result<FinishedReport<'a>, ReportError> {
    guarded(|| made(report))
}

fn made<'a>(report: &Report<'a>) -> Result<FinishedReport<'a>, ReportError> {
    let (index, printed) = (Index::new(report), || Printed::of(&report.audit.assessment));
    // Only the last page prints the digest, so it is made beside the others.
    let (book, beside) = thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, printed).ok();
        (pages(&index), beside.and_then(|beside| beside.join().ok()))
    });
    let (mut book, printed) = (book?, beside.unwrap_or_else(printed)?);
    run::write(&mut book, &index, &printed.digest)?;
    Ok(FinishedReport { bytes: book.workbook.save_to_buffer()?, printed })
}

fn pages(index: &Index) -> Result<BookWriter, XlsxError> {
    let mut book = BookWriter::titled("教研工作核查报告", &index.period(), index.assessment().as_of)?;
    cover::write(&mut book, index)?;
    overview::write(&mut book, index)?;
    questions::write(&mut book, index)?;
    gaps::write(&mut book, index)?;
    gaps::write_rectification(&mut book, index)?;
    gaps::write_notes(&mut book, index)?;
    reviews::write(&mut book, index)?;
    matrix::write(&mut book, index)?;
    side_by_side::write(&mut book, index)?;
    clauses::write_manual(&mut book, index)?;
    clauses::write(&mut book, index)?;
    issues::write(&mut book, index)?;
    copies::write(&mut book, index)?;
    Ok(book)
}
