//! What is worth a remark about a file that can be read.

use crate::format::{Format, TextEncoding};

/// A remark about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The extension promises another format. The file was read as what it is.
    OtherFormat { format: Format },
    /// The text of a csv file was found to be in this encoding, which is not UTF-8.
    DecodedAs { encoding: TextEncoding },
    /// The text of a csv file was read in the encoding that was asked for.
    DecodedAsAsked { encoding: TextEncoding },
    /// An old xls file does not name the encoding of its text, which was read as GBK.
    NoCodePage,
    /// A sheet of charts, macros or dialogs, which was not read.
    NotAWorksheet { sheet: String },
    /// The workbook hides a sheet, which was read.
    HiddenSheet { sheet: String },
    /// A sheet hides rows or columns, which were read.
    HiddenRows { sheet: String },
}
