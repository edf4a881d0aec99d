//! 封面: who was checked against what, for which time and as of which day, the counts, and where both sides sign.

use rust_xlsxwriter::XlsxError;

use crate::model::{Period, Verdict};
use crate::report::findings::{Index, headline, ledgers, sheets_read, words};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

/// Institutions that are named; more are counted.
const NAMED: usize = 12;
/// The height of a line for a pen, in points, and of the field for the seal.
const SIGNED: f64 = 32.0;
const SEAL: f64 = 60.0;

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = page(book, "教研工作核查报告", &format!("（{}）", index.period()))?;
    write_facts(&mut page, index)?;
    page.gap(10.0);
    write_counts(&mut page, index)?;
    page.gap(10.0);
    write_signatures(&mut page)?;
    page.finish()
}

pub(crate) fn page<'b>(book: &'b mut BookWriter, title: &str, subtitle: &str) -> Result<Page<'b>, XlsxError> {
    // Eight columns over the 156 mm between the margins.
    let mut page = Page::new(book, "封面", Paper::Portrait, [8.5; 8])?;
    page.gap(12.0);
    page.line(title, Look::Cover)?;
    page.line(subtitle, Look::Subtitle)?;
    page.gap(12.0);
    Ok(page)
}

pub(crate) fn fact(page: &mut Page, name: &str, value: &str) -> Result<(), XlsxError> {
    page.tall_row(&[PageCell::head(name).over(2), PageCell::text(value).over(6)], 24.0)
}

fn write_facts(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let assessment = index.assessment();
    let documents: Vec<String> = index.report.packs.iter().map(|pack| pack.cited()).collect();
    let mut row = |name: &str, value: &str| fact(page, name, value);
    row("被核查单位", &institutions(index))?;
    row("核查时段", &period(index))?;
    row("数据截至", &assessment.as_of.to_string())?;
    row("依据文件", &documents.join("\n"))?;
    let warnings = other_years(index);
    if !warnings.is_empty() {
        row("请注意", &warnings.join("\n"))?;
    }
    row("核查数据", &inputs(index))?;
    let ledgers = ledgers(assessment, index.report.dictionary);
    if ledgers.is_empty() { Ok(()) } else { row("台账所记", &ledgers.join("\n")) }
}

fn institutions(index: &Index) -> String {
    let names = index.institutions();
    match names.get(..NAMED) {
        Some(named) if names.len() > NAMED => format!("{}等{}个单位", named.join("、"), names.len()),
        Some(_) | None if names.is_empty() => "（数据中没有单位）".to_string(),
        Some(_) | None => names.join("、"),
    }
}

/// 2023年（2023-01-01至2023-12-31）
pub(crate) fn period(index: &Index) -> String {
    match Period::parse(&index.assessment().period) {
        Ok(period) => format!("{}（{}至{}）", period.label(), period.start(), period.end()),
        Err(_) => index.period(),
    }
}

/// The documents that are plans of another year.
fn other_years(index: &Index) -> Vec<String> {
    let Ok(period) = Period::parse(&index.assessment().period) else { return Vec::new() };
    index.report.packs.iter().filter_map(|pack| pack.of_another_year(period)).collect()
}

fn inputs(index: &Index) -> String {
    let read = index.sheets.iter().filter(|(_, sheet)| sheet.table.is_some());
    let rows: u64 = read.map(|(_, sheet)| u64::from(sheet.rows)).sum();
    let (files, sheets) = (index.assessment().inputs.len(), sheets_read(index.assessment()));
    format!("{files}个文件，{sheets}；数据行{rows}行（名称和校验值见“运行记录”）")
}

fn write_counts(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    page.line("核查结论（项）", Look::Heading)?;
    let [met, unmet, rate] = words(index.report.packs);
    page.head(["应检", met, unmet, "待核", "未到期", "豁免", "不适用", rate])?;
    let counts = index.counts(|_| true);
    let mut cells = vec![PageCell::count(counts.due())];
    cells.extend(Verdict::ALL.map(|verdict| PageCell::count(counts.of(verdict))));
    cells.push(PageCell::centre(counts.rate()));
    page.tall_row(&cells, 26.0)?;
    let rest = format!("待核占应检的{}。各项含义和计算办法见“汇总”。", counts.review_share());
    page.line(&format!("{}{rest}", headline(index)), Look::Line)
}

/// The unit signs at the left, the inspectors at the right.
fn write_signatures(page: &mut Page) -> Result<(), XlsxError> {
    let half = |name: &'static str, look: Look| [PageCell::new(name, look).over(2), PageCell::blank().over(2)];
    page.row(&[PageCell::head("填报单位").over(4), PageCell::head("督导组").over(4)])?;
    for (unit, inspectors) in
        [("填报人", "检查人"), ("审核人", "复核人"), ("单位负责人\n（签字）", "督导组长\n（签字）")]
    {
        let cells: Vec<PageCell> = half(unit, Look::Centre).into_iter().chain(half(inspectors, Look::Centre)).collect();
        page.tall_row(&cells, SIGNED)?;
    }
    page.tall_row(&[PageCell::centre("（公章）").over(4), PageCell::blank().over(4)], SEAL)?;
    let day = "\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日";
    let cells = [PageCell::centre(day).over(4), PageCell::centre(format!("日期：{day}")).over(4)];
    page.tall_row(&cells, SIGNED)
}
