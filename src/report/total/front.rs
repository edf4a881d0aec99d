//! 概况: how many offices were audited, the finding that matters most, and the counts over all by heading and area.

use rust_xlsxwriter::XlsxError;

use super::lowest::{self, rank_cell};
use super::names::area_name;
use super::standing::{RuleStanding, Standing, share};
use crate::model::{Counts, Summary};
use crate::report::findings::Heading;
use crate::report::pages::overview::{EXPLANATION, count_heads, count_row, series, words};
use crate::report::sheet::{Book, Cell, Look, Page, Paper, Rows, charts};

pub(super) const TITLE: &str = "教研工作核查总表";
const NAME: &str = "概况";
/// As those of 汇总: three columns before the counts.
const WIDTHS: [f64; 12] = [14.0, 44.0, 7.0, 8.0, 8.0, 8.0, 8.0, 8.0, 7.0, 8.0, 9.0, 10.0];
/// The height of the chart of verdicts, in points.
const CHART: f64 = 205.0;
/// The height of the explanation and the signatures, which stand on one page, in points.
const END: f64 = 160.0;

pub(super) fn write(book: &mut Book, standing: &Standing) -> Result<(), XlsxError> {
    let mut page = Page::new(book, NAME, Paper::Landscape, WIDTHS)?;
    let total = standing.total;
    page.title(TITLE)?;
    page.line(&headline(standing), Look::Lead)?;
    page.line(&format!("核查年度：{}　　数据截至：{}", total.period(), total.as_of), Look::Line)?;
    write_facts(&mut page, standing)?;
    write_headings(&mut page, standing)?;
    lowest::write_rules(&mut page, standing)?;
    write_areas(&mut page, standing)?;
    lowest::write_offices(&mut page, standing)?;
    page.keep(END);
    page.skip();
    page.line(&format!("{EXPLANATION}。"), Look::Line)?;
    page.finish_signed()
}

/// What the reader must know: how many offices the figures speak of, what was found, what is least met.
pub(super) fn headline(standing: &Standing) -> String {
    let (all, missed) = (standing.total.offices.len(), standing.missed.len());
    if standing.offices.is_empty() {
        return match all {
            0 => "没有要核查的单位。".to_string(),
            _ => format!("{all}个单位都未能核查，没有核查结果；原因见“未能核查的单位”。"),
        };
    }
    let offices = match missed {
        0 => format!("{all}个单位全部核查"),
        _ => format!("应核查{all}个单位，已核查{}个，{missed}个未能核查、不计入各项数字", standing.offices.len()),
    };
    let counts = standing.counts(|_| true);
    let reviews = match counts.review {
        0 => "没有待核事项".to_string(),
        count => format!("待核{count}项，占应检的{}", counts.review_share()),
    };
    format!("{offices}；{}；{reviews}。", found(standing, counts))
}

/// The gaps, in how many offices, and the requirement that is least met.
fn found(standing: &Standing, counts: Counts) -> String {
    let gaps = standing.sum(|summary| summary.gaps);
    let notes = match standing.sum(|summary| summary.notes) {
        0 => String::new(),
        notes => format!("（另有提示{notes}项）"),
    };
    if share(counts).is_none() {
        return "没有一项作出达标或未达标的判定".to_string();
    }
    if gaps == 0 {
        return format!("没有发现未达标的问题{notes}");
    }
    let offices = standing.offices.iter().filter(|office| office.summary.gaps > 0).count();
    let least = standing.least_met().into_iter().next().map(|rule| {
        let [_, _, rate] = words(standing.total.packs);
        format!("，{rate}最低的要求是{}（{}）", rule.name(), rule.counts.rate())
    });
    format!("{offices}个单位有问题，共{gaps}项{notes}{}", least.unwrap_or_default())
}

impl RuleStanding<'_> {
    /// 二(四)14“听课评课节数”
    pub(super) fn name(&self) -> String {
        format!("{}“{}”", self.rule.clause, self.rule.title)
    }
}

fn write_facts(page: &mut Page, standing: &Standing) -> Result<(), XlsxError> {
    let mut row =
        |name: &str, value: String| page.tall_row(&[Cell::new(name, Look::Head), Cell::text(value).over(11)], 22.0);
    let (all, missed) = (standing.total.offices.len(), standing.missed.len());
    let audited = standing.offices.len();
    let told = if missed > 0 { "（名称和原因见“未能核查的单位”）" } else { "" };
    row("核查单位", format!("应核查{all}个，已核查{audited}个，未能核查{missed}个{told}"))?;
    let documents: Vec<String> = standing.total.packs.iter().map(|pack| pack.cited()).collect();
    row("依据文件", documents.join("\n"))?;
    let sum = |of: fn(&Summary) -> u64| standing.sum(of);
    row(
        "核查数据",
        format!(
            "教研员{}人，数据行{}行，其中部分采用{}行、未采用{}行，数据问题{}处",
            sum(|summary| summary.people),
            sum(|summary| summary.rows),
            sum(|summary| summary.partly),
            sum(|summary| summary.unused),
            sum(|summary| summary.issues)
        ),
    )
}

fn write_headings(page: &mut Page, standing: &Standing) -> Result<(), XlsxError> {
    page.skip();
    page.heading("一、按督导内容")?;
    let words = words(standing.total.packs);
    page.row(&count_heads(vec![Cell::new("督导内容", Look::Head).over(3)], standing.total.packs))?;
    let first = page.next();
    let mut drawn = Vec::new();
    for heading in Heading::ALL {
        let counts = standing.counts(|rule| Heading::of_clause(rule.pack, &rule.rule.clause) == heading);
        // The five heads always stand there; 其他 only where there is any.
        if heading != Heading::Other || counts != Counts::default() {
            page.row(&count_row(vec![Cell::centre(heading.label()).over(3)], counts, Look::Centre, true))?;
            drawn.push(counts);
        }
    }
    let last = page.next().saturating_sub(1);
    let total = standing.counts(|_| true);
    page.row(&count_row(vec![Cell::new("合计", Look::Total).over(3)], total, Look::Total, true))?;
    if total.due() == 0 {
        return Ok(());
    }
    page.gap(8.0);
    page.chart(&mut charts::verdicts(NAME, Rows { first, last }, &series(total, words), &drawn), CHART)
}

/// Each area with its rank; nothing where there are no areas to compare.
fn write_areas(page: &mut Page, standing: &Standing) -> Result<(), XlsxError> {
    if standing.areas.len() < 2 {
        return Ok(());
    }
    page.skip();
    page.heading("三、按地区（“应”“原则上”的要求）")?;
    let heads = ["名次", "地区", "单位数"].map(|head| Cell::new(head, Look::Head));
    page.row(&count_heads(heads.into(), standing.total.packs))?;
    for area in &standing.areas {
        let missed = if area.missed > 0 { format!("（{}个未能核查）", area.missed) } else { String::new() };
        let cells = vec![
            rank_cell(area.rank),
            Cell::text(format!("{}{missed}", area_name(area.name))),
            Cell::count(area.audited + area.missed),
        ];
        page.row(&count_row(cells, area.binding, Look::Centre, true))?;
    }
    page.line(lowest::RANKING, Look::Line)
}
