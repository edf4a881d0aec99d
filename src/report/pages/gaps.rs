//! 问题清单 and 提示: each unmet requirement with its ground, its figures and its source. What is to be done about a gap
//! stands on 整改台账, which goes out to the unit while this list is filed.

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

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let about = format!("核查年度：{}　　数据截至：{}　　", index.period(), index.assessment().as_of);
    let about = format!("{about}整改事项按问题编号登记在“整改台账”。");
    let gaps = index.gaps();
    let rows = gaps.iter().enumerate().map(|(at, entry)| row(index, at, index.gap_code(at as u64 + 1), entry));
    let mut page = GAPS.page(book)?;
    let places = GAPS.write(&mut page, &about, rows)?;
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
    let rows = notes.iter().enumerate().map(|(at, entry)| row(index, at, code(at as u64 + 1), entry));
    let mut page = list.page(book)?;
    let places = list.write(&mut page, "以下各项不是问题，不要求整改，供改进工作参考。", rows)?;
    page.finish()?;
    book.listing.findings.extend(list.listed(&notes, places, code));
    Ok(())
}

fn row<'a>(index: &Index, at: usize, code: String, entry: &'a RuledFinding) -> [PageCell<'a>; 13] {
    let finding = entry.finding;
    let verdict = phrases::verdict(finding.verdict, entry.claims());
    [
        PageCell::count(at as u64 + 1),
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
