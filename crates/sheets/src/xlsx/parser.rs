//! calamine at an xlsx workbook, opened when it is needed.

use std::io::BufReader;

use calamine::{Reader, Xlsx, XlsxError};

use crate::error::Fault;
use crate::input::source::Source;
use crate::rows::merged::{MergedArea, areas_of};

/// calamine at the workbook; it is opened when it is needed, because most sheets are plain from end to end.
pub(crate) struct Parser {
    pub file: Source,
    pub book: Option<Xlsx<BufReader<Source>>>,
}

impl Parser {
    pub(crate) fn book(&mut self) -> Result<&mut Xlsx<BufReader<Source>>, Fault> {
        let book = match self.book.take() {
            Some(book) => book,
            None => parser(self.file.clone())?,
        };
        Ok(self.book.insert(book))
    }

    pub(crate) fn areas(&mut self, sheet: &str) -> Result<Vec<MergedArea>, Fault> {
        let areas = self.book()?.merge_cells_by_sheet_name(sheet);
        Ok(areas_of(&areas.map_err(|error| fault_in(sheet, &error))?))
    }
}

pub(crate) fn parser(file: Source) -> Result<Xlsx<BufReader<Source>>, Fault> {
    Xlsx::new(BufReader::new(file)).map_err(|error| fault_of(&error))
}

pub(crate) fn fault_of(error: &XlsxError) -> Fault {
    if matches!(error, XlsxError::Password) { Fault::Password } else { Fault::Damaged }
}

/// The fault of a sheet that cannot be begun.
pub(crate) fn fault_in(sheet: &str, error: &XlsxError) -> Fault {
    if matches!(error, XlsxError::WorksheetNotFound(_)) {
        return Fault::SheetMissing { sheet: sheet.to_owned() };
    }
    fault_of(error)
}
