//! 汇总: what the reader must know, then the counts by supervision heading, by document and by rule, then the largest
//! shortfalls.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::XlsxError;

use crate::model::{Counts, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::findings::{Entry, Heading, Index, phrases};
use crate::report::sheet::{Book, Cell, Look, Page, Paper, Rows, Series, charts, width};

const NAME: &str = "汇总";
const WIDTHS: [f64; 12] = [14.0, 44.0, 7.0, 8.0, 8.0, 8.0, 8.0, 8.0, 7.0, 8.0, 9.0, 10.0];
/// The column of the first verdict's counts, after 条款, 核查内容, 强度 and 应检.
const FIRST_VERDICT: u16 = 4;
const FIRST: [&str; 3] = ["条款", "核查内容", "强度"];
/// Shortfalls that are drawn.
const LARGEST: usize = 10;
/// The height of a row of one line, in points.
const ROW: f64 = 22.0;
/// The height of the chart of shortfalls, in points.
const CHART: f64 = 214.0;
/// The columns of the labels and of the parts that the chart draws.
const LABELS: u16 = 1;
const PARTS: u16 = 11;
/// Half characters of a chart's label.
const LABEL: usize = 45;

pub(crate) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, NAME, Paper::Landscape, WIDTHS)?;
    page.title("教研工作核查情况汇总")?;
    page.line(&headline(index), Look::Lead)?;
    let assessment = index.assessment();
    page.line(&format!("核查年度：{}　　数据截至：{}", index.period(), assessment.as_of), Look::Line)?;
    write_headings(&mut page, index)?;
    write_documents(&mut page, index)?;
    write_shortfalls(&mut page, index)?;
    // The explanation goes with the signatures, also where the page is full but for the line before it: some programs
    // would still put both there.
    page.sign_below();
    page.skip();
    page.sign_below();
    page.line(&explanation(index), Look::Line)?;
    page.finish_signed()
}

/// One sentence: how many gaps, how many things to check, how many defects in the data.
pub(crate) fn headline(index: &Index) -> String {
    let assessment = index.assessment();
    let (gaps, notes, reviews) = (index.gaps().len(), index.notes().len(), index.reviews().len());
    let decided = |entry: &Entry| matches!(entry.finding.verdict, Verdict::Met | Verdict::Unmet);
    let gaps = match gaps {
        // No gap where nothing was decided must not read like a clean bill.
        0 if !index.entries.iter().any(decided) => "本次核查没有一项作出达标或未达标的判定".to_string(),
        0 => "本次核查没有发现未达标的问题".to_string(),
        gaps => format!("本次核查发现问题{gaps}项"),
    };
    let reviews = match reviews {
        0 => "没有待核事项".to_string(),
        reviews => format!("另有{reviews}项因数据不足或有疑义未作判定（待核）"),
    };
    let notes = if notes > 0 { format!("，提示{notes}项") } else { String::new() };
    let issues = assessment.issues.len();
    let manual = assessment.manual.len();
    format!("{gaps}{notes}；{reviews}；数据问题{issues}处；需人工核查的条款{manual}条。")
}

/// The words for met, unmet and their rate: a published figure is borne out or not.
pub(crate) fn words(packs: &[Pack]) -> [&'static str; 3] {
    match (packs.iter().any(|pack| pack.claims), packs.iter().all(|pack| pack.claims)) {
        (true, true) => ["相符", "不符", "相符率"],
        (true, false) => ["达标（相符）", "未达标（不符）", "达标率（相符率）"],
        (false, _) => ["达标", "未达标", "达标率"],
    }
}

fn explanation(index: &Index) -> String {
    let unmet = match (index.gaps().len(), index.notes().len()) {
        (0, 0) => String::new(),
        (gaps, notes) => format!("；未达标{}项＝问题{gaps}项＋提示{notes}项", gaps + notes),
    };
    format!("{EXPLANATION}{unmet}。")
}

/// What the counts and rates mean.
pub(crate) const EXPLANATION: &str = "说明：应检＝达标＋未达标＋待核＋未到期＋豁免，不适用的不计入应检。\
    达标率＝达标÷（达标＋未达标），只就已作判定的计算，尾数舍去；待核占比＝待核÷应检，尾数进位。\
    待核的一项可能达标，也可能未达标，两个数要一起看。一人（机构、学校）在一个周期内的一项要求计为一项。\
    “问题”指“应”“原则上”的要求未达标，“力争”“鼓励”的要求未达标列入“提示”";

