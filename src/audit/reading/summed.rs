//! Sheets that say what each person came to, beside those whose rows they may sum up.

use std::collections::BTreeSet;

use super::run_sheets::{RunSheet, Sheets};
use crate::dictionary::TableId;
use crate::intake::Recognised;

/// Settles what may be sums of other sheets: rows that are read are only possible beside a ledger that has its rows one by one, and a
/// sheet that is not read leaves the ledgers of its own book open.
pub(super) fn settle_sums(sheets: &mut Sheets) {
    let is_ledger = |sheet: &&RunSheet| sheet.layout().is_some_and(|layout| layout.summed.is_none());
    let of = |sheet: &RunSheet| Some((sheet.book, sheet.layout()?.table));
    let ledgers: BTreeSet<(usize, TableId)> = sheets.0.iter().filter(is_ledger).filter_map(of).collect();
    for sheet in &mut sheets.0 {
        let book = sheet.book;
        match &mut sheet.recognised {
            Ok(Recognised::Table(layout)) if !ledgers.iter().any(|(_, table)| *table == layout.table) => {
                layout.summed = None;
            }
            Ok(Recognised::Sums(tables)) => tables.retain(|table| ledgers.contains(&(book, *table))),
            Ok(_) | Err(_) => {}
        }
        if sheet.recognised == Ok(Recognised::Sums(Vec::new())) {
            sheet.recognised = Ok(Recognised::Unknown);
        }
    }
}
