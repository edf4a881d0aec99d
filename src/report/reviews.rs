//! 待核事项: what could not be judged, why, which cells to look at, and room for what was found there.

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Entry, Index};
use super::page::{Cell, Page, Paper};
use super::phrases;

const WIDTHS: [f64; 12] = [5.0, 14.0, 11.0, 12.0, 18.0, 14.0, 11.0, 13.0, 26.0, 25.0, 14.0, 9.0];
const HEADS: [&str; 12] = [
    "序号",
    "单位",
    "对象",
    "条款",
    "核查内容",
    "周期",
    "现有数据",
    "应达标准",
    "为什么不能判断",
    "请核对的单元格",
    "核对结果",
    "核对人",
];

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "待核事项", Paper::Landscape, WIDTHS)?;
    page.title("待核事项")?;
    page.line(
        "以下各项因数据不足或有疑义未作判定。请核对所列单元格，更正原表后重新核查，或把核对结果写在右侧。",
        Look::Line,
    )?;
    let head = page.next();
    page.list_head(&HEADS, 3)?;
    let reviews = index.reviews();
    for (number, entry) in (1_u64..).zip(&reviews) {
        page.row(&row(index, number, entry))?;
    }
    if reviews.is_empty() {
        return page.row(&[Cell::centre("没有待核事项").over(12)]);
    }
    page.filter(head)?;
    page.finish()
}

fn row<'a>(index: &Index, number: u64, entry: &'a Entry) -> [Cell<'a>; 12] {
    let finding = entry.finding;
    let mut reason = finding.reason.clone();
    if !finding.details.is_empty() {
        reason.push_str(&format!("\n具体为：{}", finding.details.join("、")));
    }
    [
        Cell::count(number),
        Cell::text(finding.subject.institution.as_str()),
        Cell::text(phrases::subject_beside(&finding.subject)),
        Cell::text(entry.cited()),
        Cell::text(format!("{}（{}）", entry.title(), finding.obligation.label())),
        Cell::centre(phrases::window(&finding.window)),
        Cell::centre(phrases::amount(finding)),
        Cell::centre(phrases::standard(entry)),
        Cell::text(reason),
        Cell::text(index.cells_of(&finding.evidence)),
        Cell::blank(),
        Cell::blank(),
    ]
}
