//! 各文件对照: what several documents ask of the same thing, and how each subject stands under each of them.

use std::iter::repeat_n;

use rust_xlsxwriter::XlsxError;

use super::verdict_cell::{self, SIGNS};
use crate::model::Finding;
use crate::pack::Rule;
use crate::report::findings::{Index, Requirement, SubjectRow, names, phrases, requirements, subject_rows, terms};
use crate::report::sheet::{BookWriter, Look, Page, PageCell};
use crate::report::source::Report;

const NAME: &str = "各文件对照";
/// The columns of 单位 and 对象 before those of the documents.
const BEFORE: u16 = 2;
/// What the columns of the documents share, and how wide each may be.
const ROOM: f64 = 108.0;
const NARROWEST: f64 = 14.0;
const WIDEST: f64 = 26.0;

/// The page; a run over one document has nothing to compare.
pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let packs = index.report.packs;
    if packs.len() < 2 {
        return Ok(());
    }
    let requirements = requirements(packs);
    let mut widths = vec![16.0, 14.0];
    let documents = packs.len().max(4);
    widths.extend(repeat_n((ROOM / documents as f64).clamp(NARROWEST, WIDEST), documents));
    let mut page = Page::titled(book, NAME, NAME, widths)?;
    if requirements.is_empty() {
        page.line("这几份文件没有可以对照的要求", Look::Lead)?;
        return page.finish();
    }
    page.line(&format!("{HOW}{}", SIGNS), Look::Line)?;
    write_standards(&mut page, index, &requirements)?;
    let is_shared = |asked: &&Requirement| asked.rules.iter().filter(|rules| !rules.is_empty()).count() > 1;
    for requirement in requirements.iter().filter(is_shared) {
        write_requirement(&mut page, index, requirement)?;
    }
    page.finish()
}

const HOW: &str = "先列各文件的标准，再逐个对象列出在各文件下的实际/标准和结论；只有一份文件有的要求不逐个对象列出。";

fn write_standards(page: &mut Page, index: &Index, requirements: &[Requirement]) -> Result<(), XlsxError> {
    let Report { packs, dictionary, .. } = index.report;
    page.heading("各文件的标准")?;
    let mut heads = vec![PageCell::head("要求").over(BEFORE)];
    heads.extend(names(packs).into_iter().map(PageCell::head));
    page.row(&heads)?;
    for requirement in requirements {
        let mut cells = vec![PageCell::centre(requirement.word).over(BEFORE)];
        cells.extend(requirement.rules.iter().map(|rules| PageCell::centre(terms(rules, dictionary))));
        page.row(&cells)?;
    }
    Ok(())
}

fn write_requirement(page: &mut Page, index: &Index, requirement: &Requirement) -> Result<(), XlsxError> {
    let Report { packs, dictionary, .. } = index.report;
    page.skip();
    page.heading(requirement.word)?;
    let mut heads = vec![PageCell::head("单位"), PageCell::head("对象")];
    let asked = names(packs).into_iter().zip(&requirement.rules);
    heads.extend(asked.map(|(name, rules)| PageCell::head(format!("{name}\n{}", terms(rules, dictionary)))));
    page.row(&heads)?;
    for row in rows(index, requirement) {
        let subject = row.subject;
        let mut cells =
            vec![PageCell::text(subject.institution.as_str()), PageCell::text(phrases::subject_beside(subject))];
        for ((pack, rules), findings) in packs.iter().zip(&requirement.rules).zip(&row.findings) {
            cells.push(PageCell::new(text(findings, rules, pack.claims), verdict_cell::look(findings)));
        }
        page.row(&cells)?;
    }
    Ok(())
}

/// Everyone whom any of the documents judges by the requirement.
fn rows<'a>(index: &Index<'a>, requirement: &Requirement) -> Vec<SubjectRow<'a>> {
    let packs = index.report.packs;
    let is_of = |rule: Option<&Rule>| rule.and_then(|rule| rule.compares.as_deref()) == Some(requirement.word);
    let placed = index.entries.iter().filter(|entry| is_of(entry.rule)).filter_map(|entry| {
        let column = packs.iter().position(|pack| pack.id == entry.finding.pack)?;
        Some((entry.finding, column))
    });
    subject_rows(placed, packs.len())
}

/// What a document's rules say of a subject; each by its title where there are several.
fn text(findings: &[&Finding], rules: &[&Rule], claims: bool) -> String {
    let of = |rule: &&Rule| -> Option<String> {
        let own: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == rule.id).copied().collect();
        let said = verdict_cell::text(&own, rule, claims);
        let named = if rules.len() > 1 { format!("{}：{said}", rule.title) } else { said };
        (!own.is_empty()).then_some(named)
    };
    let said: Vec<String> = rules.iter().filter_map(of).collect();
    if said.is_empty() { "—".to_string() } else { said.join("\n") }
}
