//! xlsb workbooks: sheets stream cell by cell in constant memory. What the parser does not tell is found beforehand.

use std::collections::HashMap;
use std::io::{BufReader, Seek};
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::preflight;
use super::sheet_scan::{SkippedValue, XlsbSheetFacts};
use crate::error::Fault;
use crate::input::listing::Listing;
use crate::input::readers::{Contents, Readers};
use crate::input::source::Source;
use crate::rows::assembler::{Assembler, Placed, shown};
use crate::rows::row::{Raw, Visit};
use crate::rows::value::Epoch;

/// An open xlsb workbook that has passed the preflight.
pub(crate) struct XlsbBook {
    book: Xlsb<BufReader<Source>>,
    epoch: Epoch,
    /// One for each worksheet.
    facts: Arc<HashMap<String, XlsbSheetFacts>>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(crate) fn open(file: Source, listing: &mut Listing) -> Result<Readers, Fault> {
    let again = file.clone();
    let mut file = BufReader::new(file);
    crate::package::preflight::inspect(&mut file)?;
    let facts = preflight::inspect(&mut file)?;
    let book = parser(file)?;
    for sheet in book.sheets_metadata() {
        let hidden = sheet.visible != SheetVisible::Visible;
        listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        if facts.get(&sheet.name).is_some_and(|facts| facts.hides) {
            listing.hides_rows(&sheet.name);
        }
    }
    let (epoch, facts) = (Epoch::new(book.has_1904_epoch()), Arc::new(facts));
    let known = Arc::clone(&facts);
    let another = move || {
        let book = parser(BufReader::new(again.clone()))?;
        Ok(Box::new(XlsbBook { book, epoch, facts: Arc::clone(&known) }) as Box<dyn Contents>)
    };
    Ok(Readers::many(XlsbBook { book, epoch, facts }, Box::new(another)))
}

fn parser(mut file: BufReader<Source>) -> Result<Xlsb<BufReader<Source>>, Fault> {
    file.rewind().map_err(|error| Fault::of_io(&error))?;
    Xlsb::new(file).map_err(|error| fault_of(&error))
}

impl Contents for XlsbBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let epoch = self.epoch;
        let missing = || Fault::SheetMissing { sheet: sheet.to_owned() };
        // Not one sheet may be read whose part the preflight has not seen.
        let facts = self.facts.get(sheet).ok_or_else(missing)?;
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(|_| missing())?;
        let mut skipped = facts.skipped.iter().map(|(place, value)| (*place, Some(value.raw()))).peekable();
        let (mut given, mut ended): (Option<Placed<'_>>, _) = (None, false);
        Assembler::new(sheet, facts.areas.clone(), shown(visit)).run(|| {
            if given.is_none() && !ended {
                let cell = cells.next_cell()?;
                // Asked again, the parser would read on behind the end.
                ended = cell.is_none();
                given = cell.map(|cell| (cell.get_position(), epoch.of_ref(cell.get_value().clone())));
            }
            let place = given.as_ref().map(|(place, _)| *place);
            let first = skipped.next_if(|(skipped, _)| place.is_none_or(|given| *skipped < given));
            Ok::<_, XlsbError>(first.or_else(|| given.take()))
        })
    }
}

impl SkippedValue {
    fn raw(&self) -> Raw<'_> {
        match self {
            SkippedValue::Error => Raw::Error,
            SkippedValue::Text(text) => Raw::Text(text.into()),
        }
    }
}

fn fault_of(error: &XlsbError) -> Fault {
    if matches!(error, XlsbError::Password) { Fault::Password } else { Fault::Damaged }
}
