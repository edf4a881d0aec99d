//! Rows that are struck out: they are voided, or only marked.

use std::collections::BTreeSet;

use crate::intake::issues::IssueLog;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// The numbers of the rows of a sheet that are struck out.
#[derive(Default)]
pub struct StruckRows(pub BTreeSet<u32>);

impl StruckRows {
    /// Makes a row that is struck out a possible one.
    pub(in crate::intake::row) fn deny(&self, layout: &Layout, parsed: &mut ParsedRow, log: &mut IssueLog) {
        if !self.0.contains(&parsed.at.row) {
            return;
        }
        let column = layout.first_column();
        parsed.notes.denied.get_or_insert(column);
        let message =
            "整行划了删除线，是不是作废不能确定，按“可能算、也可能不算”处理；作废的请删去这一行，不作废的请取消删除线";
        log.report(parsed.at.cell(column), IssueKind::DeniedRow, "", message);
    }
}
