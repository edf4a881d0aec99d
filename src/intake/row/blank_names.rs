//! Rows of a ledger that name nobody below one that does: whoever they are of is asked at their cells.

use super::record::ParsedRow;
use crate::dictionary::{FieldId, FieldKind, Table};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::{CellRef, IssueKind};

#[derive(Default)]
pub(super) struct BlankNames {
    /// The field of the names and its column. `None` if the sheet has none.
    names: Option<(FieldId, u32)>,
    /// Fields that tell somebody as well.
    others: Vec<FieldId>,
    /// Whether a row above has a name.
    pub named: bool,
    header: String,
}

impl BlankNames {
    pub(super) fn of(layout: &Layout, table: &Table) -> BlankNames {
        let Some(field) = table.field_of_kind(FieldKind::People) else { return BlankNames::default() };
        let names = layout.column(field).map(|column| (field, column));
        let others = [table.roles.staff_id, table.roles.id_number].into_iter().flatten().collect();
        BlankNames { names, others, named: false, header: table.field(field).header.clone() }
    }

    /// Tells of a row without a name below one that has one.
    pub(super) fn check(&mut self, row: &ParsedRow, log: &mut IssueLog) {
        let Some((field, column)) = self.names else { return };
        if !row.cell(field).is_blank() {
            self.named = true;
        } else if self.named && self.others.iter().all(|other| row.cell(*other).value().is_none()) {
            let at: CellRef = row.at.cell(column);
            let message = || {
                format!(
                    "“{}”没有填，不知道这一行是谁的，对每个人都按“可能”处理；确实是上面那个人的请照填，或写“同上”，不是的照原始材料填写",
                    self.header
                )
            };
            log.report_with(at, IssueKind::BlankRequired, "", message);
        }
    }
}
