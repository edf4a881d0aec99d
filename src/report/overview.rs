//! 汇总: what the reader must know, then each rule with its counts, then where the unit signs.

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Counts, Entry, Index};
use super::page::{Cell, Page, Paper};
use crate::model::Verdict;
use crate::pack::{Pack, Rule};

const WIDTHS: [f64; 11] = [10.0, 30.0, 8.0, 7.0, 7.0, 8.0, 7.0, 8.0, 7.0, 8.0, 9.0];
const HEADS: [&str; 11] =
    ["条款", "核查内容", "强度", "应检", "达标", "未达标", "待核", "未到期", "豁免", "不适用", "达标率"];
const CLAIM_HEADS: [&str; 11] =
    ["条款", "核查内容", "强度", "应检", "相符", "不符", "待核", "未到期", "豁免", "不适用", "相符率"];

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "汇总", Paper::Portrait, WIDTHS)?;
    page.title("教研工作核查报告")?;
    page.line(&headline(index), Look::Lead)?;
    let assessment = index.assessment();
    page.line(&format!("核查年度：{}　　数据截至：{}", index.period(), assessment.as_of), Look::Line)?;
    let mut total = Counts::default();
    for pack in index.report.packs {
        total = total.plus(write_pack(&mut page, index, pack)?);
    }
    if index.report.packs.len() > 1 {
        page.skip();
        page.row(&count_row(Cell::new("总计", Look::Total).over(3), Vec::new(), total, Look::Total, true))?;
    }
    page.skip();
    page.line(EXPLANATION, Look::Line)?;
    page.sign_off()?;
    page.finish()
}

const EXPLANATION: &str = "说明：应检＝达标＋未达标＋待核＋未到期＋豁免；达标率＝达标÷（达标＋未达标），不计待核、未到期和豁免。\
    一人（机构、学校）在一个周期内的一项要求计为一项。“问题”指“应”“原则上”的要求未达标，“力争”“鼓励”的要求未达标列入“提示”。";

/// One sentence: how many gaps, how many things to check, how many defects in the data.
pub(super) fn headline(index: &Index) -> String {
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

/// The table of one document, and its total.
fn write_pack(page: &mut Page, index: &Index, pack: &Pack) -> Result<Counts, XlsxError> {
    page.skip();
    page.line(&format!("依据文件：{}", pack.cited()), Look::Heading)?;
    write_differences(page, pack)?;
    page.head(if pack.claims { &CLAIM_HEADS } else { &HEADS })?;
    let mut total = Counts::default();
    for rule in &pack.rules {
        let counts = index.counts_of(pack, rule);
        total = total.plus(counts);
        page.row(&rule_row(rule, counts))?;
    }
    page.row(&count_row(Cell::new("合计", Look::Total).over(3), Vec::new(), total, Look::Total, true))?;
    Ok(total)
}

/// What the office's own pack changes of the document's, before any figure that comes of it.
fn write_differences(page: &mut Page, pack: &Pack) -> Result<(), XlsxError> {
    let Some(base) = &pack.base else { return Ok(()) };
    let mut lines = vec![format!("本规则包在内置规则包 {} 的基础上改动{}处", base.id, pack.differences.len())];
    lines.extend((1..).zip(&pack.differences).map(|(number, difference)| format!("{number}. {difference}")));
    page.line(&lines.join("\n"), Look::Line)
}

fn rule_row(rule: &Rule, counts: Counts) -> Vec<Cell<'_>> {
    let rest = vec![Cell::text(rule.title.as_str()), Cell::centre(rule.obligation.label())];
    count_row(Cell::centre(rule.clause.as_str()), rest, counts, Look::Centre, rule.obligation.binds())
}

/// The cells of a row of counts; what is not zero and needs somebody's eye is coloured. What does not bind is no gap.
fn count_row<'a>(first: Cell<'a>, rest: Vec<Cell<'a>>, counts: Counts, look: Look, binds: bool) -> Vec<Cell<'a>> {
    let eye = |count: u64, colour: Look| if count > 0 { colour } else { look };
    let unmet = if binds { eye(counts.unmet, Look::Unmet) } else { look };
    let mut cells = vec![first];
    cells.extend(rest);
    cells.extend([
        Cell::count(counts.due()).look(look),
        Cell::count(counts.met).look(look),
        Cell::count(counts.unmet).look(unmet),
        Cell::count(counts.review).look(eye(counts.review, Look::Review)),
        Cell::count(counts.pending).look(look),
        Cell::count(counts.waived).look(look),
        Cell::count(counts.not_applicable).look(look),
        Cell::new(counts.rate(), look),
    ]);
    cells
}
