//! The titles above a header, and what they and the names of sheet and file say of the dates below.

use sheets::{Raw, Row};

use crate::intake::cell::{DateContext, clean};
use crate::intake::sheet_names::SheetName;

/// A row above the header with more cells than this is no title.
const CELLS: usize = 2;

/// The texts of a row above the header, if it is a title.
pub(crate) fn title_texts(row: Row<'_>) -> Vec<String> {
    let own = || row.cells.iter().filter(|cell| !cell.merged);
    let text = |cell: &sheets::RawCell<'_>| match &cell.value {
        Raw::Text(text) => Some(clean(text).into_owned()),
        Raw::Number(_) | Raw::Date(_) | Raw::Flag(_) | Raw::Error | Raw::NoValue => None,
    };
    if own().count() > CELLS { Vec::new() } else { own().filter_map(text).collect() }
}

/// The year of the rows, as the names of sheet and file and the titles say it, or the title of a `block` of them, which is nearer.
pub(crate) fn date_context(sheet: Option<&SheetName>, titles: &[String], block: Option<&str>) -> DateContext {
    if block.is_some() {
        return DateContext::new([], block);
    }
    let names = sheet.map(SheetName::file).into_iter().chain(sheet.map(|sheet| sheet.sheet.as_str()));
    DateContext::new(names, titles.iter().map(String::as_str))
}
