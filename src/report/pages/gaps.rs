//! 问题清单 and 提示: each unmet requirement with its ground, its figures and its source. What is to be done about a gap
//! stands on 整改台账, which goes out to the unit while this list is filed.

use rust_xlsxwriter::XlsxError;

use super::list::{List, listed};
use crate::report::findings::{Index, RuledFinding, phrases};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

const WIDTHS: [f64; 13] = [5.0, 9.0, 10.0, 9.5, 8.5, 14.0, 17.5, 11.0, 17.0, 7.0, 10.0, 9.5, 21.0];
const HEADS: [&str; 13] = [
    "序号",
    "问题编号",
    "被查单位",
    "对象",
    "督导内容",
    "指标和条款",
    "依据原文",
    "应达标准",
    "实际情况",
    "差额",
    "统计时段",
    "判定\n（强弱）",
    "数据来源",
];
/// The columns that stay in sight: up to 对象.
const FROZEN: u16 = 4;

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "问题清单", Paper::Landscape, WIDTHS)?;
    page.title("问题清单")?;
    let about = format!("核查年度：{}　　数据截至：{}　　", index.period(), index.assessment().as_of);
    page.line(&format!("{about}整改事项按问题编号登记在“整改台账”。"), Look::Line)?;
    let gaps = index.gaps();
    let code = |number| index.gap_code(number);
    let places = write_list(&mut page, index, &HEADS, &gaps, "没有未达标的问题", code)?;
    page.finish_signed()?;
    let code = |number| format!("问题{}", index.gap_code(number));
    book.listing.findings.extend(listed("问题清单", &gaps, places, code));
    Ok(())
}

/// The unmet 力争 and 鼓励, as the same list without a number of a gap.
pub(crate) fn write_notes(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "提示", Paper::Landscape, WIDTHS)?;
    page.title("提示（“力争”“鼓励”的要求尚未达到）")?;
    page.line("以下各项不是问题，不要求整改，供改进工作参考。", Look::Line)?;
    let mut heads = HEADS;
    heads[1] = "提示编号";
    let notes = index.notes();
    let code = |number: u64| format!("提示{number:03}");
    let places = write_list(&mut page, index, &heads, &notes, "没有提示", code)?;
    page.finish()?;
    book.listing.findings.extend(listed("提示", &notes, places, code));
    Ok(())
}

fn write_list(
    page: &mut Page,
    index: &Index,
    heads: &[&str],
    entries: &[RuledFinding],
    none: &str,
    code: impl Fn(u64) -> String,
) -> Result<Vec<Option<u32>>, XlsxError> {
    let list = List { heads, frozen: FROZEN, none, least: 0.0, signed: true };
    let number = |at: usize| at as u64 + 1;
    list.write(page, entries.iter().enumerate().map(|(at, entry)| row(index, number(at), code(number(at)), entry)))
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
