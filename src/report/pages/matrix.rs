//! 人员达标矩阵 and 机构指标: who stands how, subjects by rules.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use super::verdict_cell::{self, SIGNS};
use crate::dictionary::TableId;
use crate::model::{Finding, Verdict};
use crate::pack::{Pack, Rule};
use crate::report::findings::{Index, SubjectRow, phrases, subject_rows};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

/// Windows that get a column each; of more, one column says how many are of each verdict.
const COLUMNS: usize = 3;

/// The people: one row a person, one column a rule.
const PEOPLE: MatrixStyle = MatrixStyle {
    sheet: "人员达标矩阵",
    cell: "实际/标准，结论",
    none: "没有以人员为对象的核查",
    before: [13.0, 12.0],
    width: 10.0,
    wide: 17.0,
    counted: true,
};

const BODIES: MatrixStyle = MatrixStyle {
    sheet: "机构指标",
    cell: "实际/标准，结论，所缺项目写在结论下面",
    none: "没有以机构、学校为对象的核查",
    before: [16.0, 15.0],
    width: 14.0,
    wide: 18.0,
    counted: false,
};

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let staff = index.report.dictionary.schema.staff.table;
    write_matrices(book, &matrices(index, |table| table == staff), &PEOPLE)?;
    write_matrices(book, &matrices(index, |table| table != staff), &BODIES)
}

struct MatrixStyle {
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

struct Matrix<'a> {
    pack: &'a Pack,
    sheet: &'a str,
    columns: Vec<MatrixColumn<'a>>,
    rows: Vec<SubjectRow<'a>>,
}

struct MatrixColumn<'a> {
    /// The place of the rule among those of the matrix.
    at: usize,
    rule: &'a Rule,
    window: Option<&'a str>,
    /// Whether its cells count many windows.
    wide: bool,
}

fn matrices<'a>(index: &Index<'a>, wanted: impl Fn(TableId) -> bool) -> Vec<Matrix<'a>> {
    let mut matrices = Vec::new();
    for pack in index.report.packs {
        let mut tables: Vec<TableId> = Vec::new();
        for rule in &pack.rules {
            if wanted(rule.each) && !tables.contains(&rule.each) {
                tables.push(rule.each);
            }
        }
        matrices.extend(tables.into_iter().map(|table| matrix(index, pack, table)));
    }
    matrices.retain(|matrix| !matrix.rows.is_empty());
    matrices
}

fn matrix<'a>(index: &Index<'a>, pack: &'a Pack, table: TableId) -> Matrix<'a> {
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| rule.each == table).collect();
    let columns: HashMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
    let own = index.entries.iter().map(|entry| entry.finding).filter(|finding| finding.pack == pack.id);
    let placed = own.filter_map(|finding| Some((finding, *columns.get(finding.rule.as_str())?)));
    let rows = subject_rows(placed, rules.len());
    let columns = rules.iter().enumerate().flat_map(|(at, rule)| columns_of(at, rule, &rows)).collect();
    Matrix { pack, sheet: &index.report.dictionary.table(table).sheet, columns, rows }
}

/// The columns of a rule: one for each of a few windows, else one.
fn columns_of<'a>(at: usize, rule: &'a Rule, rows: &[SubjectRow<'a>]) -> Vec<MatrixColumn<'a>> {
    let mut windows: Vec<&str> = Vec::new();
    for finding in rows.iter().flat_map(|row| &row.findings[at]) {
        if !windows.contains(&finding.window.label.as_str()) {
            windows.push(&finding.window.label);
        }
    }
    match windows.len() {
        2..=COLUMNS => {
            windows.into_iter().map(|window| MatrixColumn { at, rule, window: Some(window), wide: false }).collect()
        }
        count => vec![MatrixColumn { at, rule, window: None, wide: count > COLUMNS }],
    }
}

/// A sheet for each matrix, so that its head stays in sight; more where its columns do not fit one printed page.
fn write_matrices(book: &mut BookWriter, matrices: &[Matrix], words: &MatrixStyle) -> Result<(), XlsxError> {
    if matrices.is_empty() {
        let mut page = Page::titled(book, words.sheet, words.sheet, [20.0; 6])?;
        page.line(words.none, Look::Lead)?;
        return page.finish();
    }
    let mut number = 0;
    for matrix in matrices {
        let parts = parts(&matrix.columns, words);
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
            let page = Page::titled(book, &name, words.sheet, widths)?;
            write_matrix(page, matrix, columns, words, &of)?;
        }
    }
    Ok(())
}

/// The columns in parts of about the same number, each fit to be printed on one page.
fn parts<'b, 'a>(columns: &'b [MatrixColumn<'a>], words: &MatrixStyle) -> Vec<&'b [MatrixColumn<'a>]> {
    let mean = columns.iter().map(|column| words.width_of(column)).sum::<f64>() / columns.len().max(1) as f64;
    let most = Paper::Landscape.columns_beside(&words.before, mean);
    let parts = columns.len().div_ceil(most).max(1);
    columns.chunks(columns.len().div_ceil(parts).max(1)).collect()
}

impl MatrixStyle {
    fn width_of(&self, column: &MatrixColumn) -> f64 {
        if column.wide { self.wide } else { self.width }
    }
}

fn write_matrix(
    mut page: Page,
    matrix: &Matrix,
    columns: &[MatrixColumn],
    words: &MatrixStyle,
    of: &str,
) -> Result<(), XlsxError> {
    page.line(&format!("每格：{}。{SIGNS}", words.cell), Look::Line)?;
    page.line(&format!("{}　{}{of}", matrix.pack.cited(), matrix.sheet), Look::Heading)?;
    let head = page.next();
    page.row(&heads(columns))?;
    page.keep_in_sight(head, 2)?;
    for rows in matrix.rows.chunk_by(|one, next| one.subject.institution == next.subject.institution) {
        if words.counted {
            page.group(&standing(rows, columns))?;
        }
        for row in rows {
            page.row(&cells(matrix, columns, row))?;
        }
    }
    page.filter(head)?;
    page.finish()
}

/// An institution, and how its people stand under these columns.
fn standing(rows: &[SubjectRow], columns: &[MatrixColumn]) -> String {
    let institution = rows.first().map_or("", |row| row.subject.institution.as_str());
    let findings = || rows.iter().flat_map(|row| columns.iter().flat_map(|column| column.findings(row)));
    let count = |wanted: fn(&Finding) -> bool| findings().filter(|finding| wanted(finding)).count();
    let (gaps, reviews) = (count(Finding::is_gap), count(|finding| finding.verdict == Verdict::Review));
    format!("{institution}　{}人，未达标{gaps}项，待核{reviews}项", rows.len())
}

impl<'a> MatrixColumn<'a> {
    fn findings(&self, row: &SubjectRow<'a>) -> Vec<&'a Finding> {
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

fn heads<'a>(columns: &[MatrixColumn]) -> Vec<PageCell<'a>> {
    let mut cells = vec![PageCell::head("单位"), PageCell::head("对象")];
    cells.extend(columns.iter().map(|column| PageCell::head(column.head())));
    cells
}

fn cells<'a>(matrix: &Matrix, columns: &[MatrixColumn<'a>], row: &SubjectRow<'a>) -> Vec<PageCell<'a>> {
    let subject = row.subject;
    let mut cells =
        vec![PageCell::text(subject.institution.as_str()), PageCell::text(phrases::subject_beside(subject))];
    for column in columns {
        let findings = column.findings(row);
        let said = verdict_cell::text(&findings, column.rule, matrix.pack.claims);
        cells.push(PageCell::new(said, verdict_cell::look(&findings)));
    }
    cells
}
