//! 运行记录: what the 总表 was made from and with, so that it can be checked and made again.

use rust_xlsxwriter::XlsxError;

use super::ranking::Ranking;
use crate::report::pages::run::{WIDTHS, option_rows, pack_heads, pack_rows, remarks, section};
use crate::report::sheet::{BookWriter, Page, PageCell, Paper};

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let total = ranking.total;
    let mut page = Page::new(book, "运行记录", Paper::Landscape, WIDTHS)?;
    page.title("运行记录")?;
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
