//! A yes that another cell of its row denies is not sure: 在编不在岗 beside 在岗.

use sheets::{Raw, Row};

use super::record::ParsedRow;
use crate::dictionary::{FieldId, Table};
use crate::intake::cell::{denies, shown};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::{Cell, IssueKind, Value};

/// The fields of a table that other cells of a row can deny.
pub(super) fn deniable(table: &Table) -> Vec<FieldId> {
    let fields = (0..).map(FieldId).zip(&table.fields);
    fields.filter(|(_, field)| !field.denied_by.is_empty()).map(|(id, _)| id).collect()
}

/// Leaves open what another cell of the row denies; false if there is such a cell.
pub(super) fn settle(
    (fields, table): (&[FieldId], &Table),
    row: Row<'_>,
    layout: &Layout,
    parsed: &mut ParsedRow,
    log: &mut IssueLog,
) -> bool {
    let mut whole = true;
    for id in fields.iter().filter(|id| layout.column(**id).is_some()) {
        if *parsed.cell(*id) != Cell::Is(Value::Flag(true)) {
            continue;
        }
        let (field, own) = (table.field(*id), layout.column(*id));
        let denial = row.cells.iter().filter(|cell| Some(cell.column) != own).find(|cell| {
            let Raw::Text(text) = &cell.value else { return false };
            denies(text, field)
        });
        let Some(cell) = denial else { continue };
        let message = format!("与“{}”一列的“是”不一致，按“不能确定”处理；请核对后改成一致", field.header);
        log.report(parsed.at.cell(cell.column), IssueKind::DisagreeingCells, &shown(&cell.value), message);
        parsed.cells[id.index()] = Cell::Unreadable;
        whole = false;
    }
    whole
}
