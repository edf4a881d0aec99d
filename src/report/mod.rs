//! The only user of rust_xlsxwriter and comfy-table: an audit becomes a workbook, a page in the terminal, or JSON.
//! It decides nothing: every verdict, figure and reason is shown as the assessment gives it, with personal numbers
//! masked.

mod cell;
mod charts;
mod clauses;
mod compare;
mod copies;
mod copy_formats;
mod cover;
mod csv;
mod explain;
mod formats;
mod gaps;
mod heading;
mod index;
mod inspection;
mod inspection_json;
mod issues;
mod json;
mod jsonl;
mod links;
mod manual;
mod markdown;
mod marks;
mod matrix;
mod opinions;
mod overview;
mod page;
mod paper;
mod phrases;
mod proof;
mod publish;
mod rectification;
mod reviews;
mod run;
mod runs;
mod side_by_side;
mod sources;
mod summary;
mod template;
mod temporary;
mod terminal;
mod text;
mod total;
mod width;

use std::thread;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheets::REPORT_KEYWORD;
use thiserror::Error;

use crate::audit::Audit;
use crate::pack::Pack;
use formats::{BODY_FONT, Formats};
use index::Index;
use links::Listing;

pub use compare::compare_packs;
pub use csv::csv;
pub use explain::explanation;
pub use inspection::inspection;
pub use inspection_json::inspection_json;
pub use json::{Printed, json};
pub use jsonl::jsonl;
pub use markdown::markdown;
pub use proof::{PackSource, Proof, ProofError, RunOptions, read_proof, write_proof};
pub use publish::{published, published_text};
pub use summary::summary;
pub use template::{Template, template};
pub use terminal::terminal;
pub use total::{Total, total, total_text};

/// How hard a report is compressed, of 1 to 9: as Excel itself does it.
const COMPRESSION: u8 = 2;

/// What a report is made from.
pub struct Report<'a> {
    pub audit: &'a Audit,
    pub packs: &'a [Pack],
    /// What the run was called with: a name in Chinese and its value (核查年度, 2023).
    pub options: &'a [(String, String)],
}

/// Which office of a run over many a result is of; blank in a run over one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'p> {
    /// 地区: the folder that the office's own stands in.
    pub area: &'p str,
    /// 报送单位: the office's folder.
    pub office: &'p str,
}

/// A report that could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    #[error("无法生成核查报告工作簿")]
    Workbook(#[from] XlsxError),
    #[error("原表副本要保留全部行，先暂存在临时文件夹，那里写不进去（磁盘可能已满）")]
    Temporary,
    #[error("无法生成模板工作簿")]
    Template(#[source] XlsxError),
    #[error("无法生成 JSON")]
    Json(#[from] serde_json::Error),
    #[error("无法生成 JSON 行")]
    Lines,
    #[error("无法生成 csv")]
    Csv,
}

/// A workbook that is being written, with the formats that its pages share.
struct Book {
    workbook: Workbook,
    formats: Formats,
    /// What stands at the head of every printed page of a table, so that a loose sheet can be put back.
    header: String,
    /// Where findings and issues are listed, for the links from the copies.
    listing: Listing,
}

impl Book {
    /// An empty one. It says on its printed pages and in its properties what it is and of when.
    fn titled(title: &str, period: &str, as_of: Date) -> Result<Book, XlsxError> {
        let about = format!("{title}（{period}，数据截至{as_of}）");
        let header = format!("&L&\"{BODY_FONT}\"&9{}&R&\"{BODY_FONT}\"&9&A", about.replace('&', "&&"));
        let mut workbook = Workbook::new();
        workbook.set_default_format(&formats::body(), formats::LINE_PIXELS, formats::COLUMN_PIXELS)?;
        workbook.set_properties(&properties(title, as_of)?);
        workbook.set_zip_compression_level(COMPRESSION);
        Ok(Book { workbook, formats: Formats::new(), header, listing: Listing::default() })
    }
}

/// A report that is made.
pub struct Made<'a> {
    /// Of its workbook.
    pub bytes: Vec<u8>,
    /// Its assessment, for the proof.
    pub printed: Printed<'a>,
}

/// The report as a workbook, which has the same bytes for the same audit.
///
/// # Errors
/// It cannot be made.
pub fn workbook<'a>(report: &Report<'a>) -> Result<Made<'a>, ReportError> {
    temporary::guarded(|| made(report))
}

fn made<'a>(report: &Report<'a>) -> Result<Made<'a>, ReportError> {
    let (index, printed) = (Index::new(report), || Printed::of(&report.audit.assessment));
    // Only the last page prints the digest, so it is made beside the others.
    let (book, beside) = thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, printed).ok();
        (pages(&index), beside.and_then(|beside| beside.join().ok()))
    });
    let (mut book, printed) = (book?, beside.unwrap_or_else(printed)?);
    run::write(&mut book, &index, &printed.digest)?;
    Ok(Made { bytes: book.workbook.save_to_buffer()?, printed })
}

/// All pages but the last.
fn pages(index: &Index) -> Result<Book, XlsxError> {
    let mut book = Book::titled("教研工作核查报告", &index.period(), index.assessment().as_of)?;
    cover::write(&mut book, index)?;
    overview::write(&mut book, index)?;
    gaps::write(&mut book, index)?;
    rectification::write(&mut book, index)?;
    gaps::write_notes(&mut book, index)?;
    reviews::write(&mut book, index)?;
    matrix::write_people(&mut book, index)?;
    matrix::write_institutions(&mut book, index)?;
    side_by_side::write(&mut book, index)?;
    manual::write(&mut book, index)?;
    clauses::write(&mut book, index)?;
    issues::write(&mut book, index)?;
    copies::write(&mut book, index)?;
    Ok(book)
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

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
