//! Columns that a row must fill in.

use super::record::ParsedRow;
use crate::dictionary::{Blank, FieldId, Table};
use crate::intake::issues::IssueLog;
use crate::intake::sheet::Layout;
use crate::model::IssueKind;

/// Reports the blank cells of required columns, where blank has no meaning of its own; false if there is any.
pub(super) fn has_required(table: &Table, layout: &Layout, parsed: &ParsedRow, log: &mut IssueLog) -> bool {
    let mut whole = true;
    for (place, field) in (0..).map(FieldId).zip(&table.fields) {
        let is_told = table.subject_name() == Some(place);
        if field.required && !is_told && field.blank == Blank::Unknown && parsed.cell(place).is_blank() {
            let message = format!("“{}”没有填，与它有关的结论只能待核；请补填", field.header);
            log.report(layout.place(parsed.at, place), IssueKind::BlankRequired, "", message);
            whole = false;
        }
    }
    whole
}
