//! 人员达标矩阵 and 机构指标: who stands how, subjects by rules. The verdict is written out in every cell, so that colour
//! is never the only sign.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Entry, Index};
use super::page::{Cell, Page, Paper};
use super::phrases;
use crate::dictionary::Dictionary;
use crate::model::{Finding, Subject, Verdict};
use crate::pack::{Pack, Rule};

const STAFF: &str = "staff";
/// Windows that a cell lists one by one; more are counted.
const WINDOWS: usize = 6;
/// Details that a cell lists; 问题清单 has them all.
const DETAILS: usize = 12;

/// The people: one row a person, one column a rule.
pub(super) fn write_people(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let words = Words {
        sheet: "人员达标矩阵", cell: "实际/标准 结论", none: "没有以人员为对象的核查", width: 15.0
    };
    write_blocks(book, &blocks(index, |table| table == STAFF), &words)
}

/// Institutions, schools and whatever else is judged.
pub(super) fn write_institutions(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let words = Words {
        sheet: "机构指标",
        cell: "实际/标准 结论，所缺项目写在结论下面",
        none: "没有以机构、学校为对象的核查",
        width: 16.0,
    };
    write_blocks(book, &blocks(index, |table| table != STAFF), &words)
}

/// How one kind of matrix speaks, and how wide its rules stand.
struct Words {
    sheet: &'static str,
    cell: &'static str,
    none: &'static str,
    width: f64,
}

/// The subjects of one table against the rules of one pack.
struct Block<'a> {
    pack: &'a Pack,
    table: &'a str,
    rules: Vec<&'a Rule>,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    subject: &'a Subject,
    /// The findings of each rule of the block.
    findings: Vec<Vec<&'a Finding>>,
}

fn blocks<'a>(index: &Index<'a>, wanted: fn(&str) -> bool) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    for pack in index.report.packs {
        let mut tables: Vec<&str> = Vec::new();
        for rule in &pack.rules {
            let table = Dictionary::built_in().table(rule.each).id.as_str();
            if wanted(table) && !tables.contains(&table) {
                tables.push(table);
            }
        }
        blocks.extend(tables.into_iter().map(|table| block(index, pack, table)));
    }
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}

fn block<'a>(index: &Index<'a>, pack: &'a Pack, table: &'a str) -> Block<'a> {
    let rules: Vec<&Rule> =
        pack.rules.iter().filter(|rule| Dictionary::built_in().table(rule.each).id == table).collect();
    let columns: HashMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut known: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
    for Entry { finding, .. } in index.entries.iter().filter(|entry| entry.finding.pack == pack.id) {
        let Some(column) = columns.get(finding.rule.as_str()) else { continue };
        let subject = &finding.subject;
        let key = (subject.institution.as_str(), subject.name.as_str(), told_by(subject));
        let row = *known.entry(key).or_insert_with(|| {
            rows.push(Row { subject, findings: vec![Vec::new(); rules.len()] });
            rows.len() - 1
        });
        rows[row].findings[*column].push(finding);
    }
    group(&mut rows, |row| row.subject);
    Block { pack, table, rules, rows }
}

/// What tells a subject from others of its name: its id, else its place.
pub(super) fn told_by(subject: &Subject) -> Option<&str> {
    subject.id.as_deref().or(subject.place.as_deref())
}

/// Brings the subjects of an institution together, institutions and subjects in the order in which they first come.
pub(super) fn group<'a, R>(rows: &mut [R], subject: impl Fn(&R) -> &'a Subject) {
    let mut order: HashMap<&str, usize> = HashMap::new();
    for row in rows.iter() {
        let next = order.len();
        order.entry(subject(row).institution.as_str()).or_insert(next);
    }
    rows.sort_by_key(|row| order.get(subject(row).institution.as_str()).copied());
}

/// A sheet for each block, so that its own head stays in sight and is printed on each of its pages.
fn write_blocks(book: &mut Book, blocks: &[Block], words: &Words) -> Result<(), XlsxError> {
    if blocks.is_empty() {
        let mut page = Page::new(book, words.sheet, Paper::Landscape, [20.0; 6])?;
        page.title(words.sheet)?;
        return page.line(words.none, Look::Lead);
    }
    for (number, block) in (1..).zip(blocks) {
        let name = if number == 1 { words.sheet.to_string() } else { format!("{}（{number}）", words.sheet) };
        let mut widths = vec![20.0, 17.0];
        widths.extend(std::iter::repeat_n(words.width, block.rules.len().max(4)));
        let page = Page::new(book, &name, Paper::Landscape, widths)?;
        write_block(page, block, words)?;
    }
    Ok(())
}

