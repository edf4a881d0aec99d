//! 整改台账: what is done about each gap, by 问题编号. A list of its own beside 问题清单, because that one is signed and
//! filed as it is, while this one goes to the unit, is filled in by hand over months and comes back; the twenty-two
//! columns of both would not be readable on one sheet of A4 either.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

const WIDTHS: [f64; 13] = [9.5, 11.0, 10.0, 17.0, 10.0, 8.0, 19.0, 9.0, 12.0, 11.0, 12.0, 9.0, 9.0];
const HEADS: [&str; 13] = [
    "问题编号",
    "被查单位",
    "对象",
    "问题",
    "责任单位",
    "责任人",
    "整改措施",
    "整改时限",
    "完成情况",
    "佐证材料",
    "核查人\n核查意见",
    "销号日期",
    "备注",
];
/// The columns that the program fills; the others are for people, and nothing is put in their mouths.
const FILLED: usize = 4;
/// The height of a row with room for a pen, in points.
const PEN: f64 = 48.0;

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "整改台账", Paper::Landscape, WIDTHS)?;
    page.title("整改台账")?;
    page.line("与“问题清单”同一编号。“责任单位”起各栏由有关单位和核查人填写，逐项整改、逐项销号。", Look::Line)?;
    let gaps = index.gaps();
    let list = List { heads: &HEADS, frozen: 1, none: "没有需要整改的问题", least: PEN, signed: true };
    list.write(&mut page, gaps.iter().enumerate().map(|(at, gap)| row(index.gap_code(at as u64 + 1), gap)))?;
    page.finish_signed()
}

fn row(code: String, gap: &RuledFinding) -> Vec<PageCell<'static>> {
    let finding = gap.finding;
    let short = phrases::gap(finding);
    let short = if short.is_empty() { String::new() } else { format!("，差额{short}") };
    let verdict = phrases::verdict(finding.verdict, gap.claims());
    let mut cells = vec![
        PageCell::centre(code),
        PageCell::text(finding.subject.institution.clone()),
        PageCell::text(phrases::subject_beside(&finding.subject)),
        PageCell::text(format!("{}{verdict}{short}（{}）", gap.title(), finding.window.label)),
    ];
    cells.extend((FILLED..HEADS.len()).map(|_| PageCell::blank()));
    cells
}
