//! Texts of a column that are not to be alike: two certificates of one number.

use std::collections::HashMap;

use crate::dictionary::{FieldId, Table};
use crate::intake::issues::IssueLog;
use crate::intake::people::Registry;
use crate::intake::row::Record;
use crate::model::IssueKind;

/// Tells of each text that stands in an earlier row too.
pub(super) fn check(table: &Table, records: &[Record], registry: &Registry<'_>, log: &mut IssueLog) {
    for (id, field) in (0..).map(FieldId).zip(&table.fields).filter(|(_, field)| field.unlike) {
        let mut first: HashMap<&str, &Record> = HashMap::new();
        for record in records {
            let Some(text) = record.row.cell(id).text() else { continue };
            let before = *first.entry(text).or_insert(record);
            if before.row.at != record.row.at {
                let row = log.sheets().row(before.row.at, before.row.at.sheet != record.row.at.sheet);
                let message = format!("“{}”与{row}的相同，有重复；请核对，写错的请改正", field.header);
                log.report(registry.place_in(&record.row, id), IssueKind::RepeatedText, text, message);
            }
        }
    }
}
