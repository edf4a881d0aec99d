//! 问题清单 and 提示: each unmet requirement with its ground, its figures and its source; what is to be done about it is
//! left for people to write.

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Entry, Index};
use super::page::{Cell, Page, Paper};
use super::phrases;

const WIDTHS: [f64; 16] = [5.0, 11.0, 9.0, 12.0, 17.0, 13.0, 25.0, 7.0, 12.0, 7.0, 6.0, 15.0, 16.0, 9.0, 8.0, 9.0];
const HEADS: [&str; 16] = [
    "序号",
    "单位",
    "对象",
    "依据文件与条款",
    "依据原文",
    "应达标准",
    "实际",
    "差额",
    "周期",
    "结论",
    "强度",
    "数据来源",
    "整改措施",
    "整改时限",
    "责任人",
    "完成情况",
];

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "问题清单", Paper::Landscape, WIDTHS)?;
    write_list(&mut page, index, "问题清单", &index.gaps(), "没有未达标的问题")?;
    page.sign_off()?;
    let notes = index.notes();
    if notes.is_empty() {
        return Ok(());
    }
    let mut page = Page::new(book, "提示", Paper::Landscape, WIDTHS)?;
    write_list(&mut page, index, "提示（“力争”“鼓励”的要求尚未达到）", &notes, "没有提示")
}

fn write_list(page: &mut Page, index: &Index, title: &str, entries: &[Entry], none: &str) -> Result<(), XlsxError> {
    page.title(title)?;
    page.line(&format!("核查年度：{}　　数据截至：{}", index.period(), index.assessment().as_of), Look::Line)?;
    let head = page.next();
    page.list_head(&HEADS, 3)?;
    for (number, entry) in (1_u64..).zip(entries) {
        page.row(&row(index, number, entry))?;
    }
    if entries.is_empty() {
        return page.row(&[Cell::centre(none).over(16)]);
    }
    page.filter(head)?;
    page.finish()
}

fn row<'a>(index: &Index, number: u64, entry: &'a Entry) -> [Cell<'a>; 16] {
    let finding = entry.finding;
    [
        Cell::count(number),
        Cell::text(finding.subject.institution.as_str()),
        Cell::text(phrases::subject_beside(&finding.subject)),
        Cell::text(entry.cited()),
        Cell::text(entry.quote()),
        Cell::text(phrases::requirement(entry)),
        Cell::text(phrases::actual(finding)),
        Cell::centre(phrases::gap(finding)),
        Cell::centre(phrases::window(&finding.window)),
        Cell::new(
            phrases::verdict(finding.verdict, entry.claims()),
            if finding.is_gap() { Look::Unmet } else { Look::Centre },
        ),
        Cell::centre(finding.obligation.label()),
        Cell::text(index.rows_of(&finding.evidence)),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ]
}
