//! Tables of counts: how many findings of each verdict a heading, a document or a requirement has.

use rust_xlsxwriter::XlsxError;

use crate::model::{Counts, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::findings::{Heading, words};
use crate::report::sheet::{Look, Page, PageCell, Series, charts};

/// Three columns before the counts, and those of the counts.
pub(crate) const WIDTHS: [f64; 12] = [14.0, 44.0, 7.0, 8.0, 8.0, 8.0, 8.0, 8.0, 7.0, 8.0, 9.0, 10.0];
/// The column of the first verdict's counts, after those three and 应检.
const FIRST_VERDICT: u16 = 4;
const CHART: f64 = 205.0;

pub(crate) const EXPLANATION: &str = "说明：应检＝达标＋未达标＋待核＋未到期＋豁免，不适用的不计入应检。\
    达标率＝达标÷（达标＋未达标），只就已作判定的计算，尾数舍去；待核占比＝待核÷应检，尾数进位。\
    待核的一项可能达标，也可能未达标，两个数要一起看。一人（机构、学校）在一个周期内的一项要求计为一项。\
    “问题”指“应”“原则上”的要求未达标，“力争”“鼓励”的要求未达标列入“提示”";

/// The table of the heads of the supervision report and its total; if it is to be drawn and anything was due, its chart too.
pub(crate) fn by_heading(
    page: &mut Page,
    packs: &[Pack],
    total: Counts,
    is_drawn: bool,
    counts_of: impl Fn(Heading) -> Counts,
) -> Result<(), XlsxError> {
    page.heading("一、按督导内容")?;
    page.row(&count_heads(&["督导内容"], packs))?;
    let first = page.next();
    let mut drawn = Vec::new();
    for heading in Heading::ALL {
        let counts = counts_of(heading);
        // The five heads always stand there; 其他 only where there is any.
        if heading != Heading::OTHER || counts != Counts::default() {
            page.row(&count_row(vec![PageCell::centre(heading.label()).over(3)], counts, Look::Centre, true))?;
            drawn.push(counts);
        }
    }
    let rows = (first, page.next().saturating_sub(1));
    page.row(&total_row("合计", total))?;
    if !is_drawn || total.due() == 0 {
        return Ok(());
    }
    page.gap(8.0);
    let mut chart = charts::verdicts(&page.name(), rows, &series(total, words(packs)), &drawn);
    page.chart(&mut chart, CHART)
}

/// The verdicts of which there are any, each in its column; 不适用 is no part of what was due.
fn series<'a>(total: Counts, [met, unmet, _]: [&'a str; 3]) -> Vec<Series<'a>> {
    let name = |verdict: Verdict| match verdict {
        Verdict::Met => met,
        Verdict::Unmet => unmet,
        Verdict::Review | Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => verdict.label(),
    };
    let columns = (FIRST_VERDICT..).zip(Verdict::ALL);
    let drawn = columns.filter(|(_, verdict)| *verdict != Verdict::NotApplicable && total.of(*verdict) > 0);
    drawn.map(|(column, verdict)| Series { verdict, name: name(verdict), column }).collect()
}

pub(crate) fn rule_heads(pack: &Pack) -> Vec<PageCell<'static>> {
    count_heads(&["条款", "核查内容", "强度"], std::slice::from_ref(pack))
}

pub(crate) fn rule_cells(rule: &Rule) -> Vec<PageCell<'_>> {
    vec![
        PageCell::centre(rule.clause.as_str()),
        PageCell::text(rule.title.as_str()),
        PageCell::centre(rule.obligation.label()),
    ]
}

pub(crate) fn total_row(name: &str, total: Counts) -> Vec<PageCell<'_>> {
    count_row(vec![PageCell::new(name, Look::Total).over(3)], total, Look::Total, true)
}

/// The words for met, unmet and their rate at the head of a narrow column: what stands in brackets takes a line of its own.
pub(crate) fn narrow_words(packs: &[Pack]) -> [String; 3] {
    words(packs).map(|word| word.replace('（', "\n（"))
}

/// The heads of a row of counts, behind one or three others over three columns.
pub(crate) fn count_heads<'a>(first: &[&'a str], packs: &[Pack]) -> Vec<PageCell<'a>> {
    let span = if first.len() == 1 { 3 } else { 1 };
    let mut cells: Vec<PageCell> = first.iter().map(|head| PageCell::head(*head).over(span)).collect();
    let [met, unmet, rate] = &narrow_words(packs);
    let heads = ["应检", met, unmet, "待核", "未到期", "豁免", "不适用", rate, "待核占比"];
    cells.extend(heads.map(|head| PageCell::head(head.to_string())));
    cells
}

/// The cells of a row of counts; what is not zero and needs somebody's eye is coloured. What does not bind is no gap.
pub(crate) fn count_row<'a>(cells: Vec<PageCell<'a>>, counts: Counts, look: Look, binds: bool) -> Vec<PageCell<'a>> {
    let mut cells = verdict_row(cells, counts, look, binds);
    cells.extend([PageCell::new(counts.rate(), look), PageCell::new(counts.review_share(), look)]);
    cells
}

/// The same without the rates.
pub(crate) fn verdict_row<'a>(
    mut cells: Vec<PageCell<'a>>,
    counts: Counts,
    look: Look,
    binds: bool,
) -> Vec<PageCell<'a>> {
    cells.push(PageCell::count(counts.due()).look(look));
    cells.extend(Verdict::ALL.map(|verdict| {
        let count = counts.of(verdict);
        let colour = match verdict {
            Verdict::Unmet if count > 0 && binds => Look::Unmet,
            Verdict::Review if count > 0 => Look::Review,
            Verdict::Met | Verdict::Unmet | Verdict::Review => look,
            Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => look,
        };
        PageCell::count(count).look(colour)
    }));
    cells
}
