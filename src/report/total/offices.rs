//! 单位排名: the audited offices by rank, with the counts that it comes from. 未能核查的单位: the others, and why.

use rust_xlsxwriter::XlsxError;

use super::lowest::{RANKING, rank_cell, rate_cells};
use super::names::OfficeColumns;
use super::ranking::{RankedOffice, Ranking};
use crate::report::pages::counts::narrow_words;
use crate::report::sheet::{BookWriter, Look, Page, PageCell};

/// The widths of 名次, and of the columns after the office's name.
const RANK: f64 = 6.0;
const COUNTS: [f64; 11] = [8.0, 10.0, 9.0, 8.0, 8.0, 8.0, 8.0, 9.0, 10.0, 8.0, 9.0];

const MISSED: &str = "这些单位的数据没有核查，不计入其他各页的数字，也不等于没有问题。请有关单位按“原因”改好文件，再用同样的命令加 \
    --resume 运行，已核查的单位不再重做。“处理情况”由经办人填写。";

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let names = OfficeColumns::of(ranking);
    let widths: Vec<f64> = [&[RANK], names.widths(), &COUNTS].concat();
    let mut page = Page::titled(book, "单位排名", "单位排名", widths)?;
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
    cells.extend([summary.people, summary.rows, summary.unused, counts.due(), counts.met].map(PageCell::count));
    cells.extend([coloured(counts.unmet, Look::Unmet), coloured(counts.review, Look::Review)]);
    cells.extend(rate_cells(counts));
    cells.extend([PageCell::count(summary.notes), PageCell::count(summary.issues)]);
    cells
}

pub(super) fn write_missed(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let names = OfficeColumns::of(ranking);
    let widths: Vec<f64> = [&[6.0], names.widths(), &[70.0, 24.0]].concat();
    let mut page = Page::titled(book, "未能核查的单位", "未能核查的单位", widths)?;
    if ranking.missed.is_empty() {
        let none = match ranking.offices.len() {
            0 => "没有要核查的单位。".to_string(),
            audited => format!("没有。{audited}个单位全部核查。"),
        };
        page.line(&none, Look::Lead)?;
        return page.finish();
    }
    page.line(MISSED, Look::Line)?;
    let heads: Vec<&str> = [&["序号"], names.heads(), &["原因", "处理情况"]].concat();
    page.list_head(heads, 1)?;
    for (number, (office, why)) in (1_u64..).zip(&ranking.missed) {
        let mut cells = vec![PageCell::count(number)];
        cells.extend(names.cells(office));
        cells.extend([PageCell::text(*why), PageCell::blank()]);
        page.row(&cells)?;
    }
    page.finish()
}
