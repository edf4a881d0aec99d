//! 人员达标矩阵 and 机构指标: who stands how, subjects by rules. The verdict is written out with a sign in every cell, so
//! that colour is never the only one.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use crate::dictionary::TableId;
use crate::model::{Finding, Subject, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::findings::{Entry, Index, phrases};
use crate::report::sheet::{Book, Cell, Look, Page, Paper};

/// Windows that get a column each; of more, one column says how many are of each verdict.
const COLUMNS: usize = 3;
/// Windows that a cell lists one by one; more are counted.
const WINDOWS: usize = 6;
/// Of many windows, those unmet or in doubt that are named.
const OPEN: usize = 3;
/// Details that a cell lists; 问题清单 has them all.
const DETAILS: usize = 12;

/// The people: one row a person, one column a rule.
pub(crate) fn write_people(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let words = Words {
        sheet: "人员达标矩阵",
        cell: "实际/标准，结论",
        none: "没有以人员为对象的核查",
        before: [13.0, 12.0],
        width: 10.0,
        wide: 17.0,
        counted: true,
    };
    let staff = index.report.dictionary.schema.staff.table;
    write_blocks(book, &blocks(index, |table| table == staff), &words)
}

/// Institutions, schools and whatever else is judged.
pub(crate) fn write_institutions(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let words = Words {
        sheet: "机构指标",
        cell: "实际/标准，结论，所缺项目写在结论下面",
        none: "没有以机构、学校为对象的核查",
        before: [16.0, 15.0],
        width: 14.0,
        wide: 18.0,
        counted: false,
    };
    let staff = index.report.dictionary.schema.staff.table;
    write_blocks(book, &blocks(index, |table| table != staff), &words)
}

/// How one kind of matrix speaks, and how wide its columns stand.
struct Words {
    sheet: &'static str,
    cell: &'static str,
    none: &'static str,
    /// 单位 and 对象.
    before: [f64; 2],
    width: f64,
    /// Of a column that counts many windows.
    wide: f64,
    /// Whether the subjects of each institution stand below a line that counts them.
    counted: bool,
}

/// The subjects of one table against the rules of one pack.
struct Block<'a> {
    pack: &'a Pack,
    /// The standard name of the table's sheet.
    sheet: &'a str,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
}

/// A rule, or one window of it.
struct Column<'a> {
    /// The place of the rule among those of the block.
    at: usize,
    rule: &'a Rule,
    window: Option<&'a str>,
    /// Whether its cells count many windows.
    wide: bool,
}

struct Row<'a> {
    subject: &'a Subject,
    /// The findings of each rule of the block.
    findings: Vec<Vec<&'a Finding>>,
}

fn blocks<'a>(index: &Index<'a>, wanted: impl Fn(TableId) -> bool) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    for pack in index.report.packs {
        let mut tables: Vec<TableId> = Vec::new();
        for rule in &pack.rules {
            if wanted(rule.each) && !tables.contains(&rule.each) {
                tables.push(rule.each);
            }
        }
        blocks.extend(tables.into_iter().map(|table| block(index, pack, table)));
    }
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}

fn block<'a>(index: &Index<'a>, pack: &'a Pack, table: TableId) -> Block<'a> {
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| rule.each == table).collect();
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
    let columns = rules.iter().enumerate().flat_map(|(at, rule)| columns_of(at, rule, &rows)).collect();
    Block { pack, sheet: &index.report.dictionary.table(table).sheet, columns, rows }
}

