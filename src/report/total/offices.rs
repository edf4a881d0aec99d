//! 单位排名: the audited offices by rank, with the counts that the rank comes from.

use rust_xlsxwriter::XlsxError;

use super::lowest::{RANKING, rank_cell, rate_cells};
use super::names::OfficeColumns;
use super::ranking::{RankedOffice, Ranking};
use crate::report::pages::counts::narrow_words;
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

/// The widths of 名次, and of the columns after the office's name.
const RANK: f64 = 6.0;
const COUNTS: [f64; 11] = [8.0, 10.0, 9.0, 8.0, 8.0, 8.0, 8.0, 9.0, 10.0, 8.0, 9.0];

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let names = OfficeColumns::of(ranking);
    let widths: Vec<f64> = [&[RANK], names.widths(), &COUNTS].concat();
    let mut page = Page::new(book, "单位排名", Paper::Landscape, widths)?;
    page.title("单位排名")?;
    page.line(
        &format!("“应检”到“待核占比”各栏只计“应”“原则上”的要求，应检还含未到期和豁免的项。{RANKING}"),
        Look::Line,
    )?;
    if !ranking.missed.is_empty() {
        page.line(&format!("另有{}个单位未能核查，见“未能核查的单位”。", ranking.missed.len()), Look::Lead)?;
    }
    let head = page.next();
    let [met, unmet, rate] = &narrow_words(ranking.total.packs);
    let counts = ["人数", "数据行", "未采用行", "应检", met, unmet, "待核", rate, "待核占比", "提示", "数据问题"];
    let heads: Vec<&str> = [&["名次"], names.heads(), &counts].concat();
    page.list_head(heads, 1 + u16::try_from(names.heads().len()).unwrap_or(1))?;
    for office in ranking.ranked() {
        page.row(&row(names, office))?;
    }
    page.filter(head)?;
    page.finish()
}

fn row<'a>(names: OfficeColumns, office: &RankedOffice<'a>) -> Vec<PageCell<'a>> {
    let (summary, counts) = (office.summary, office.binding);
    let coloured = |count: u64, look: Look| PageCell::count(count).look(if count > 0 { look } else { Look::Centre });
    let mut cells = vec![rank_cell(office.rank)];
    cells.extend(names.cells(office.office));
    cells.extend([
        PageCell::count(summary.people),
        PageCell::count(summary.rows),
        PageCell::count(summary.unused),
        PageCell::count(counts.due()),
        PageCell::count(counts.met),
        coloured(counts.unmet, Look::Unmet),
        coloured(counts.review, Look::Review),
    ]);
    cells.extend(rate_cells(counts));
    cells.extend([PageCell::count(summary.notes), PageCell::count(summary.issues)]);
    cells
}
