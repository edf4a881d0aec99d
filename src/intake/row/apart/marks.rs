//! Marks on rows: what is struck out is voided, or only marked, and a comment on a cell may say what a remark does.

use std::collections::{BTreeMap, BTreeSet};

use crate::dictionary::{Dictionary, Remark, RowsAre};
use crate::intake::cell::clean;
use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// The marks on the rows of a sheet.
#[derive(Default)]
pub struct RowMarks {
    /// The numbers of the rows that are struck out.
    pub struck: BTreeSet<u32>,
    /// What is remarked on cells, by the number of the row and the column.
    pub comments: BTreeMap<(u32, u32), String>,
}

impl RowMarks {
    /// Makes a row that is struck out, or of which a comment denies that it counts, a possible one; a comment may also excuse
    /// somebody.
    pub(in crate::intake::row) fn take(
        &self,
        (layout, rows, dictionary): (&Layout, RowsAre, &Dictionary),
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) {
        let row = parsed.at.row;
        if self.struck.contains(&row) {
            let column = layout.first_column();
            parsed.notes.denied.get_or_insert(column);
            let message = "整行划了删除线，是不是作废不能确定，按“可能算、也可能不算”处理；作废的请删去这一行，不作废的请取消删除线";
            log.report(parsed.at.cell(column), IssueKind::DeniedRow, "", message);
        }
        for ((_, column), text) in self.comments.range((row, 0)..=(row, u32::MAX)) {
            let text = clean(text);
            let at = parsed.at.cell(*column);
            match dictionary.remarks.read_remark("", &text, rows) {
                Some(Remark::Denies) => {
                    parsed.notes.denied.get_or_insert(*column);
                    let message = "这一格的批注使这一行算不算数不能确定，按“可能算、也可能不算”处理；不算的请删去这一行，算的请改写或删去批注";
                    log.report(at, IssueKind::DeniedRow, text.trim(), message);
                }
                Some(Remark::Excuses(word) | Remark::Arrives(word)) => {
                    parsed.notes.away.get_or_insert(Box::new((*column, word.into())));
                    let message = "这一格的批注写着可能不在岗的事由，这个人不足的项目按“待核”处理；请认定是否豁免，不豁免的请改写或删去批注";
                    log.report(at, IssueKind::ExcusedPerson, text.trim(), message);
                }
                None => {}
            }
        }
    }
}
