//! xlsb workbooks: sheets stream cell by cell in constant memory. What the parser does not tell is found beforehand.

use std::io::{BufReader, Seek};

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::assemble::{Assembler, shown};
use super::error::Fault;
use super::row::Visit;
use super::source::Source;
use super::value::Epoch;
use super::{Contents, Listing, gate, records};

/// An open xlsb workbook that has passed the gate.
pub(super) struct XlsbBook {
    book: Xlsb<BufReader<Source>>,
    epoch: Epoch,
}

impl XlsbBook {
    pub(super) fn open(file: Source, listing: &mut Listing) -> Result<XlsbBook, Fault> {
        let mut file = BufReader::new(file);
        gate::inspect(&mut file)?;
        let untold = records::inspect(&mut file)?;
        if untold.failed_formulas {
            return Err(Fault::FailedFormulas);
        }
        file.rewind().map_err(|error| Fault::of_io(&error))?;
        let book = Xlsb::new(file).map_err(|error| fault_of(&error))?;
        for sheet in book.sheets_metadata() {
            let hidden = sheet.visible != SheetVisible::Visible;
            listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        }
        if untold.merged_areas {
            let remark = "xlsb 格式的合并单元格只读取左上角的值，请另存为 .xlsx 再检查";
            listing.notes.push(remark.to_owned());
        }
        let epoch = Epoch::new(book.has_1904_epoch());
        Ok(XlsbBook { book, epoch })
    }
}

impl Contents for XlsbBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let epoch = self.epoch;
        let reader = self.book.worksheet_cells_reader(sheet);
        let mut cells = reader.map_err(|_| Fault::SheetMissing { sheet: sheet.to_owned() })?;
        Assembler::new(sheet, Vec::new(), shown(visit)).run(|| {
            let cell = cells.next_cell()?;
            let placed = cell.map(|cell| (cell.get_position(), epoch.of_ref(cell.get_value().clone())));
            Ok::<_, XlsbError>(placed)
        })
    }
}

fn fault_of(error: &XlsbError) -> Fault {
    match error {
        XlsbError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
