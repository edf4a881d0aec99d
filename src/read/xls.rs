//! xls workbooks (BIFF 5 and 8, also in et files), which are read into memory whole.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError, XlsOptions};

use super::dense::DenseSheet;
use super::error::Fault;
use super::row::{Visit, cell_name};
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
    /// The places of the formulas in each sheet.
    formulas: HashMap<String, HashSet<(u32, u32)>>,
}

impl XlsBook {
    pub(super) fn open(file: Source, listing: &mut Listing) -> Result<XlsBook, Fault> {
        let mut stream = ole::workbook_stream(&whole(file)?)?;
        let facts = biff::inspect(&stream)?;
        for size in &facts.sizes {
            stream.get_mut(size.clone()).into_iter().for_each(|size| size.fill(0));
        }
        let mut options = XlsOptions::default();
        if facts.biff8 {
            options.force_codepage = Some(UTF_16);
        } else if !facts.codepage {
            options.force_codepage = Some(GBK);
            listing.notes.push("文件未注明文字编码，按 GBK 读取".to_owned());
        }
        let package = Cursor::new(ole::container_of(stream)?);
        let mut book = Xls::new_with_options(package, options).map_err(|error| fault_of(&error))?;
        let (mut formulas, mut labels) = (HashMap::new(), Vec::new());
        let mut sheets = facts.sheets.into_iter();
        for sheet in book.sheets_metadata().to_vec() {
            let worksheet = sheet.typ == SheetType::WorkSheet;
            listing.add(&sheet.name, worksheet, sheet.visible != SheetVisible::Visible);
            let Some(facts) = worksheet.then(|| sheets.next()).flatten() else { continue };
            if facts.hides {
                listing.hides_rows(&sheet.name);
            }
            formulas.insert(sheet.name.clone(), facts.formulas.into_iter().collect());
            labels.push((sheet.name, facts.labels));
        }
        listing.check()?;
        for (sheet, labels) in labels {
            check_labels(&mut book, &sheet, &labels)?;
        }
        let epoch = Epoch::new(book.has_1904_epoch());
        Ok(XlsBook { book, epoch, formulas })
    }
}

/// The parser leaves out a cell whose text it does not find in the workbook's list, however long the list says it is.
fn check_labels(book: &mut Xls<Cursor<Vec<u8>>>, sheet: &str, labels: &[(u32, u32)]) -> Result<(), Fault> {
    let cells = book.worksheet_range(sheet).map_err(|_| Fault::SheetMissing { sheet: sheet.to_owned() })?;
    let lost = labels.iter().find(|&&place| matches!(cells.get_value(place), None | Some(Data::Empty)));
    match lost {
        Some(&(row, column)) => Err(Fault::StringMissing { sheet: sheet.to_owned(), cell: cell_name(row, column) }),
        None => Ok(()),
    }
}

impl Contents for XlsBook {
    fn rows(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let missing = |_| Fault::SheetMissing { sheet: sheet.to_owned() };
        let cells = self.book.worksheet_range(sheet).map_err(missing)?;
        let areas = areas_of(&self.book.merge_cells_by_sheet_name(sheet).map_err(missing)?);
        let none = HashSet::new();
        let formulas = self.formulas.get(sheet).unwrap_or(&none);
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
