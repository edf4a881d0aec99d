//! What can be wrong with an input file, as codes with the place of the damage.
//!
//! `Display` is plain English. It holds neither cell contents nor a library's error text.

use std::io;
use std::path::{Path, PathBuf};

use crate::format::{ForeignKind, TextEncoding};

/// An input that cannot be read wholly, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", path.display())]
pub struct ReadError {
    path: PathBuf,
    fault: Fault,
}

impl ReadError {
    /// Joins a fault with the path as the caller gave it.
    pub(crate) fn new(path: &Path, fault: Fault) -> ReadError {
        let path = path.to_path_buf();
        ReadError { path, fault }
    }

    /// The error that reading this path met when the system said so.
    pub fn of_io(path: &Path, error: &io::Error) -> ReadError {
        ReadError::new(path, Fault::of_io(error))
    }

    /// The path as the caller gave it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The kind of fault, without the path.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
}

/// The kinds of fault that keep a file from being read. Cells are named as in A1, lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("there is no such file or folder")]
    Missing,
    #[error("it is a folder")]
    Folder,
    #[error("there is no permission to read it")]
    Forbidden,
    #[error("another program has it open")]
    InUse,
    #[error("the disk or the network failed while it was read")]
    Unreadable,
    #[error("it is empty (0 bytes)")]
    Empty,
    #[error("it is damaged")]
    Damaged,
    #[error("sheet {sheet:?} is damaged{}", after.as_ref().map(|cell| format!(" after cell {cell}")).unwrap_or_default())]
    DamagedSheet {
        sheet: String,
        /// The last cell that could be read. `None` if there was none.
        after: Option<String>,
    },
    #[error("it needs a password")]
    Password,
    #[error("it is {kind}")]
    NotAWorkbook { kind: ForeignKind },
    #[error("it is no spreadsheet")]
    NotASpreadsheet,
    #[error("its properties have the keyword that was to be refused")]
    RefusedKeyword,
    #[error("it is absurdly large once it is unpacked")]
    TooLarge,
    #[error("it defines document types or entities (DOCTYPE, ENTITY), which no spreadsheet does")]
    ForeignDefinitions,
    #[error("two sheets are called {sheet:?}")]
    SheetTwice { sheet: String },
    #[error("the contents of sheet {sheet:?} are missing")]
    SheetMissing { sheet: String },
    #[error("cell {cell} of sheet {sheet:?} stands there twice or out of order")]
    CellOrder { sheet: String, cell: String },
    #[error("cell {cell} of sheet {sheet:?} lies beyond the largest sheet there can be")]
    CellBeyond { sheet: String, cell: String },
    #[error("cell {cell} of sheet {sheet:?} refers to a text that is not there")]
    StringMissing { sheet: String, cell: String },
    #[error("line {line} has bytes that are not of its encoding")]
    Undecodable {
        line: u32,
        /// The encoding that the caller asked for.
        asked: Option<TextEncoding>,
    },
    #[error("its mark says {}, but {} was asked for", marked.name(), asked.name())]
    OtherMark {
        asked: TextEncoding,
        /// The encoding that the file names itself.
        marked: TextEncoding,
    },
    #[error("line {line} has a NUL character")]
    Nul {
        line: u32,
        /// The encoding that the caller asked for.
        asked: Option<TextEncoding>,
    },
    #[error("the quote that opens on line {line} is not closed")]
    OpenQuote { line: u32 },
}

impl Fault {
    /// The fault behind an error of the operating system.
    pub(crate) fn of_io(error: &io::Error) -> Fault {
        // 32 and 33 are the sharing and lock violations of Windows; elsewhere the numbers mean other things.
        if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
            return Fault::InUse;
        }
        let told = [
            (io::ErrorKind::NotFound, Fault::Missing),
            (io::ErrorKind::IsADirectory, Fault::Folder),
            (io::ErrorKind::PermissionDenied, Fault::Forbidden),
            (io::ErrorKind::UnexpectedEof, Fault::Damaged),
            (io::ErrorKind::InvalidData, Fault::Damaged),
        ];
        told.into_iter().find(|(kind, _)| *kind == error.kind()).map_or(Fault::Unreadable, |(_, fault)| fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_path_once_and_the_place() {
        let (sheet, after) = ("台账".to_owned(), Some("B3".to_owned()));
        let error = ReadError::new(Path::new("a/b.xls"), Fault::DamagedSheet { sheet, after });
        assert_eq!(error.to_string(), "a/b.xls: sheet \"台账\" is damaged after cell B3");
    }

    #[test]
    fn the_system_s_own_errors_get_their_own_codes() {
        let fault = |kind: io::ErrorKind| Fault::of_io(&kind.into());
        assert_eq!(fault(io::ErrorKind::NotFound), Fault::Missing);
        assert_eq!(fault(io::ErrorKind::PermissionDenied), Fault::Forbidden);
        assert_eq!(fault(io::ErrorKind::UnexpectedEof), Fault::Damaged);
        assert_eq!(fault(io::ErrorKind::TimedOut), Fault::Unreadable);
    }
}
