//! 运行记录: what the report was made from and with, so that it can be checked and made again.

use std::fmt::Display;

use rust_xlsxwriter::XlsxError;

use crate::dictionary::Dictionary;
use crate::model::{Sheet, Verdict};
use crate::pack::{ClauseStatus, Pack};
use crate::report::copies::{self, NOTES};
use crate::report::findings::{Index, file_name, ledger_name};
use crate::report::sheet::{BookWriter, Look, Page, PageCell};

const DIGEST: &str = "SHA-256 ";
pub(crate) const WIDTHS: [f64; 8] = [24.0, 28.0, 16.0, 10.0, 10.0, 10.0, 10.0, 26.0];

/// `digest` is that of the assessment as it is printed as JSON.
pub(crate) fn write(book: &mut BookWriter, index: &Index, digest: &str) -> Result<(), XlsxError> {
    let mut page = Page::titled(book, "运行记录", "运行记录", WIDTHS)?;
    write_options(&mut page, index, digest)?;
    write_packs(&mut page, index)?;
    write_inputs(&mut page, index)?;
    write_sheets(&mut page, index)?;
    write_coverage(&mut page, index)?;
    write_verdicts(&mut page, index)?;
    write_clauses(&mut page, index)?;
    write_notes(&mut page, index)?;
    page.finish()
}

/// A heading, and the heads of its table with the columns that each stands over.
pub(crate) fn section(page: &mut Page, title: &str, heads: &[(&str, u16)]) -> Result<(), XlsxError> {
    page.skip();
    page.heading(title)?;
    let cells: Vec<PageCell> = heads.iter().map(|(head, span)| PageCell::head(*head).over(*span)).collect();
    if cells.is_empty() { Ok(()) } else { page.row(&cells) }
}

fn write_options(page: &mut Page, index: &Index, digest: &str) -> Result<(), XlsxError> {
    section(page, "程序与选项", &[("名称", 1), ("内容", 7)])?;
    let assessment = index.assessment();
    let mut row = |name: &str, value: &str| page.row(&[PageCell::text(name), PageCell::text(value).over(7)]);
    row("程序版本", &assessment.tool)?;
    row("核查年度", &index.period())?;
    row("数据截至", &assessment.as_of.to_string())?;
    option_rows(page, index.report.options)?;
    page.row(&[PageCell::text("核查结果 SHA-256"), PageCell::digest(digest).over(7)])?;
    let (inputs, findings) = (assessment.inputs.len(), assessment.findings.len());
    let (manual, issues) = (assessment.manual.len(), assessment.issues.len());
    let counts = format!("输入文件{inputs}个，结论{findings}项，需人工核查的条款{manual}条，列出的数据问题{issues}处");
    page.row(&[PageCell::text("数量"), PageCell::text(counts).over(7)])
}

pub(crate) fn option_rows(page: &mut Page, options: &[(String, String)]) -> Result<(), XlsxError> {
    for (name, value) in options {
        // The digest of a file is no personal number.
        let cell = if value.starts_with(DIGEST) { PageCell::digest(value) } else { PageCell::text(value.as_str()) };
        page.row(&[PageCell::text(format!("选项：{name}")), cell.over(7)])?;
    }
    Ok(())
}

fn write_packs(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    pack_heads(page)?;
    for stamp in &index.assessment().packs {
        let pack = index.report.packs.iter().find(|pack| pack.id == stamp.id);
        pack_rows(page, &stamp.id, &stamp.sha256, pack)?;
    }
    Ok(())
}

pub(crate) fn pack_heads(page: &mut Page) -> Result<(), XlsxError> {
    section(page, "规则包", &[("规则包", 1), ("文件", 2), ("文号", 1), ("SHA-256", 4)])
}

/// A pack with its digest, and what it changes of the one below it.
pub(crate) fn pack_rows(page: &mut Page, id: &str, sha256: &str, pack: Option<&Pack>) -> Result<(), XlsxError> {
    page.row(&[
        PageCell::text(id),
        PageCell::text(pack.map_or("", |pack| pack.title.as_str())).over(2),
        PageCell::text(pack.and_then(|pack| pack.number.as_deref()).unwrap_or("（无）")),
        PageCell::digest(sha256).over(4),
    ])?;
    let Some((pack, base)) = pack.and_then(|pack| Some((pack, pack.base.as_ref()?))) else { return Ok(()) };
    page.row(&[
        PageCell::text(format!("{}的基础", pack.id)),
        PageCell::text(format!("内置规则包 {}", base.id)).over(2),
        PageCell::blank(),
        PageCell::digest(&base.sha256).over(4),
    ])?;
    for difference in &pack.differences {
        page.row(&[PageCell::text(format!("{}的改动", pack.id)), PageCell::text(difference.as_str()).over(7)])?;
    }
    Ok(())
}

fn write_inputs(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    section(page, "输入文件", &[("文件", 2), ("说明", 2), ("SHA-256", 4)])?;
    for input in &index.assessment().inputs {
        page.row(&[
            PageCell::text(input.path.as_str()).over(2),
            PageCell::text(input.notes.join("\n")).over(2),
            PageCell::digest(&input.sha256).over(4),
        ])?;
    }
    Ok(())
}

