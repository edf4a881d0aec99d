//! 条款与口径: every clause of the documents with its words, how it is answered, and how each rule reads the text.

use rust_xlsxwriter::XlsxError;

use crate::dictionary::Dictionary;
use crate::pack::{Clause, Pack, Rule};
use crate::report::findings::{Heading, Index, phrases};
use crate::report::sheet::{BookWriter, Look, Page, PageCell, Paper};

const WIDTHS: [f64; 9] = [9.5, 10.0, 10.0, 33.0, 24.0, 20.0, 6.0, 8.0, 26.0];
const HEADS: &str = "条款|督导内容|核查方式|依据原文|核查内容|应达标准|强度|周期|口径说明";

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::new(book, "条款与口径", Paper::Landscape, WIDTHS)?;
    page.title("条款与口径")?;
    page.line("文件的每一条如何核查，原文有歧义处按什么口径理解。", Look::Line)?;
    page.list_head(HEADS.split('|'), 1)?;
    for pack in index.report.packs {
        page.group(&format!("{}　共{}条", pack.cited(), pack.clauses.len()))?;
        for clause in &pack.clauses {
            write_clause(&mut page, pack, clause, index.report.dictionary)?;
        }
    }
    page.finish()
}

/// A row for each rule of the clause, and one for what is checked by hand or not at all.
fn write_clause(page: &mut Page, pack: &Pack, clause: &Clause, dictionary: &Dictionary) -> Result<(), XlsxError> {
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| rule.clause == clause.id).collect();
    for rule in &rules {
        let cells = [
            PageCell::text(rule.quote.as_str()),
            PageCell::text(rule.title.as_str()),
            PageCell::text(phrases::rule_asked(rule, dictionary)),
            PageCell::centre(rule.obligation.label()),
            PageCell::centre(rule.per.label()),
            PageCell::text(rule.reading.as_deref().unwrap_or_default()),
        ];
        page.row(&row(clause, cells))?;
    }
    let plain = match &clause.ask {
        Some(ask) => format!("人工核查：{ask}"),
        None if rules.is_empty() => String::new(),
        None => return Ok(()),
    };
    let quote = clause.quote.as_deref().unwrap_or_default();
    page.row(&row(clause, [quote, &plain, "", "", "", ""].map(PageCell::text)))
}

fn row<'a>(clause: &'a Clause, rest: [PageCell<'a>; 6]) -> Vec<PageCell<'a>> {
    let heading = Heading::of(&clause.heading).label();
    let mut cells: Vec<PageCell> = [clause.id.as_str(), heading, clause.status.label()].map(PageCell::centre).into();
    cells.extend(rest);
    cells
}
