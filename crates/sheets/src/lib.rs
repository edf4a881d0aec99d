//! The only user of calamine, and the only splitter of csv: a file becomes a stream of rows with addresses.
//!
//! A file is known by its first bytes, passes a gate that refuses bombs, entities and damage, and only then meets a
//! parser. Every format comes out as the same [`Row`]; what a value means is for others to say.

mod assemble;
mod biff;
mod bytes;
mod csv;
mod dense;
mod encoding;
mod error;
mod format;
mod gate;
mod guard;
mod keyword;
mod merge;
mod ods;
mod ole;
mod parts;
mod relay;
mod remark;
mod row;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod value;
mod xls;
mod xlsb;
mod xlsx;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

pub use error::{Fault, ReadError};
pub use format::{ForeignKind, Format, TextEncoding};
pub use keyword::has_keyword;
pub use remark::Remark;
pub use row::{Raw, RawCell, Row, Visit, rows_of_text};
use source::Source;
pub use source::{Beat, no_beat};

/// A worksheet's name, and whether the workbook hides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    pub name: String,
    pub hidden: bool,
}

/// One opened input file. It is opened for reading only, and stays open. Several threads may read its sheets.
pub struct Workbook {
    path: PathBuf,
    format: Format,
    sha256: String,
    size: u64,
    listing: Listing,
    readers: Readers,
}

/// Where the parser of a sheet works, where the format leaves a choice; the rows are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parsing {
    /// On the caller's thread, in turn with what is done with the rows.
    Here,
    /// On a thread of its own, some rows ahead.
    Ahead,
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

    /// Streams the rows of a sheet in ascending order; stops early when `visit` breaks. `sheet` is an index into
    /// [`Workbook::sheets`]; behind its end there are no rows.
    ///
    /// # Errors
    /// Damage within the sheet, or cells that are out of order. Rows before it have been visited by then.
    pub fn rows(&self, sheet: usize, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        let Some(SheetInfo { name, .. }) = self.listing.sheets.get(sheet) else {
            return Ok(());
        };
        let damaged = |_| Err(Fault::DamagedSheet { sheet: name.clone(), after: None });
        let outcome = guard::guarded(|| self.readers.rows(name, parsing, visit)).unwrap_or_else(damaged);
        outcome.map_err(|fault| ReadError::new(&self.path, fault))
    }
}

/// The cells of an open file, whatever its format.
trait Contents: Send {
    fn rows(&mut self, sheet: &str, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault>;
}

/// Opens another reader of a file that has passed the gate.
type Another = Box<dyn Fn() -> Result<Box<dyn Contents>, Fault> + Send + Sync>;

/// The readers of one file, each of which reads one sheet at a time.
struct Readers {
    idle: Mutex<Vec<Box<dyn Contents>>>,
    /// None where there is only one reader: who comes second waits for it.
    another: Option<Another>,
}

impl Readers {
    /// The only reader of a file.
    fn one(contents: impl Contents + 'static) -> Readers {
        Readers { idle: Mutex::new(vec![Box::new(contents)]), another: None }
    }

    /// The first reader of a file, and how more of them are made.
    fn many(first: impl Contents + 'static, another: Another) -> Readers {
        Readers { another: Some(another), ..Readers::one(first) }
    }

    fn rows(&self, sheet: &str, parsing: Parsing, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let Some(another) = &self.another else {
            return self.idle().first_mut().ok_or(Fault::Damaged)?.rows(sheet, parsing, visit);
        };
        let idle = self.idle().pop();
        let mut reader = idle.map_or_else(another, Ok)?;
        let outcome = reader.rows(sheet, parsing, visit);
        self.idle().push(reader);
        outcome
    }

    /// A reader whose parser panicked is gone, and nothing of it is left here.
    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn Contents>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a file says of its sheets, and what we say of the file.
#[derive(Debug, Default)]
struct Listing {
    sheets: Vec<SheetInfo>,
    remarks: Vec<Remark>,
}

impl Listing {
    /// Takes up the next sheet of the workbook; only worksheets are read.
    fn add(&mut self, name: &str, worksheet: bool, hidden: bool) {
        if !worksheet {
            self.remarks.push(Remark::NotAWorksheet { sheet: name.to_owned() });
            return;
        }
        if hidden {
            self.remarks.push(Remark::HiddenSheet { sheet: name.to_owned() });
        }
        let name = name.to_owned();
        self.sheets.push(SheetInfo { name, hidden });
    }

    /// Remarks that a sheet has hidden rows or columns.
    fn hides_rows(&mut self, name: &str) {
        self.remarks.push(Remark::HiddenRows { sheet: name.to_owned() });
    }

    /// Parsers find a sheet by its name, so of two sheets of one name the second would never be read.
    fn check(&self) -> Result<(), Fault> {
        let mut seen = HashSet::new();
        match self.sheets.iter().find(|sheet| !seen.insert(&sheet.name)) {
            Some(sheet) => Err(Fault::SheetTwice { sheet: sheet.name.clone() }),
            None => Ok(()),
        }
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
        Format::Xlsx => xlsx::open(file, options.refused_keyword, &mut listing)?,
        Format::Xls => Readers::one(xls::XlsBook::open(file, &mut listing)?),
        Format::Xlsb => xlsb::open(file, &mut listing)?,
        Format::Ods => ods::open(file, &mut listing)?,
        Format::Csv => Readers::one(csv::CsvText::open(file, path, options.encoding, &mut listing)?),
    };
    listing.check()?;
    let path = path.to_path_buf();
    Ok(Workbook { path, format, sha256, size, listing, readers })
}

fn open_and_hash(path: &Path, beat: Beat) -> Result<(Source, String), Fault> {
    // On Windows a folder cannot be opened at all, and would be called forbidden.
    if path.is_dir() {
        return Err(Fault::Folder);
    }
    let fault = |error: io::Error| Fault::of_io(&error);
    // A pipe or a device might never end.
    if !path.metadata().map_err(fault)?.is_file() {
        return Err(Fault::NotASpreadsheet);
    }
    let mut file = Source::new(File::open(path).map_err(fault)?, beat);
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hash.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(fault(error)),
        }
    }
    file.rewind().map_err(fault)?;
    let digits: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((file, digits.concat()))
}

/// Reads a file into memory, for formats that cannot be streamed.
fn whole(mut file: Source) -> Result<Vec<u8>, Fault> {
    /// Far above any real xls, ods or csv file, in bytes.
    const MOST: u64 = 512 << 20;
    let fault = |error: io::Error| Fault::of_io(&error);
    if file.metadata().map_err(fault)?.len() > MOST {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}