fn write_sheets(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let heads = ["文件", "工作表", "识别为", "表头行", "采用行", "部分采用", "未采用", "数据行合计"];
    section(page, "工作表与行数", &heads.map(|head| (head, 1)))?;
    for (input, sheet) in &index.sheets {
        page.row(&[
            PageCell::text(file_name(&input.path)),
            PageCell::text(sheet.name.as_str()),
            PageCell::centre(table_name(sheet, index.report.dictionary)),
            PageCell::centre(sheet.header_row.map(|row| format!("第{row}行")).unwrap_or_default()),
            PageCell::count(sheet.used),
            PageCell::count(sheet.partly),
            PageCell::count(sheet.unused),
            PageCell::centre(sum(sheet)),
        ])?;
    }
    Ok(())
}

/// What the ledgers hold, so that the reader sees for which time they prove anything.
fn write_coverage(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let heads = [("台账", 1), ("单位", 1), ("有日期的行", 1), ("最早", 1), ("最晚", 1), ("没有记录的月份", 3)];
    section(page, "台账覆盖的时间", &heads)?;
    for ledger in &index.assessment().coverage {
        page.row(&[
            PageCell::text(ledger_name(ledger, index.report.dictionary)),
            PageCell::text(ledger.institution.as_deref().unwrap_or("（合计）")),
            PageCell::count(ledger.rows),
            PageCell::centre(ledger.first.to_string()),
            PageCell::centre(ledger.last.to_string()),
            PageCell::text(ledger.months_without_rows.join("、")).over(3),
        ])?;
    }
    Ok(())
}

fn table_name<'a>(sheet: &'a Sheet, dictionary: &'a Dictionary) -> &'a str {
    let Some(table) = &sheet.table else { return "（未识别）" };
    dictionary.table_named(table).map_or(table, |id| &dictionary.table(id).sheet)
}

/// 810＋1＋1＝812: the reader sees that no row is missing.
fn sum(sheet: &Sheet) -> String {
    let Sheet { rows, used, partly, unused, .. } = *sheet;
    let sum = u64::from(used) + u64::from(partly) + u64::from(unused);
    let check = if sum == u64::from(rows) { String::new() } else { format!("，与数据行{rows}不符") };
    format!("{used}＋{partly}＋{unused}＝{sum}{check}")
}

fn write_verdicts(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let mut heads = vec![("规则包", 1), ("核查项合计", 1)];
    heads.extend(Verdict::ALL.map(|verdict| (verdict.label(), 1)));
    section(page, "结论统计", &heads)?;
    for stamp in &index.assessment().packs {
        let counts = index.counts(|entry| entry.finding.pack == stamp.id);
        let mut cells = vec![PageCell::text(stamp.id.as_str()), PageCell::count(counts.due() + counts.not_applicable)];
        cells.extend(Verdict::ALL.map(|verdict| PageCell::count(counts.of(verdict))));
        page.row(&cells)?;
    }
    Ok(())
}

fn write_clauses(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let span = |status| if status == ClauseStatus::Partly { 2 } else { 1 };
    let mut heads = vec![("规则包", 1), ("条款合计", 1)];
    heads.extend(ClauseStatus::ALL.map(|status| (status.label(), span(status))));
    heads.push(("规则条数", 1));
    section(page, "条款统计", &heads)?;
    for pack in index.report.packs {
        let mut cells = vec![PageCell::text(pack.id.as_str()), PageCell::count(pack.clauses.len() as u64)];
        cells.extend(ClauseStatus::ALL.map(|status| {
            let count = pack.clauses.iter().filter(|clause| clause.status == status).count();
            PageCell::centre(count.to_string()).over(span(status))
        }));
        cells.push(PageCell::count(pack.rules.len() as u64));
        page.row(&cells)?;
    }
    Ok(())
}

fn write_notes(page: &mut Page, index: &Index) -> Result<(), XlsxError> {
    let audit = index.report.audit;
    let mut notes = audit.notes.clone();
    for ((at, copy), (_, sheet)) in (0..).zip(&audit.copies).zip(&index.sheets) {
        if copy.shortened {
            let place = index.place(at);
            notes.push(format!(
                "{place} 行数较多，本报告的原表副本只保留表头、有问题的行和各项依据的前几行（最多各2000行），行号与原表相同，其余的行不显示"
            ).into());
        }
        let marks = copies::count(index, at);
        if marks > NOTES {
            notes.push(format!("{} 的批注超过{NOTES}条，其余只着色，见问题清单和数据问题", sheet.name).into());
        }
    }
    remarks(page, &notes)
}

/// What the run did that nobody asked for.
pub(crate) fn remarks(page: &mut Page, notes: &[impl Display]) -> Result<(), XlsxError> {
    section(page, "运行说明", &[])?;
    if notes.is_empty() {
        return page.line("无", Look::Line);
    }
    for (number, note) in (1..).zip(notes) {
        page.line(&format!("{number}. {note}"), Look::Line)?;
    }
    Ok(())
}
