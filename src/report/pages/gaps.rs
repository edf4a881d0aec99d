//! 问题清单 and 提示: each unmet requirement with its ground, its figures and its source. 整改台账: what is done about each gap.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{BookWriter, Look, PageCell};

const GAPS: List = List {
    sheet: "问题清单",
    title: "问题清单",
    widths: &[5.0, 9.0, 10.0, 9.5, 8.5, 14.0, 17.5, 11.0, 17.0, 7.0, 10.0, 9.5, 21.0],
    heads: "序号|问题编号|被查单位|对象|督导内容|指标和条款|依据原文|应达标准|实际情况|差额|统计时段|判定\n（强弱）|数据来源",
    // Up to 对象.
    frozen: 4,
    none: "没有未达标的问题",
    least: 0.0,
    signed: true,
};

const RECTIFICATION: List = List {
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
    let about = format!("核查年度：{}　　数据截至：{}　　", index.period(), index.assessment().as_of);
    let about = format!("{about}整改事项按问题编号登记在“整改台账”。");
    let gaps = index.gaps();
    let mut page = GAPS.page(book)?;
    let places = GAPS.write(&mut page, &about, &gaps, |number, gap| row(index, number, index.gap_code(number), gap))?;
    page.finish_signed()?;
    let code = |number| format!("问题{}", index.gap_code(number));
    book.listing.findings.extend(GAPS.listed(&gaps, places, code));
    Ok(())
}

/// The unmet 力争 and 鼓励, as the same list without a number of a gap.
pub(crate) fn write_notes(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let heads = GAPS.heads.replace("问题编号", "提示编号");
    let title = "提示（“力争”“鼓励”的要求尚未达到）";
    let list = List { sheet: "提示", title, heads: &heads, none: "没有提示", ..GAPS };
    let notes = index.notes();
    let code = |number: u64| format!("提示{number:03}");
    let mut page = list.page(book)?;
    let about = "以下各项不是问题，不要求整改，供改进工作参考。";
    let places = list.write(&mut page, about, &notes, |number, note| row(index, number, code(number), note))?;
    page.finish()?;
    book.listing.findings.extend(list.listed(&notes, places, code));
    Ok(())
}

fn row<'a>(index: &Index, number: u64, code: String, entry: &'a RuledFinding) -> [PageCell<'a>; 13] {
    let finding = entry.finding;
    let verdict = phrases::verdict(finding.verdict, entry.claims());
    [
        PageCell::count(number),
        PageCell::centre(code).to(index.link_to(&finding.evidence.at)),
        PageCell::text(finding.subject.institution.as_str()),
        PageCell::text(phrases::subject_beside(&finding.subject)),
        PageCell::centre(entry.heading().label()),
        PageCell::text(format!("{}\n{}", entry.title(), entry.cited())),
        PageCell::text(entry.quote()),
        PageCell::text(phrases::asked(entry)),
        PageCell::text(phrases::actual(finding)),
        PageCell::centre(phrases::gap(finding)),
        PageCell::centre(phrases::window(&finding.window)),
        PageCell::new(
            format!("{verdict}\n（{}）", finding.obligation.label()),
            if finding.is_gap() { Look::Unmet } else { Look::Centre },
        ),
        PageCell::text(index.rows_of(&finding.evidence)),
    ]
}

/// 整改台账: a list of its own, because 问题清单 is signed and filed, while this one goes to the unit and is filled in by hand.
pub(crate) fn write_rectification(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let about = "与“问题清单”同一编号。“责任单位”起各栏由有关单位和核查人填写，逐项整改、逐项销号。";
    let mut page = RECTIFICATION.page(book)?;
    RECTIFICATION
        .write(&mut page, about, &index.gaps(), |number, gap| rectification_row(index.gap_code(number), gap))?;
    page.finish_signed()
}

fn rectification_row(code: String, gap: &RuledFinding) -> Vec<PageCell<'static>> {
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
    cells.extend((FILLED..RECTIFICATION.widths.len()).map(|_| PageCell::blank()));
    cells
}
