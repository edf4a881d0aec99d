//! The open workbook, whatever its format.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Seek;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use crate::error::{Fault, ReadError};
use crate::format::{Format, TextEncoding};
use crate::guard;
use crate::input::listing::{Listing, SheetInfo};
use crate::input::readers::{Contents, Parsing, Readers};
use crate::input::source::{Beat, no_beat, open_and_hash};
use crate::remark::Remark;
use crate::rows::row::{Row, Visit};
use crate::{csv, ods, sniff, xls, xlsb, xlsx};

/// One opened input file. It is opened for reading only, and stays open. Several threads may read its sheets.
pub struct Workbook {
    path: PathBuf,
    format: Format,
    sha256: String,
    size: u64,
    listing: Listing,
    readers: Readers,
}

/// How a file is opened.
#[derive(Clone)]
pub struct OpenOptions {
    /// The encoding of a csv file, whatever would be found out. `None` to find it out.
    pub encoding: Option<TextEncoding>,
    /// An xlsx file whose properties have this keyword is refused.
    pub refused_keyword: Option<&'static str>,
    /// Is told of each step of reading, now and later.
    pub beat: Beat,
}

impl Default for OpenOptions {
    fn default() -> OpenOptions {
        OpenOptions { encoding: None, refused_keyword: None, beat: no_beat() }
    }
}

impl Workbook {
    /// Opens a file as what its first bytes say it is, whatever its extension.
    ///
    /// # Errors
    /// All that keeps the file from being read, so far as it shows before the rows are read.
    pub fn open(path: &Path) -> Result<Workbook, ReadError> {
        Workbook::open_with(path, OpenOptions::default())
    }

    /// As [`Workbook::open`], with options.
    ///
    /// # Errors
    /// As of [`Workbook::open`], bytes that do not fit the encoding, and a workbook with the keyword.
    pub fn open_with(path: &Path, options: OpenOptions) -> Result<Workbook, ReadError> {
        let opened = guard::guarded(|| open(path, options)).unwrap_or(Err(Fault::Damaged));
        opened.map_err(|fault| ReadError::new(path, fault))
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 of the whole file, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What is worth saying of the file: another format than the extension says, the encoding, sheets that are hidden
    /// or not read.
    pub fn remarks(&self) -> &[Remark] {
        &self.listing.remarks
    }

    /// The worksheets, in the order of the workbook. A csv file has one, named by the file's stem.
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.listing.sheets
    }

    /// The numbers of the rows of a sheet that are struck out, of xlsx files; of others none are known.
    pub fn struck_rows(&self, sheet: usize) -> BTreeSet<u32> {
        let of = |sheet: &SheetInfo| guard::guarded(|| self.readers.struck_rows(&sheet.name)).unwrap_or_default();
        self.listing.sheets.get(sheet).map(of).unwrap_or_default()
    }

    /// What is remarked on the cells of a sheet of xlsx files, by their rows, from 1, and columns, from 0; of others nothing is
    /// known.
    pub fn comments(&self, sheet: usize) -> BTreeMap<(u32, u32), String> {
        let of = |sheet: &SheetInfo| guard::guarded(|| self.readers.comments(&sheet.name)).unwrap_or_default();
        self.listing.sheets.get(sheet).map(of).unwrap_or_default()
    }

    /// Streams the rows of a sheet in ascending order; stops early when `visit` breaks. `sheet` is an index into
    /// [`Workbook::sheets`]; behind its end there are no rows.
    ///
    /// # Errors
    /// Damage within the sheet, or cells that are out of order. Rows before it have been visited by then.
    pub fn rows(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        self.read(sheet, |reader, name| reader.rows(name, visit))
    }

    /// Streams the rows of a sheet in two steps: `look` makes something of each, and `take` is given that with the row. Both
    /// are given all rows in ascending order; where the parser works ahead, `look` is some rows ahead too.
    ///
    /// # Errors
    /// As of [`Workbook::rows`].
    pub fn rows_in_two<T: Send>(
        &self,
        sheet: usize,
        parsing: Parsing,
        mut look: impl FnMut(Row<'_>) -> T + Send,
        mut take: impl FnMut(Row<'_>, T),
    ) -> Result<(), ReadError> {
        if parsing == Parsing::Here {
            return self.rows(sheet, &mut |row| {
                let seen = look(row);
                take(row, seen);
                ControlFlow::Continue(())
            });
        }
        let (to, from) = channel();
        // Both ends are here as long as there are rows.
        let mut look = |row: Row<'_>| drop(to.send(look(row)));
        let mut take = |row: Row<'_>| from.try_iter().take(1).for_each(|seen| take(row, seen));
        self.read(sheet, |reader, name| reader.rows_ahead(name, &mut look, &mut take))
    }

    fn read(
        &self,
        sheet: usize,
        read: impl FnOnce(&mut dyn Contents, &str) -> Result<(), Fault>,
    ) -> Result<(), ReadError> {
        let Some(SheetInfo { name, .. }) = self.listing.sheets.get(sheet) else {
            return Ok(());
        };
        let damaged = |_| Err(Fault::DamagedSheet { sheet: name.clone(), after: None });
        let read = || self.readers.read(|reader| read(reader, name));
        guard::guarded(read).unwrap_or_else(damaged).map_err(|fault| ReadError::new(&self.path, fault))
    }
}

fn open(path: &Path, options: OpenOptions) -> Result<Workbook, Fault> {
    let (mut file, sha256) = open_and_hash(path, options.beat)?;
    let format = sniff::format_of(&mut file, path)?;
    file.rewind().map_err(|error| Fault::of_io(&error))?;
    let mut listing = Listing::default();
    listing.remarks.extend(sniff::mismatch(format, path));
    let size = file.metadata().map_err(|error| Fault::of_io(&error))?.len();
    let readers = match format {
        Format::Xlsx => xlsx::opening::open(file, options.refused_keyword, &mut listing)?,
        Format::Xls => Readers::one(xls::book::XlsBook::open(file, &mut listing)?),
        Format::Xlsb => xlsb::book::open(file, &mut listing)?,
        Format::Ods => ods::book::open(file, &mut listing)?,
        Format::Csv => Readers::one(csv::book::CsvText::open(file, path, options.encoding, &mut listing)?),
    };
    listing.check()?;
    let path = path.to_path_buf();
    Ok(Workbook { path, format, sha256, size, listing, readers })
}
