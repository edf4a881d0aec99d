//! 人工核查: the clauses that records cannot answer, as a form to be filled in by hand.

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Index, short_name};
use super::page::{Cell, Page, Paper};
use crate::model::ManualCheck;

const WIDTHS: [f64; 9] = [6.0, 19.0, 10.0, 14.0, 30.0, 34.0, 10.0, 28.0, 10.0];
const HEADS: [&str; 9] = ["序号", "依据文件", "条款", "部分", "依据原文", "核查内容", "核查结果", "说明", "核查人"];

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "人工核查", Paper::Landscape, WIDTHS)?;
    page.title("人工核查事项")?;
    page.line("以下条款不能由台账判定，请核查人查阅材料、实地了解后填写。", Look::Line)?;
    let head = page.next();
    page.list_head(&HEADS, 0)?;
    let checks = &index.assessment().manual;
    for (number, check) in (1_u64..).zip(checks) {
        page.row(&row(index, number, check))?;
    }
    if checks.is_empty() {
        return page.row(&[Cell::centre("没有需要人工核查的条款").over(9)]);
    }
    page.filter(head)?;
    page.finish()?;
    page.sign_off()
}

fn row<'a>(index: &Index<'a>, number: u64, check: &'a ManualCheck) -> [Cell<'a>; 9] {
    let pack = index.report.packs.iter().find(|pack| pack.id == check.pack);
    let clause = pack.and_then(|pack| pack.clause(&check.clause));
    [
        Cell::count(number),
        Cell::text(pack.map_or_else(|| check.pack.clone(), short_name)),
        Cell::centre(check.clause.as_str()),
        Cell::text(clause.map_or("", |clause| clause.heading.as_str())),
        Cell::text(clause.and_then(|clause| clause.quote.as_deref()).unwrap_or_default()),
        Cell::text(check.ask.as_str()),
        Cell::centre("□是\n□否\n□部分"),
        Cell::blank(),
        Cell::blank(),
    ]
}
