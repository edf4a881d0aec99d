//! xls workbooks (BIFF 5 and 8, also in et files), which are read into memory whole.

use std::io::Cursor;

use calamine::{Range, Reader, SheetType, SheetVisible, Xls, XlsError, XlsOptions};

use super::dense::DenseSheet;
use super::error::Fault;
use super::row::Visit;
use super::source::Source;
use super::value::Epoch;
use super::xlsx::areas_of;
use super::{Contents, Listing, biff, ole, whole};

/// The code page of BIFF 8, UTF-16, whatever its record says.
const UTF_16: u16 = 1200;
/// The code page of Chinese BIFF 5 files.
const GBK: u16 = 936;

/// An open xls workbook that has passed the gate.
pub(super) struct XlsBook {
    book: Xls<Cursor<Vec<u8>>>,
    epoch: Epoch,
}

impl XlsBook {
    pub(super) fn open(file: Source, listing: &mut Listing) -> Result<XlsBook, Fault> {
        let bytes = whole(file)?;
        let facts = biff::inspect(&ole::workbook_stream(&bytes)?)?;
        let mut options = XlsOptions::default();
        if facts.biff8 {
            options.force_codepage = Some(UTF_16);
        } else if !facts.codepage {
            options.force_codepage = Some(GBK);
            listing.notes.push("文件未注明文字编码，按 GBK 读取".to_owned());
        }
        let book = Xls::new_with_options(Cursor::new(bytes), options).map_err(|error| fault_of(&error))?;
        for sheet in book.sheets_metadata() {
            let hidden = sheet.visible != SheetVisible::Visible;
            listing.add(&sheet.name, sheet.typ == SheetType::WorkSheet, hidden);
        }
        let epoch = Epoch::new(book.has_1904_epoch());
        Ok(XlsBook { book, epoch })
    }
}

impl Contents for XlsBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = |_| Fault::SheetMissing { sheet: sheet.to_owned() };
        let cells = self.book.worksheet_range(sheet).map_err(missing)?;
        let areas = areas_of(&self.book.merge_cells_by_sheet_name(sheet).map_err(missing)?);
        // Every formula record of an xls file holds a value.
        let formulas = Range::empty();
        let sheet_in_memory = DenseSheet { cells, formulas, areas };
        sheet_in_memory.rows(sheet, self.epoch, visit)
    }
}

fn fault_of(error: &XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
