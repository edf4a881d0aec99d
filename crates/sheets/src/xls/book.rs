//! xls workbooks (BIFF 5 and 8, also in et files), which are read into memory whole.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError, XlsOptions};

use super::dense::DenseSheet;
use super::labels::check_labels;
use super::sheet_scan::XlsSheetFacts;
use super::{container, preflight};
use crate::error::Fault;
use crate::input::listing::Listing;
use crate::input::readers::Contents;
use crate::input::source::{Source, whole};
use crate::remark::Remark;
use crate::rows::merged::areas_of;
use crate::rows::row::Visit;
use crate::rows::value::Epoch;

/// The code page of BIFF 8, UTF-16, whatever its record says.
const UTF_16: u16 = 1200;
/// The code page of Chinese BIFF 5 files.
const GBK: u16 = 936;

/// An open xls workbook that has passed the preflight.
pub(crate) struct XlsBook {
    book: Xls<Cursor<Vec<u8>>>,
    epoch: Epoch,
    facts: HashMap<String, XlsSheetFacts>,
}

impl XlsBook {
    pub(crate) fn open(file: Source, listing: &mut Listing) -> Result<XlsBook, Fault> {
        let mut stream = container::workbook_stream(&whole(file)?)?;
        let facts = preflight::inspect(&stream)?;
        for sheet in &facts.sheets {
            sheet.compact(&mut stream)?;
        }
        let mut options = XlsOptions::default();
        if facts.biff8 {
            options.force_codepage = Some(UTF_16);
        } else if !facts.codepage {
            options.force_codepage = Some(GBK);
            listing.remarks.push(Remark::NoCodePage);
        }
        let package = Cursor::new(container::container_of(stream)?);
        let book = Xls::new_with_options(package, options).map_err(|error| fault_of(&error))?;
        let (mut known, mut sheets) = (HashMap::new(), facts.sheets.into_iter());
        for sheet in book.sheets_metadata() {
            let worksheet = sheet.typ == SheetType::WorkSheet;
            listing.add(&sheet.name, worksheet, sheet.visible != SheetVisible::Visible);
            let Some(facts) = worksheet.then(|| sheets.next()).flatten() else { continue };
            if facts.hides {
                listing.hides_rows(&sheet.name);
            }
            known.insert(sheet.name.clone(), facts);
        }
        let epoch = Epoch::new(book.has_1904_epoch());
        Ok(XlsBook { book, epoch, facts: known })
    }
}

impl Contents for XlsBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = || Fault::SheetMissing { sheet: sheet.to_owned() };
        let facts = self.facts.get(sheet).ok_or_else(missing)?;
        let cells = self.book.worksheet_range(sheet).map_err(|_| missing())?;
        let areas = areas_of(&self.book.merge_cells_by_sheet_name(sheet).map_err(|_| missing())?);
        check_labels(&cells, sheet, facts)?;
        let formulas = &facts.formulas.iter().copied().collect();
        DenseSheet { cells, rows: &facts.rows, formulas, areas }.rows(sheet, self.epoch, visit)
    }
}

fn fault_of(error: &XlsError) -> Fault {
    if matches!(error, XlsError::Password) { Fault::Password } else { Fault::Damaged }
}
