//! 条款与口径: every clause of the documents with how it is answered, and how each rule reads the text.

use rust_xlsxwriter::XlsxError;

use super::Book;
use super::formats::Look;
use super::index::{Index, short_name};
use super::page::{Cell, Page, Paper};
use super::phrases;
use crate::pack::{Clause, Pack, Rule};

const WIDTHS: [f64; 11] = [19.0, 10.0, 13.0, 15.0, 22.0, 24.0, 26.0, 18.0, 8.0, 11.0, 34.0];
const HEADS: [&str; 11] = [
    "依据文件",
    "条款",
    "部分",
    "核查方式",
    "条款原文",
    "核查内容",
    "规则所依原文",
    "应达标准",
    "强度",
    "周期",
    "口径说明",
];

pub(super) fn write(book: &mut Book, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "条款与口径", Paper::Landscape, WIDTHS)?;
    page.title("条款与口径")?;
    page.line("文件的每一条如何核查，原文有歧义处按什么口径理解。", Look::Line)?;
    let head = page.next();
    page.list_head(&HEADS, 2)?;
    for pack in index.report.packs {
        for clause in &pack.clauses {
            write_clause(&mut page, pack, clause)?;
        }
    }
    page.filter(head)?;
    page.finish()
}

/// A row for each rule of the clause, and one for what is checked by hand.
fn write_clause(page: &mut Page, pack: &Pack, clause: &Clause) -> Result<(), XlsxError> {
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| rule.clause == clause.id).collect();
    for rule in &rules {
        page.row(&row(pack, clause, rule_cells(rule)))?;
    }
    match &clause.ask {
        Some(ask) => page.row(&row(pack, clause, plain_cells(format!("人工核查：{ask}")))),
        None if rules.is_empty() => page.row(&row(pack, clause, plain_cells(String::new()))),
        None => Ok(()),
    }
}

fn row<'a>(pack: &'a Pack, clause: &'a Clause, rest: [Cell<'a>; 6]) -> Vec<Cell<'a>> {
    let mut cells = vec![
        Cell::text(short_name(pack)),
        Cell::centre(clause.id.as_str()),
        Cell::text(clause.heading.as_str()),
        Cell::centre(clause.status.label()),
        Cell::text(clause.quote.as_deref().unwrap_or_default()),
    ];
    cells.extend(rest);
    cells
}

fn rule_cells(rule: &Rule) -> [Cell<'_>; 6] {
    [
        Cell::text(rule.title.as_str()),
        Cell::text(rule.quote.as_str()),
        Cell::text(phrases::rule_standard(rule)),
        Cell::centre(rule.obligation.label()),
        Cell::centre(rule.per.label()),
        Cell::text(rule.reading.as_deref().unwrap_or_default()),
    ]
}

fn plain_cells<'a>(text: String) -> [Cell<'a>; 6] {
    [Cell::text(text), Cell::blank(), Cell::blank(), Cell::blank(), Cell::blank(), Cell::blank()]
}