/// The columns of a rule: one for each of a few windows, else one.
fn columns_of<'a>(at: usize, rule: &'a Rule, rows: &[Row<'a>]) -> Vec<Column<'a>> {
    let mut windows: Vec<&str> = Vec::new();
    for finding in rows.iter().flat_map(|row| &row.findings[at]) {
        if !windows.contains(&finding.window.label.as_str()) {
            windows.push(&finding.window.label);
        }
    }
    match windows.len() {
        2..=COLUMNS => {
            windows.into_iter().map(|window| Column { at, rule, window: Some(window), wide: false }).collect()
        }
        count => vec![Column { at, rule, window: None, wide: count > COLUMNS }],
    }
}

/// What tells a subject from others of its name: its id, else its place.
pub(crate) fn told_by(subject: &Subject) -> Option<&str> {
    subject.id.as_deref().or(subject.place.as_deref())
}

/// Brings the subjects of an institution together, institutions and subjects in the order in which they first come.
pub(crate) fn group<'a, R>(rows: &mut [R], subject: impl Fn(&R) -> &'a Subject) {
    let mut order: HashMap<&str, usize> = HashMap::new();
    for row in rows.iter() {
        let next = order.len();
        order.entry(subject(row).institution.as_str()).or_insert(next);
    }
    rows.sort_by_key(|row| order.get(subject(row).institution.as_str()).copied());
}

/// A sheet for each block, so that its own head stays in sight and is printed on each of its pages; and more sheets
/// where a block has more columns than can be read on one page.
fn write_blocks(book: &mut Book, blocks: &[Block], words: &Words) -> Result<(), XlsxError> {
    if blocks.is_empty() {
        let mut page = Page::new(book, words.sheet, Paper::Landscape, [20.0; 6])?;
        page.title(words.sheet)?;
        page.line(words.none, Look::Lead)?;
        return page.finish();
    }
    let mut number = 0;
    for block in blocks {
        let parts = parts(&block.columns, words);
        for (part, columns) in (1..).zip(&parts) {
            number += 1;
            let name = if number == 1 { words.sheet.to_string() } else { format!("{}（{number}）", words.sheet) };
            let mut widths: Vec<f64> = words.before.into();
            // A table of few rules is made wider, for its title.
            let widen = (4.0 / columns.len().max(1) as f64).max(1.0);
            widths.extend(columns.iter().map(|column| words.width_of(column) * widen));
            let of = if parts.len() > 1 {
                format!("　（第{part}部分，共{}部分）", parts.len())
            } else {
                String::new()
            };
            let page = Page::new(book, &name, Paper::Landscape, widths)?;
            write_block(page, block, columns, words, &of)?;
        }
    }
    Ok(())
}

/// The columns in parts of about the same number, each fit to be printed on one page.
fn parts<'b, 'a>(columns: &'b [Column<'a>], words: &Words) -> Vec<&'b [Column<'a>]> {
    let mean = columns.iter().map(|column| words.width_of(column)).sum::<f64>() / columns.len().max(1) as f64;
    let most = Paper::Landscape.columns_beside(&words.before, mean);
    let parts = columns.len().div_ceil(most).max(1);
    columns.chunks(columns.len().div_ceil(parts).max(1)).collect()
}

impl Words {
    fn width_of(&self, column: &Column) -> f64 {
        if column.wide { self.wide } else { self.width }
    }
}

fn write_block(mut page: Page, block: &Block, columns: &[Column], words: &Words, of: &str) -> Result<(), XlsxError> {
    page.title(words.sheet)?;
    page.line(&format!("每格：{}。{SIGNS}", words.cell), Look::Line)?;
    page.line(&format!("{}　{}{of}", block.pack.cited(), block.sheet), Look::Heading)?;
    let head = page.next();
    page.row(&heads(columns))?;
    page.keep_in_sight(head, 2)?;
    for rows in block.rows.chunk_by(|one, next| one.subject.institution == next.subject.institution) {
        if words.counted {
            page.group(&standing(rows, columns))?;
        }
        for row in rows {
            page.row(&cells(block, columns, row))?;
        }
    }
    page.filter(head)?;
    page.finish()
}

/// What the signs and colours mean, for all pages that use them.
pub(crate) const SIGNS: &str = "√（绿色）达标，×（红色）未达标，？（黄色）待核，\
    灰色为未到期、豁免、不适用，或“力争”“鼓励”的要求尚未达到；“—”为没有此项核查。";

