//! 人工核查: the clauses that records cannot answer, as a form to be filled in by hand.

use rust_xlsxwriter::XlsxError;

use super::list::List;
use crate::model::ManualCheck;
use crate::report::findings::{Heading, Index, short_name};
use crate::report::sheet::{BookWriter, PageCell};

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
    let rows = index.assessment().manual.iter().enumerate().map(|(at, check)| row(index, at as u64 + 1, check));
    let about = "以下条款不能由台账判定，请核查人查阅材料、实地了解后勾选并填写。";
    let mut page = CHECKS.page(book)?;
    CHECKS.write(&mut page, about, rows)?;
    page.finish_signed()
}

fn row<'a>(index: &Index<'a>, number: u64, check: &'a ManualCheck) -> [PageCell<'a>; 8] {
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
