//! What a folder says of the ledgers in it: 听课记录/张三.xlsx.

use super::book::{InputBook, stem};
use super::run_sheets::Sheets;
use crate::dictionary::{Dictionary, Given, normalise};
use crate::intake::Recognised;

/// Takes it that a lesson in a folder for lessons observed may be one that was seen.
pub(super) fn hear_folders(sheets: &mut Sheets, books: &[InputBook], dictionary: &Dictionary) {
    let names = sheets.names(books);
    for (number, sheet) in (0..).zip(&mut sheets.0) {
        let Ok(Recognised::Table(layout)) = &mut sheet.recognised else { continue };
        let Some(given) = dictionary.table(layout.table).given.as_ref().filter(|_| layout.given.is_none()) else {
            continue;
        };
        let own = [sheet.name.as_str(), stem(&books[sheet.book].path)];
        if !own.iter().any(|name| is_besides(name, given)) {
            layout.observed |= names.folders(number).iter().any(|folder| is_of_observed(folder, given));
        }
    }
}

/// Whether a name is that of a ledger which may hold anything.
fn is_besides(name: &str, given: &Given) -> bool {
    let name = normalise(name);
    given.besides.iter().any(|word| name.contains(word.as_str()))
}

fn is_of_observed(folder: &str, given: &Given) -> bool {
    let folder = normalise(folder);
    given.sheets.iter().any(|word| folder.contains(word.as_str())) && !is_besides(&folder, given)
}
