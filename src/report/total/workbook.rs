//! The 总表 as a workbook: its pages in the order in which they are read.

use rust_xlsxwriter::XlsxError;

use super::front::TITLE;
use super::ranking::{Ranking, Total};
use super::{front, matrix, offices, rules};
use crate::report::error::ReportError;
use crate::report::pages::run::{WIDTHS, option_rows, pack_heads, pack_rows, remarks, section};
use crate::report::sheet::{BookWriter, Page, PageCell};

/// The 总表 as the bytes of a workbook, the same for the same offices.
pub fn total(total: &Total) -> Result<Vec<u8>, ReportError> {
    let ranking = Ranking::new(total);
    let mut book = BookWriter::titled(TITLE, &total.period(), total.as_of)?;
    front::write(&mut book, &ranking)?;
    offices::write(&mut book, &ranking)?;
    rules::write(&mut book, &ranking)?;
    matrix::write(&mut book, &ranking)?;
    offices::write_missed(&mut book, &ranking)?;
    write_run(&mut book, &ranking)?;
    Ok(book.workbook.save_to_buffer()?)
}

/// 运行记录: what the 总表 was made from and with, so that it can be checked and made again.
fn write_run(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let total = ranking.total;
    let mut page = Page::titled(book, "运行记录", "运行记录", WIDTHS)?;
    section(&mut page, "程序与选项", &[("名称", 1), ("内容", 7)])?;
    let mut row = |name: &str, value: &str| page.row(&[PageCell::text(name), PageCell::text(value).over(7)]);
    row("程序版本", &format!("jiaoyan {}", env!("CARGO_PKG_VERSION")))?;
    row("核查年度", &total.period())?;
    row("数据截至", &total.as_of.to_string())?;
    option_rows(&mut page, total.options)?;
    let files = ranking.sum(|summary| summary.inputs.len() as u64);
    let (audited, missed) = (ranking.offices.len(), ranking.missed.len());
    let counts = format!("已核查的单位{audited}个，未能核查的单位{missed}个，输入文件{files}个");
    page.row(&[PageCell::text("数量"), PageCell::text(counts).over(7)])?;
    pack_heads(&mut page)?;
    for pack in total.packs {
        pack_rows(&mut page, &pack.id, &pack.sha256, Some(pack))?;
    }
    remarks(&mut page, total.notes)?;
    page.finish()
}
