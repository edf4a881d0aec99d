//! 整改台账: what is done about each gap, by 问题编号. A list of its own beside 问题清单, because that one is signed and
//! filed as it is, while this one goes to the unit, is filled in by hand over months and comes back; the twenty-two
//! columns of both would not be readable on one sheet of A4 either.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{BookWriter, PageCell};

const GAPS: List = List {
    sheet: "整改台账",
    title: "整改台账",
    widths: &[9.5, 11.0, 10.0, 17.0, 10.0, 8.0, 19.0, 9.0, 12.0, 11.0, 12.0, 9.0, 9.0],
    heads: "问题编号|被查单位|对象|问题|责任单位|责任人|整改措施|整改时限|完成情况|佐证材料|核查人\n核查意见|销号日期|备注",
    frozen: 1,
    none: "没有需要整改的问题",
    least: 48.0,
    signed: true,
};
/// The columns that the program fills; the others are for people, and nothing is put in their mouths.
const FILLED: usize = 4;

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let gaps = index.gaps();
    let rows = gaps.iter().enumerate().map(|(at, gap)| row(index.gap_code(at as u64 + 1), gap));
    let about = "与“问题清单”同一编号。“责任单位”起各栏由有关单位和核查人填写，逐项整改、逐项销号。";
    let mut page = GAPS.page(book)?;
    GAPS.write(&mut page, about, rows)?;
    page.finish_signed()
}

fn row(code: String, gap: &RuledFinding) -> Vec<PageCell<'static>> {
    let finding = gap.finding;
    let short = phrases::gap(finding);
    let short = if short.is_empty() { String::new() } else { format!("，差额{short}") };
    let verdict = phrases::verdict(finding.verdict, gap.claims());
    let mut cells = vec![
        PageCell::centre(code),
        PageCell::text(finding.subject.institution.to_string()),
        PageCell::text(phrases::subject_beside(&finding.subject)),
        PageCell::text(format!("{}{verdict}{short}（{}）", gap.title(), finding.window.label)),
    ];
    cells.extend((FILLED..GAPS.widths.len()).map(|_| PageCell::blank()));
    cells
}
