//! 概况: how many offices were audited, the finding that matters most, and the counts over all by heading and area.

use rust_xlsxwriter::XlsxError;

use super::lowest::{self, rank_cell};
use super::names::area_name;
use super::ranking::{Ranking, share};
use crate::model::{Counts, Summary};
use crate::report::findings::{Heading, words};
use crate::report::pages::counts::{EXPLANATION, WIDTHS, by_heading, count_heads, count_row};
use crate::report::sheet::{BookWriter, Look, Page, PageCell};

pub(super) const TITLE: &str = "教研工作核查总表";
const NAME: &str = "概况";
/// The height of the explanation and the signatures, which stand on one page, in points.
const END: f64 = 160.0;

pub(super) fn write(book: &mut BookWriter, ranking: &Ranking) -> Result<(), XlsxError> {
    let mut page = Page::titled(book, NAME, TITLE, WIDTHS)?;
    let total = ranking.total;
    page.line(&headline(ranking), Look::Lead)?;
    page.line(&format!("核查年度：{}　　数据截至：{}", total.period(), total.as_of), Look::Line)?;
    write_facts(&mut page, ranking)?;
    page.skip();
    let of = |heading| ranking.counts(|rule| Heading::of_clause(rule.pack, &rule.rule.clause) == heading);
    by_heading(&mut page, total.packs, ranking.counts(|_| true), true, of)?;
    lowest::write_rules(&mut page, ranking)?;
    write_areas(&mut page, ranking)?;
    lowest::write_offices(&mut page, ranking)?;
    page.keep(END);
    page.skip();
    page.line(&format!("{EXPLANATION}。"), Look::Line)?;
    page.finish_signed()
}

pub(super) fn headline(ranking: &Ranking) -> String {
    let (all, missed) = (ranking.total.offices.len(), ranking.missed.len());
    if ranking.offices.is_empty() {
        return match all {
            0 => "没有要核查的单位。".to_string(),
            _ => format!("{all}个单位都未能核查，没有核查结果；原因见“未能核查的单位”。"),
        };
    }
    let offices = match missed {
        0 => format!("{all}个单位全部核查"),
        _ => format!("应核查{all}个单位，已核查{}个，{missed}个未能核查、不计入各项数字", ranking.offices.len()),
    };
    let counts = ranking.counts(|_| true);
    let reviews = match counts.review {
        0 => "没有待核事项".to_string(),
        count => format!("待核{count}项，占应检的{}", counts.review_share()),
    };
    format!("{offices}；{}；{reviews}。", found(ranking, counts))
}

/// The gaps, in how many offices, and the requirement that is least met.
fn found(ranking: &Ranking, counts: Counts) -> String {
    let gaps = ranking.sum(|summary| summary.gaps);
    let notes = match ranking.sum(|summary| summary.notes) {
        0 => String::new(),
        notes => format!("（另有提示{notes}项）"),
    };
    if share(counts).is_none() {
        return "没有一项作出达标或未达标的判定".to_string();
    }
    if gaps == 0 {
        return format!("没有发现未达标的问题{notes}");
    }
    let offices = ranking.offices.iter().filter(|office| office.summary.gaps > 0).count();
    let least = ranking.least_met().into_iter().next().map(|rule| {
        let [_, _, rate] = words(ranking.total.packs);
        format!("，{rate}最低的要求是{}“{}”（{}）", rule.rule.clause, rule.rule.title, rule.counts.rate())
    });
    format!("{offices}个单位有问题，共{gaps}项{notes}{}", least.unwrap_or_default())
}

fn write_facts(page: &mut Page, ranking: &Ranking) -> Result<(), XlsxError> {
    let mut row =
        |name: &str, value: String| page.tall_row(&[PageCell::head(name), PageCell::text(value).over(11)], 22.0);
    let (all, missed) = (ranking.total.offices.len(), ranking.missed.len());
    let audited = ranking.offices.len();
    let told = if missed > 0 { "（名称和原因见“未能核查的单位”）" } else { "" };
    row("核查单位", format!("应核查{all}个，已核查{audited}个，未能核查{missed}个{told}"))?;
    let documents: Vec<String> = ranking.total.packs.iter().map(|pack| pack.cited()).collect();
    row("依据文件", documents.join("\n"))?;
    let of: [fn(&Summary) -> u64; 5] = [|s| s.people, |s| s.rows, |s| s.partly, |s| s.unused, |s| s.issues];
    let [people, rows, partly, unused, issues] = of.map(|of| ranking.sum(of));
    let data =
        format!("教研员{people}人，数据行{rows}行，其中部分采用{partly}行、未采用{unused}行，数据问题{issues}处");
    row("核查数据", data)
}

/// Each area with its rank; nothing where there are no areas to compare.
fn write_areas(page: &mut Page, ranking: &Ranking) -> Result<(), XlsxError> {
    if ranking.areas.len() < 2 {
        return Ok(());
    }
    page.skip();
    page.heading("三、按地区（“应”“原则上”的要求）")?;
    page.row(&count_heads(&["名次", "地区", "单位数"], ranking.total.packs))?;
    for area in &ranking.areas {
        let missed = if area.missed > 0 { format!("（{}个未能核查）", area.missed) } else { String::new() };
        let cells = vec![
            rank_cell(area.rank),
            PageCell::text(format!("{}{missed}", area_name(area.name))),
            PageCell::count(area.audited + area.missed),
        ];
        page.row(&count_row(cells, area.binding, Look::Centre, true))?;
    }
    page.line(lowest::RANKING, Look::Line)
}
