//! Of 概况: the requirements that are least met, and the offices at the ends of the ranking, each with its chart.

use rust_xlsxwriter::XlsxError;

use super::names::OfficeColumns;
use super::ranking::{RankedOffice, RankedRule, Ranking, review_share, share};
use crate::model::Counts;
use crate::report::findings::{short_name, words};
use crate::report::pages::counts::{count_heads, verdict_row};
use crate::report::sheet::{Band, Look, Page, PageCell, charts, width};

const ENDS: usize = 10;
const ALL: usize = 20;
/// The columns of the labels and of the rates that the charts draw.
const LABELS: u16 = 1;
const RATES: u16 = 10;
/// Half characters of a chart's label, and of a document's name beside it.
const LABEL: usize = 44;
const DOCUMENT: usize = 20;
/// The height of a row of one line, and of a table's heading and head, in points.
const ROW: f64 = 22.0;
const HEADS: f64 = 70.0;

pub(super) const RANKING: &str = "名次只按“应”“原则上”的要求，达标率高的在前（按未舍尾数的比例）；达标率相同的，未达标项少的在前；\
    仍相同的，待核占比低的在前；三项都相同的名次并列。没有一项作出判定的不排名次，记“—”。待核占比超过一半的（黄色，数字后有“？”），\
    达标率只反映少数已判定的项，名次仅供参考。";

pub(super) fn write_rules(page: &mut Page, ranking: &Ranking) -> Result<(), XlsxError> {
    let rules = ranking.least_met();
    let unmet = |rule: &&RankedRule| rule.rule.obligation.binds() && rule.counts.unmet > 0;
    let lowest: Vec<&RankedRule> = rules.into_iter().filter(unmet).take(ENDS).collect();
    page.skip();
    page.keep(HEADS + ROW * lowest.len() as f64);
    let [_, _, rate] = words(ranking.total.packs);
    page.heading(&format!("二、{rate}最低的要求（“应”“原则上”的要求）"))?;
    if lowest.is_empty() {
        return page.line("没有未达标的要求。", Look::Line);
    }
    page.row(&count_heads(&["条款", "核查内容", "强度"], ranking.total.packs))?;
    let first = page.next();
    for rule in &lowest {
        let cells = vec![
            PageCell::centre(rule.rule.clause.as_str()),
            PageCell::text(label(ranking, rule)),
            PageCell::centre(rule.rule.obligation.label()),
        ];
        page.row(&row(cells, rule.counts))?;
    }
    page.line("各项要求和涉及的单位数见“条款情况”。", Look::Line)?;
    draw(page, first, lowest.len(), rate, "最低的要求")
}

/// What is checked, with its document where there are several: the labels tell the bars apart.
fn label(ranking: &Ranking, rule: &RankedRule) -> String {
    let title = width::cut(&rule.rule.title, LABEL);
    if ranking.total.packs.len() < 2 {
        return title;
    }
    format!("{title}（{}）", width::cut(&short_name(rule.pack), DOCUMENT))
}

/// All ranked offices where they are few, else both ends of the ranking.
pub(super) fn write_offices(page: &mut Page, ranking: &Ranking) -> Result<(), XlsxError> {
    let ranked: Vec<&RankedOffice> = ranking.ranked().into_iter().filter(|office| office.rank.is_some()).collect();
    let heading = if ranking.areas.len() < 2 { "三、按单位" } else { "四、按单位" };
    page.skip();
    if ranked.is_empty() {
        page.heading(heading)?;
        return page.line("没有可以排名的单位。", Look::Line);
    }
    if ranked.len() <= ALL {
        return write_end(page, ranking, &ranked, heading, "从高到低的单位");
    }
    let lowest: Vec<&RankedOffice> = ranked.iter().rev().take(ENDS).copied().collect();
    write_end(page, ranking, &lowest, heading, "最低的单位")?;
    write_ties(page, &ranked, &lowest)?;
    page.skip();
    let highest: Vec<&RankedOffice> = ranked.iter().take(ENDS).copied().collect();
    write_end(page, ranking, &highest, heading, "最高的单位")?;
    write_ties(page, &ranked, &highest)
}

fn write_end(
    page: &mut Page,
    ranking: &Ranking,
    offices: &[&RankedOffice],
    heading: &str,
    which: &str,
) -> Result<(), XlsxError> {
    let [_, _, rate] = words(ranking.total.packs);
    page.keep(HEADS + ROW * offices.len() as f64);
    page.heading(&format!("{heading}：{rate}{which}（“应”“原则上”的要求）"))?;
    page.row(&count_heads(&["名次", "单位", "人数"], ranking.total.packs))?;
    let first = page.next();
    for office in offices {
        let name = OfficeColumns::of(ranking).text(office.office);
        let cells = vec![
            rank_cell(office.rank),
            PageCell::text(width::cut(&name, LABEL)),
            PageCell::count(office.summary.people),
        ];
        page.row(&row(cells, office.binding))?;
    }
    page.line("全部单位和排名办法见“单位排名”。", Look::Line)?;
    draw(page, first, offices.len(), rate, which)
}

/// Names nobody who only the order of the run put before others: says how many more share the last rank.
fn write_ties(page: &mut Page, ranked: &[&RankedOffice], shown: &[&RankedOffice]) -> Result<(), XlsxError> {
    let Some(last) = shown.last() else { return Ok(()) };
    let of = |offices: &[&RankedOffice]| offices.iter().filter(|office| office.rank == last.rank).count();
    match of(ranked) - of(shown) {
        0 => Ok(()),
        more => page.line(&format!("与其中最后一个并列的另有{more}个单位，没有列出。"), Look::Line),
    }
}

fn draw(page: &mut Page, first: u32, count: usize, rate: &str, which: &str) -> Result<(), XlsxError> {
    let last = first + u32::try_from(count).unwrap_or(1).saturating_sub(1);
    let mut chart = charts::rates(&page.name(), (first, last), LABELS, RATES, rate, &format!("{rate}{which}"));
    page.chart(&mut chart, charts::rates_height(count))
}

fn row<'a>(cells: Vec<PageCell<'a>>, counts: Counts) -> Vec<PageCell<'a>> {
    let mut cells = verdict_row(cells, counts, Look::Centre, true);
    cells.extend(rate_cells(counts));
    cells
}

/// 达标率 and 待核占比 as numbers; what is mostly in doubt is marked.
pub(super) fn rate_cells(counts: Counts) -> [PageCell<'static>; 2] {
    let rate = share(counts).map_or_else(|| PageCell::centre("—"), PageCell::share);
    let review = match review_share(counts) {
        Some(share) if counts.review * 2 > counts.due() => PageCell::share(share).look(Look::Open(Band::Part)),
        Some(share) => PageCell::share(share),
        None => PageCell::centre("—"),
    };
    [rate, review]
}

pub(super) fn rank_cell(rank: Option<u64>) -> PageCell<'static> {
    rank.map_or_else(|| PageCell::centre("—"), PageCell::count)
}
