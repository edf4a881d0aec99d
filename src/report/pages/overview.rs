//! 汇总: what the reader must know, the counts by supervision heading, document and rule, and the largest shortfalls.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::XlsxError;

use super::counts::{EXPLANATION, WIDTHS, by_heading, count_heads, count_row, rule_cells, rule_heads, total_row};
use crate::model::Counts;
use crate::pack::Pack;
use crate::report::findings::{Index, RuledFinding, headline, phrases};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, charts, width};

const NAME: &str = "汇总";
const LARGEST: usize = 10;
const ROW: f64 = 22.0;
const CHART: f64 = 214.0;
/// The columns of the labels and of the parts that the chart draws.
const LABELS: u16 = 1;
const PARTS: u16 = 11;
const LABEL: usize = 45;

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::titled(book, NAME, "教研工作核查情况汇总", WIDTHS)?;
    page.line(&headline(index), Look::Lead)?;
    let assessment = index.assessment();
    page.line(&format!("核查年度：{}　　数据截至：{}", index.period(), assessment.as_of), Look::Line)?;
    let packs = index.report.packs;
    let total = index.counts(|_| true);
    by_heading(&mut page, packs, total, true, |heading| index.counts(|entry| entry.heading() == heading))?;
    write_documents(&mut page, index)?;
    write_shortfalls(&mut page, index)?;
    // The explanation and the line before it go with the signatures.
    page.sign_below();
    page.skip();
    page.sign_below();
    page.line(&explanation(index), Look::Line)?;
    page.finish_signed()
}

fn explanation(index: &Index) -> String {
    let unmet = match (index.gaps().len(), index.notes().len()) {
        (0, 0) => String::new(),
        (gaps, notes) => format!("；未达标{}项＝问题{gaps}项＋提示{notes}项", gaps + notes),
    };
    format!("{EXPLANATION}{unmet}。")
}

fn write_documents(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.skip();
    let packs = index.report.packs;
    if let [pack] = packs {
        return write_pack(page, index, pack, "二、按依据文件：");
    }
    page.heading("二、按依据文件")?;
    page.row(&count_heads(&["依据文件"], packs))?;
    let mut total = Counts::default();
    for pack in packs {
        let counts = index.counts(|entry| entry.finding.pack == pack.id);
        total = total.plus(counts);
        page.row(&count_row(vec![PageCell::text(pack.cited()).over(3)], counts, Look::Centre, true))?;
    }
    page.row(&total_row("总计", total))?;
    for pack in packs {
        page.skip();
        write_pack(page, index, pack, "依据文件：")?;
    }
    Ok(())
}

fn write_pack(page: &mut Page, index: &Index, pack: &Pack, heading: &str) -> Result<(), XlsxError> {
    // A table that fits one page is not parted.
    page.keep(ROW * (pack.rules.len() as f64 + 2.0) + 30.0);
    page.heading(&format!("{heading}{}", pack.cited()))?;
    write_differences(page, pack)?;
    page.row(&rule_heads(pack))?;
    let mut total = Counts::default();
    for (left, rule) in (0..pack.rules.len()).rev().zip(&pack.rules) {
        if left == 0 {
            // The total does not stand alone on a page.
            page.keep(2.0 * ROW);
        }
        let counts = index.counts_of(pack, rule);
        total = total.plus(counts);
        page.row(&count_row(rule_cells(rule), counts, Look::Centre, rule.obligation.binds()))?;
    }
    page.row(&total_row("合计", total))
}

/// What the office's own pack changes of the document's, before any figure that comes of it.
fn write_differences(page: &mut Page, pack: &Pack) -> Result<(), XlsxError> {
    let Some(base) = &pack.base else { return Ok(()) };
    let mut lines = vec![format!("本规则包在内置规则包 {} 的基础上改动{}处", base.id, pack.differences.len())];
    lines.extend((1..).zip(&pack.differences).map(|(number, difference)| format!("{number}. {difference}")));
    page.line(&lines.join("\n"), Look::Line)
}

/// The gaps whose shortfall is a part of a bound, the largest first; of equal parts the larger figure first.
fn write_shortfalls(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.skip();
    // The table and its chart are read together, so they stand on one page.
    page.keep(LARGEST as f64 * ROW + CHART + 74.0);
    page.heading("三、差额最大的问题")?;
    let numbered = (1_u64..).zip(index.gaps());
    let mut gaps: Vec<(Decimal, u64, RuledFinding)> =
        numbered.filter_map(|(number, gap)| Some((gap.finding.relative_gap()?, number, gap))).collect();
    gaps.sort_by_key(|(part, _, gap)| (Reverse(*part), Reverse(gap.finding.gap)));
    let others = gaps.len().saturating_sub(LARGEST);
    gaps.truncate(LARGEST);
    if gaps.is_empty() {
        return page.line("没有可以按比例比较的差额。", Look::Line);
    }
    let heads = [
        ("问题编号", 1),
        ("对象和核查内容", 1),
        ("周期", 3),
        ("实际", 2),
        ("应达标准", 3),
        ("差额", 1),
        ("差额÷标准", 1),
    ];
    page.row(&heads.map(|(head, span)| PageCell::head(head).over(span)))?;
    let first = page.next();
    for (part, number, gap) in &gaps {
        page.row(&shortfall_row(index, *number, *part, gap))?;
    }
    let last = page.next().saturating_sub(1);
    let rest =
        if others > 0 { format!("其余{others}项的差额") } else { "没有数量标准的问题".to_string() };
    page.line(&format!("按差额占标准的比例排列，比例相同的差额大的在前；实际数有上下限的，差额从能确认的下限算起。{rest}见“问题清单”。"), Look::Line)?;
    let largest = gaps.first().and_then(|(part, _, _)| part.to_f64()).unwrap_or(1.0);
    page.chart(&mut charts::shortfalls(NAME, (first, last), LABELS, PARTS, largest), CHART)
}

fn shortfall_row<'a>(index: &Index, number: u64, part: Decimal, gap: &RuledFinding<'a>) -> [PageCell<'a>; 7] {
    let finding = gap.finding;
    [
        PageCell::centre(index.gap_code(number)),
        // Short enough for the axis of the chart.
        PageCell::text(width::cut(&format!("{number:03} {} {}", finding.subject.name, gap.title()), LABEL)),
        PageCell::centre(finding.window.label.as_str()).over(3),
        PageCell::centre(phrases::amount(finding)).over(2),
        PageCell::centre(phrases::standard(gap)).over(3),
        PageCell::centre(phrases::gap(finding)),
        PageCell::share(part.to_f64().unwrap_or(1.0)),
    ]
}
