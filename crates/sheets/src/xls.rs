//! xls workbooks (BIFF 5 and 8, also in et files), which are read into memory whole.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError, XlsOptions};

use super::biff::SheetFacts;
use super::dense::DenseSheet;
use super::error::Fault;
use super::remark::Remark;
use super::row::{Visit, cell_name};
use super::source::Source;
use super::value::Epoch;
use super::xlsx::areas_of;
use super::{Contents, Listing, Parsing, biff, ole, whole};

/// The code page of BIFF 8, UTF-16, whatever its record says.
const UTF_16: u16 = 1200;
/// The code page of Chinese BIFF 5 files.
const GBK: u16 = 936;

/// An open xls workbook that has passed the gate.
pub(super) struct XlsBook {
    book: Xls<Cursor<Vec<u8>>>,
    epoch: Epoch,
    facts: HashMap<String, SheetFacts>,
}

impl XlsBook {
    pub(super) fn open(file: Source, listing: &mut Listing) -> Result<XlsBook, Fault> {
        let mut stream = ole::workbook_stream(&whole(file)?)?;
        let facts = biff::inspect(&stream)?;
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
        let package = Cursor::new(ole::container_of(stream)?);
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
    fn rows(&mut self, sheet: &str, _parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = || Fault::SheetMissing { sheet: sheet.to_owned() };
        let facts = self.facts.get(sheet).ok_or_else(missing)?;
        let cells = self.book.worksheet_range(sheet).map_err(|_| missing())?;
        let areas = areas_of(&self.book.merge_cells_by_sheet_name(sheet).map_err(|_| missing())?);
        check_labels(&cells, sheet, facts)?;
        let formulas = &facts.formulas.iter().copied().collect();
        DenseSheet { cells, rows: &facts.rows, formulas, areas }.rows(sheet, self.epoch, visit)
    }
}

/// The parser leaves out a cell whose text it does not find in the workbook's list, however long the list says it is.
fn check_labels(cells: &Range<Data>, sheet: &str, facts: &SheetFacts) -> Result<(), Fault> {
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

fn fault_of(error: &XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Password,
        _ => Fault::Damaged,
    }
}
