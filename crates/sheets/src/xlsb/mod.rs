//! xlsb workbooks: sheets stream cell by cell in constant memory. What the parser does not tell is found beforehand.

mod gate;
mod records;

use std::collections::HashMap;
use std::io::{BufReader, Seek};
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use self::gate::{SheetFacts, Untold};
use super::assemble::{Assembler, Placed, shown};
use super::error::Fault;
use super::row::{Raw, Visit};
use super::source::Source;
use super::value::Epoch;
use super::{Contents, Listing, Parsing, Readers};

/// An open xlsb workbook that has passed the gate.
pub(super) struct XlsbBook {
    book: Xlsb<BufReader<Source>>,
    epoch: Epoch,
    /// One for each worksheet.
    facts: Arc<HashMap<String, SheetFacts>>,
}

/// Checks the package and opens it; fills in the listing of sheets.
pub(super) fn open(file: Source, listing: &mut Listing) -> Result<Readers, Fault> {
    let again = file.clone();
    let mut file = BufReader::new(file);
    super::gate::inspect(&mut file)?;
    let facts = gate::inspect(&mut file)?;
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
    fn rows(&mut self, sheet: &str, _parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let epoch = self.epoch;
        let missing = || Fault::SheetMissing { sheet: sheet.to_owned() };
        // Not one sheet may be read whose part the gate has not seen.
        let facts = self.facts.get(sheet).ok_or_else(missing)?;
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(|_| missing())?;
        let mut untold = facts.untold.iter().map(|(place, value)| (*place, Some(value.raw()))).peekable();
        let (mut told, mut ended): (Option<Placed<'_>>, _) = (None, false);
        Assembler::new(sheet, facts.areas.clone(), shown(visit)).run(|| {
            if told.is_none() && !ended {
                let cell = cells.next_cell()?;
                // Asked again, the parser would read on behind the end.
                ended = cell.is_none();
                told = cell.map(|cell| (cell.get_position(), epoch.of_ref(cell.get_value().clone())));
            }
            let place = told.as_ref().map(|(place, _)| *place);
            let first = untold.next_if(|(untold, _)| place.is_none_or(|told| *untold < told));
            Ok::<_, XlsbError>(first.or_else(|| told.take()))
        })
    }
}

impl Untold {
    fn raw(&self) -> Raw<'_> {
        match self {
            Untold::Error => Raw::Error,
            Untold::Text(text) => Raw::Text(text.into()),
        }
    }
}

fn fault_of(error: &XlsbError) -> Fault {
    match error {
        XlsbError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