fn write_block(mut page: Page, block: &Block, words: &Words) -> Result<(), XlsxError> {
    page.title(words.sheet)?;
    let how = format!("每格：{}。绿色为达标，红色为未达标，黄色为待核，{GREY}", words.cell);
    page.line(&how, Look::Line)?;
    let sheet = Dictionary::built_in().table_named(block.table).map(|id| &Dictionary::built_in().table(id).sheet);
    page.line(&format!("{}　{}", block.pack.cited(), sheet.map_or(block.table, String::as_str)), Look::Heading)?;
    let head = page.next();
    page.row(&heads(block))?;
    page.keep_in_sight(head, 2)?;
    for row in &block.rows {
        page.row(&cells(block, row))?;
    }
    page.filter(head)?;
    page.finish()
}

const GREY: &str = "灰色为未到期、豁免、不适用，或“力争”“鼓励”的要求尚未达到。";

fn heads<'a>(block: &Block) -> Vec<Cell<'a>> {
    let rule = |rule: &&Rule| {
        let standard = phrases::rule_standard(rule);
        let standard = if standard == rule.title { String::new() } else { format!("\n{standard}") };
        Cell::new(format!("{}\n{}{standard}", rule.clause, rule.title), Look::Head)
    };
    let mut cells = vec![Cell::new("单位", Look::Head), Cell::new("对象", Look::Head)];
    cells.extend(block.rules.iter().map(rule));
    cells
}

fn cells<'a>(block: &Block, row: &Row<'a>) -> Vec<Cell<'a>> {
    let subject = row.subject;
    let mut cells = vec![Cell::text(subject.institution.as_str()), Cell::text(phrases::subject_beside(subject))];
    for (rule, findings) in block.rules.iter().zip(&row.findings) {
        cells.push(Cell::new(text(findings, rule, block.pack.claims), look(findings)));
    }
    cells
}

/// What a cell says: each window, or where there are many, how many of each verdict and those that matter.
pub(super) fn text(findings: &[&Finding], rule: &Rule, claims: bool) -> String {
    match findings {
        [] => "—".to_string(),
        [finding] => state(finding, rule, claims),
        windows if windows.len() <= WINDOWS => {
            let line = |finding: &&Finding| format!("{}：{}", finding.window.label, state(finding, rule, claims));
            windows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        windows => many(windows, rule, claims),
    }
}

fn many(windows: &[&Finding], rule: &Rule, claims: bool) -> String {
    let counted = Verdict::ALL.map(|verdict| (verdict, windows.iter().filter(|f| f.verdict == verdict).count()));
    let counts: Vec<String> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{}{count}", phrases::verdict(*verdict, claims)))
        .collect();
    let open = |finding: &&&Finding| matches!(finding.verdict, Verdict::Unmet | Verdict::Review);
    let mut lines = vec![counts.join(" ")];
    let listed = windows.iter().filter(open).take(WINDOWS);
    lines.extend(listed.map(|finding| format!("{}：{}", finding.window.label, state(finding, rule, claims))));
    if windows.iter().filter(open).count() > WINDOWS {
        lines.push("其余见问题清单、待核事项".to_string());
    }
    lines.join("\n")
}

/// 52/60 未达标, and what is missing.
fn state(finding: &Finding, rule: &Rule, claims: bool) -> String {
    let verdict = phrases::conclusion(finding, claims);
    let figures = match finding.verdict {
        Verdict::Met | Verdict::Unmet | Verdict::Review | Verdict::Pending | Verdict::Waived => {
            phrases::against(finding, rule)
        }
        Verdict::NotApplicable => String::new(),
    };
    let parting = if finding.is_note() { "\n" } else { " " };
    let mut text = if figures.is_empty() { verdict } else { format!("{figures}{parting}{verdict}") };
    if !finding.details.is_empty() && finding.verdict != Verdict::Met {
        let listed = finding.details.iter().take(DETAILS).map(String::as_str).collect::<Vec<_>>().join("、");
        let rest =
            if finding.details.len() > DETAILS { format!("等{}项", finding.details.len()) } else { String::new() };
        text.push_str(&format!("\n{listed}{rest}"));
    }
    text
}

/// The colour of the weightiest verdict.
pub(super) fn look(findings: &[&Finding]) -> Look {
    let any = |verdict: Verdict| findings.iter().any(|finding| finding.verdict == verdict);
    if findings.iter().any(|finding| finding.is_gap()) {
        Look::Unmet
    } else if any(Verdict::Review) {
        Look::Review
    } else if any(Verdict::Unmet) || any(Verdict::Pending) || !any(Verdict::Met) {
        Look::Quiet
    } else {
        Look::Met
    }
}
