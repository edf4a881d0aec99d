//! 条款与口径: every clause of the documents with its words, how it is answered, and how each rule reads the text. 人工核查: the
//! clauses that records cannot answer, as a form to be filled in by hand.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::dictionary::Dictionary;
use crate::model::ManualCheck;
use crate::pack::{Clause, Pack, Rule};
use crate::report::findings::{Heading, Index, short_name};
use crate::report::sheet::{BookWriter, Look, Page, PageCell};

const WIDTHS: [f64; 9] = [9.5, 10.0, 10.0, 33.0, 24.0, 20.0, 6.0, 8.0, 26.0];
const HEADS: &str = "条款|督导内容|核查方式|依据原文|核查内容|应达标准|强度|周期|口径说明";

const CHECKS: List = List {
    sheet: "人工核查",
    title: "人工核查事项",
    widths: &[5.0, 17.0, 10.0, 33.0, 33.0, 11.0, 28.0, 10.0],
    heads: "序号|文件和条款|督导内容|依据原文|核查内容|核查结果|核查情况和说明|核查人",
    frozen: 0,
    none: "没有需要人工核查的条款",
    least: 60.0,
    signed: true,
};
const BOXES: &str = "□ 符合\n□ 不符合\n□ 不适用";

pub(crate) fn write(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let mut page = Page::titled(book, "条款与口径", "条款与口径", WIDTHS)?;
    page.line(&about(&index.report.audit.readings), Look::Line)?;
    page.list_head(HEADS.split('|'), 1)?;
    for pack in index.report.packs {
        page.group(&format!("{}　共{}条", pack.cited(), pack.clauses.len()))?;
        for clause in &pack.clauses {
            write_clause(&mut page, pack, clause, index.report.dictionary)?;
        }
    }
    page.finish()
}

/// What the page says, with what it is taken for that the tables lack some columns.
fn about(readings: &[String]) -> String {
    let lines = readings.iter().map(|reading| format!("\n台账口径：{reading}。"));
    std::iter::once("文件的每一条如何核查，原文有歧义处按什么口径理解。".to_string()).chain(lines).collect()
}

/// A row for each rule of the clause, and one for what is checked by hand or not at all.
fn write_clause(page: &mut Page, pack: &Pack, clause: &Clause, dictionary: &Dictionary) -> Result<(), XlsxError> {
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| rule.clause == clause.id).collect();
    for rule in &rules {
        let cells = [
            PageCell::text(rule.quote.as_str()),
            PageCell::text(rule.title.as_str()),
            PageCell::text(rule.asked(dictionary)),
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

pub(crate) fn write_manual(book: &mut BookWriter, index: &Index) -> Result<(), XlsxError> {
    let about = "以下条款不能由台账判定，请核查人查阅材料、实地了解后勾选并填写。";
    let mut page = CHECKS.page(book)?;
    CHECKS.write(&mut page, about, &index.assessment().manual, |number, check| manual_row(index, number, check))?;
    page.finish_signed()
}

fn manual_row<'a>(index: &Index<'a>, number: u64, check: &'a ManualCheck) -> [PageCell<'a>; 8] {
    let pack = index.report.packs.iter().find(|pack| pack.id == check.pack);
    let clause = pack.and_then(|pack| pack.clause(&check.clause));
    let document = pack.map_or_else(|| check.pack.clone(), short_name);
    let heading = pack.map_or(Heading::OTHER, |pack| Heading::of_clause(pack, &check.clause));
    [
        PageCell::count(number),
        PageCell::text(format!("{document}\n{}", check.clause)),
        PageCell::centre(heading.label()),
        PageCell::text(clause.and_then(|clause| clause.quote.as_deref()).unwrap_or_default()),
        PageCell::text(check.ask.as_str()),
        PageCell::centre(BOXES),
        PageCell::blank(),
        PageCell::blank(),
    ]
}
