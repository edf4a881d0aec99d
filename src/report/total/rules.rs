//! 条款情况: every rule over all offices, the least met first.

use rust_xlsxwriter::XlsxError;

use super::lowest::rate_cells;
use super::ranking::{RankedRule, Ranking};
use crate::report::findings::{Heading, short_name};
use crate::report::pages::counts::{narrow_words, verdict_row};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, width};

/// The columns, and the one of the documents where there are several.
const WIDTHS: [f64; 16] = [11.0, 9.0, 30.0, 7.0, 7.0, 8.0, 8.0, 8.0, 8.0, 7.0, 7.0, 7.0, 7.0, 7.0, 8.0, 8.0];
const DOCUMENT: f64 = 24.0;
/// Half characters of a document's name: two lines.
const NAME: usize = 46;

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let packs = ranking.total.packs;
    let document: &[f64] = if packs.len() > 1 { &[DOCUMENT] } else { &[] };
    let mut page = Page::titled(book, "条款情况", "条款情况", [document, &WIDTHS].concat())?;
    let documents: Vec<String> = packs.iter().map(|pack| pack.cited()).collect();
    page.line(&format!("依据文件：{}", documents.join("；")), Look::Line)?;
    page.line(HOW, Look::Line)?;
    let head = page.next();
    let [met, unmet, rate] = narrow_words(packs);
    let document = if packs.len() > 1 { "依据文件|" } else { "" };
    let heads = format!(
        "{document}条款|督导内容|核查内容|强度|应检|{met}|{unmet}|待核|未到期|豁免|不适用|{rate}|待核占比|涉及单位|全部达标|有未达标"
    );
    page.list_head(heads.split('|'), 3)?;
    for rule in ranking.least_met() {
        let mut cells = Vec::new();
        if packs.len() > 1 {
            cells.push(PageCell::text(width::cut(&short_name(rule.pack), NAME)));
        }
        cells.extend(row(rule));
        page.row(&cells)?;
    }
    page.filter(head)?;
    page.finish()
}

const HOW: &str = "达标率低的在前，没有作出判定的在后；“力争”“鼓励”的要求未达标不是问题，列在“应”“原则上”的要求之后。\
    涉及单位＝有应检项的单位；全部达标＝应检项除豁免外都达标的单位；有未达标＝至少一项未达标的单位；\
    涉及而不在后两栏的单位没有未达标的项，但有待核或未到期的项。";

fn row<'a>(rule: &RankedRule<'a>) -> Vec<PageCell<'a>> {
    let binds = rule.rule.obligation.binds();
    let cells = vec![
        PageCell::centre(rule.rule.clause.as_str()),
        PageCell::centre(Heading::of_clause(rule.pack, &rule.rule.clause).label()),
        PageCell::text(rule.rule.title.as_str()),
        PageCell::centre(rule.rule.obligation.label()),
    ];
    let mut cells = verdict_row(cells, rule.counts, Look::Centre, binds);
    cells.extend(rate_cells(rule.counts));
    cells.extend([rule.offices, rule.full, rule.short].map(PageCell::count));
    cells
}