/// An institution, and how its people stand under these columns.
fn standing(rows: &[Row], columns: &[Column]) -> String {
    let institution = rows.first().map_or("", |row| row.subject.institution.as_str());
    let findings = || rows.iter().flat_map(|row| columns.iter().flat_map(|column| column.findings(row)));
    let count = |wanted: fn(&Finding) -> bool| findings().filter(|finding| wanted(finding)).count();
    let (gaps, reviews) = (count(Finding::is_gap), count(|finding| finding.verdict == Verdict::Review));
    format!("{institution}　{}人，未达标{gaps}项，待核{reviews}项", rows.len())
}

impl<'a> Column<'a> {
    fn findings(&self, row: &Row<'a>) -> Vec<&'a Finding> {
        let all = row.findings.get(self.at).map_or(&[][..], Vec::as_slice);
        let here = |finding: &&&Finding| self.window.is_none_or(|window| window == finding.window.label);
        all.iter().filter(here).copied().collect()
    }

    /// 条款, 核查内容, and the window where there are several; the standard stands in every cell.
    fn head(&self) -> String {
        let window = self.window.map(|window| format!("\n{window}")).unwrap_or_default();
        format!("{}\n{}{window}", self.rule.clause, self.rule.title)
    }
}

fn heads<'a>(columns: &[Column]) -> Vec<Cell<'a>> {
    let mut cells = vec![Cell::new("单位", Look::Head), Cell::new("对象", Look::Head)];
    cells.extend(columns.iter().map(|column| Cell::new(column.head(), Look::Head)));
    cells
}

fn cells<'a>(block: &Block, columns: &[Column<'a>], row: &Row<'a>) -> Vec<Cell<'a>> {
    let subject = row.subject;
    let mut cells = vec![Cell::text(subject.institution.as_str()), Cell::text(phrases::subject_beside(subject))];
    for column in columns {
        let findings = column.findings(row);
        cells.push(Cell::new(text(&findings, column.rule, block.pack.claims), look(&findings)));
    }
    cells
}

/// What a cell says: each window, or where there are many, how many of each verdict and those that matter.
pub(crate) fn text(findings: &[&Finding], rule: &Rule, claims: bool) -> String {
    match findings {
        [] => "—".to_string(),
        [finding] => state(finding, rule, claims, "\n"),
        windows if windows.len() <= WINDOWS => {
            let line = |finding: &&Finding| format!("{}：{}", finding.window.label, state(finding, rule, claims, " "));
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
    let listed = windows.iter().filter(open).take(OPEN);
    lines.extend(listed.map(|finding| format!("{}：{}", finding.window.label, figures(finding, rule, claims, " "))));
    if windows.iter().filter(open).count() > OPEN {
        lines.push("其余见问题清单、待核事项".to_string());
    }
    lines.join("\n")
}

/// 52/60, ×未达标.
fn figures(finding: &Finding, rule: &Rule, claims: bool, parting: &str) -> String {
    let verdict = format!("{}{}", phrases::sign(finding.verdict), phrases::conclusion(finding, claims));
    let figures = match finding.verdict {
        Verdict::Met | Verdict::Unmet | Verdict::Review | Verdict::Pending | Verdict::Waived => {
            phrases::against(finding, rule)
        }
        Verdict::NotApplicable => String::new(),
    };
    if figures.is_empty() { verdict } else { format!("{figures}{parting}{verdict}") }
}

/// The same, and what is missing.
fn state(finding: &Finding, rule: &Rule, claims: bool, parting: &str) -> String {
    let mut text = figures(finding, rule, claims, parting);
    if !finding.details.is_empty() && finding.verdict != Verdict::Met {
        let listed = finding.details.iter().take(DETAILS).map(String::as_str).collect::<Vec<_>>().join("、");
        let rest =
            if finding.details.len() > DETAILS { format!("等{}项", finding.details.len()) } else { String::new() };
        text.push_str(&format!("\n{listed}{rest}"));
    }
    text
}

/// The colour of the weightiest verdict.
pub(crate) fn look(findings: &[&Finding]) -> Look {
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
