//! Checks that the parser gave every cell whose text stands in the workbook's list of texts.

use calamine::{Data, Range};

use super::sheet_scan::XlsSheetFacts;
use crate::error::Fault;
use crate::rows::row::cell_name;

/// The parser leaves out a cell whose text it does not find in the workbook's list, however long the list says it is.
pub(crate) fn check_labels(cells: &Range<Data>, sheet: &str, facts: &XlsSheetFacts) -> Result<(), Fault> {
    let is_lost = |&&(row, column): &&(u32, u32)| {
        let place = facts.rows.binary_search_by_key(&row, |&known| known.into()).ok();
        let place = place.and_then(|place| u32::try_from(place).ok());
        place.is_none_or(|place| matches!(cells.get_value((place, column)), None | Some(Data::Empty)))
    };
    match facts.labels.iter().find(is_lost) {
        Some(&(row, column)) => Err(Fault::StringMissing { sheet: sheet.to_owned(), cell: cell_name(row, column) }),
        None => Ok(()),
    }
}