fn write_headings(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.heading("一、按督导内容")?;
    let words = words(index.report.packs);
    page.row(&count_heads(vec![Cell::new("督导内容", Look::Head).over(3)], index.report.packs))?;
    let first = page.next();
    let mut drawn = Vec::new();
    for heading in Heading::ALL {
        let counts = index.counts(|entry| entry.heading() == heading);
        // The five heads always stand there; 其他 only where there is any.
        if heading != Heading::Other || counts != Counts::default() {
            page.row(&count_row(vec![Cell::centre(heading.label()).over(3)], counts, Look::Centre, true))?;
            drawn.push(counts);
        }
    }
    let last = page.next().saturating_sub(1);
    let total = index.counts(|_| true);
    page.row(&count_row(vec![Cell::new("合计", Look::Total).over(3)], total, Look::Total, true))?;
    if total.due() == 0 {
        return Ok(());
    }
    page.gap(8.0);
    let series = series(total, words);
    page.chart(&mut charts::verdicts(NAME, Rows { first, last }, &series, &drawn), 205.0)
}

/// The verdicts of which there are any, each in its column; 不适用 is no part of what was due.
pub(crate) fn series<'a>(total: Counts, [met, unmet, _]: [&'a str; 3]) -> Vec<Series<'a>> {
    let name = |verdict: Verdict| match verdict {
        Verdict::Met => met,
        Verdict::Unmet => unmet,
        Verdict::Review | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => verdict.label(),
    };
    let columns = (FIRST_VERDICT..).zip(Verdict::ALL);
    let drawn = columns.filter(|(_, verdict)| *verdict != Verdict::NotApplicable && total.of(*verdict) > 0);
    drawn.map(|(column, verdict)| Series { verdict, name: name(verdict), column }).collect()
}

fn write_documents(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.skip();
    let packs = index.report.packs;
    if let [pack] = packs {
        return write_pack(page, index, pack, "二、按依据文件：");
    }
    page.heading("二、按依据文件")?;
    page.row(&count_heads(vec![Cell::new("依据文件", Look::Head).over(3)], packs))?;
    let mut total = Counts::default();
    for pack in packs {
        let counts = index.counts(|entry| entry.finding.pack == pack.id);
        total = total.plus(counts);
        page.row(&count_row(vec![Cell::text(pack.cited()).over(3)], counts, Look::Centre, true))?;
    }
    page.row(&count_row(vec![Cell::new("总计", Look::Total).over(3)], total, Look::Total, true))?;
    for pack in packs {
        page.skip();
        write_pack(page, index, pack, "依据文件：")?;
    }
    Ok(())
}

/// The table of one document, and its total.
fn write_pack(page: &mut Page, index: &Index, pack: &Pack, heading: &str) -> Result<(), XlsxError> {
    // A table that fits one page is not parted.
    page.keep(ROW * (pack.rules.len() as f64 + 2.0) + 30.0);
    page.heading(&format!("{heading}{}", pack.cited()))?;
    write_differences(page, pack)?;
    let first = FIRST.map(|head| Cell::new(head, Look::Head));
    page.row(&count_heads(first.into(), std::slice::from_ref(pack)))?;
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
    page.row(&count_row(vec![Cell::new("合计", Look::Total).over(3)], total, Look::Total, true))
}

/// What the office's own pack changes of the document's, before any figure that comes of it.
fn write_differences(page: &mut Page, pack: &Pack) -> Result<(), XlsxError> {
    let Some(base) = &pack.base else { return Ok(()) };
    let mut lines = vec![format!("本规则包在内置规则包 {} 的基础上改动{}处", base.id, pack.differences.len())];
    lines.extend((1..).zip(&pack.differences).map(|(number, difference)| format!("{number}. {difference}")));
    page.line(&lines.join("\n"), Look::Line)
}

fn rule_cells(rule: &Rule) -> Vec<Cell<'_>> {
    vec![Cell::centre(rule.clause.as_str()), Cell::text(rule.title.as_str()), Cell::centre(rule.obligation.label())]
}

/// The same for the head of a narrow column: what stands in brackets takes a line of its own.
pub(crate) fn narrow_words(packs: &[Pack]) -> [String; 3] {
    words(packs).map(|word| word.replace('（', "\n（"))
}

pub(crate) fn count_heads<'a>(mut cells: Vec<Cell<'a>>, packs: &[Pack]) -> Vec<Cell<'a>> {
    let [met, unmet, rate] = &narrow_words(packs);
    let heads = ["应检", met, unmet, "待核", "未到期", "豁免", "不适用", rate, "待核占比"];
    cells.extend(heads.map(|head| Cell::new(head.to_string(), Look::Head)));
    cells
}

/// The cells of a row of counts; what is not zero and needs somebody's eye is coloured. What does not bind is no gap.
pub(crate) fn count_row<'a>(cells: Vec<Cell<'a>>, counts: Counts, look: Look, binds: bool) -> Vec<Cell<'a>> {
    let mut cells = verdict_row(cells, counts, look, binds);
    cells.extend([Cell::new(counts.rate(), look), Cell::new(counts.review_share(), look)]);
    cells
}

/// The same without the rates.
pub(crate) fn verdict_row<'a>(mut cells: Vec<Cell<'a>>, counts: Counts, look: Look, binds: bool) -> Vec<Cell<'a>> {
    cells.push(Cell::count(counts.due()).look(look));
    cells.extend(Verdict::ALL.map(|verdict| {
        let count = counts.of(verdict);
        let colour = match verdict {
            Verdict::Unmet if count > 0 && binds => Look::Unmet,
            Verdict::Review if count > 0 => Look::Review,
            Verdict::Met | Verdict::Unmet | Verdict::Review => look,
            Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => look,
        };
        Cell::count(count).look(colour)
    }));
    cells
}

/// The gaps whose shortfall is a part of a bound, the largest first; of equal parts the larger figure first.
fn write_shortfalls(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.skip();
    // The table and its chart are read together, so they stand on one page.
    page.keep(LARGEST as f64 * ROW + CHART + 74.0);
    page.heading("三、差额最大的问题")?;
    let numbered = (1_u64..).zip(index.gaps());
    let mut gaps: Vec<(Decimal, u64, Entry)> =
        numbered.filter_map(|(number, gap)| Some((gap.finding.relative_gap()?, number, gap))).collect();
    gaps.sort_by_key(|(part, _, gap)| (Reverse(*part), Reverse(gap.finding.gap)));
    let others = gaps.len().saturating_sub(LARGEST);
    gaps.truncate(LARGEST);
    if gaps.is_empty() {
        return page.line("没有可以按比例比较的差额。", Look::Line);
    }
    page.row(&shortfall_heads())?;
    let first = page.next();
    for (part, number, gap) in &gaps {
        page.row(&shortfall_row(index, *number, *part, gap))?;
    }
    let last = page.next().saturating_sub(1);
    let rest =
        if others > 0 { format!("其余{others}项的差额") } else { "没有数量标准的问题".to_string() };
    page.line(&format!("按差额占标准的比例排列，比例相同的差额大的在前；实际数有上下限的，差额从能确认的下限算起。{rest}见“问题清单”。"), Look::Line)?;
    let largest = gaps.first().and_then(|(part, _, _)| part.to_f64()).unwrap_or(1.0);
    page.chart(&mut charts::shortfalls(NAME, Rows { first, last }, LABELS, PARTS, largest), CHART)
}

fn shortfall_heads() -> [Cell<'static>; 7] {
    let head = |text, span| Cell::new(text, Look::Head).over(span);
    [
        head("问题编号", 1),
        head("对象和核查内容", 1),
        head("周期", 3),
        head("实际", 2),
        head("应达标准", 3),
        head("差额", 1),
        head("差额÷标准", 1),
    ]
}

fn shortfall_row<'a>(index: &Index, number: u64, part: Decimal, gap: &Entry<'a>) -> [Cell<'a>; 7] {
    let finding = gap.finding;
    [
        Cell::centre(index.gap_code(number)),
        Cell::text(label(number, gap)),
        Cell::centre(finding.window.label.as_str()).over(3),
        Cell::centre(phrases::amount(finding)).over(2),
        Cell::centre(phrases::standard(gap)).over(3),
        Cell::centre(phrases::gap(finding)),
        Cell::share(part.to_f64().unwrap_or(1.0)),
    ]
}

/// The gap's number in the list, who and what, short enough for the axis of a chart.
fn label(number: u64, gap: &Entry) -> String {
    width::cut(&format!("{number:03} {} {}", gap.finding.subject.name, gap.title()), LABEL)
}
