//! The kinds of files there are: those that are read, those that are known and refused, and the encodings of text.

use std::fmt;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Also xlsm, and et files that are xlsx inside.
    Xlsx,
    /// Also et files that are xls inside.
    Xls,
    Xlsb,
    Ods,
    /// Comma, semicolon or tab between the cells.
    Csv,
}

impl Format {
    /// The usual extension, which is what people call the format.
    pub fn name(self) -> &'static str {
        self.extensions()[0]
    }

    /// The extensions that promise this format, in lower case.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
            Format::Xls => &["xls", "xlt"],
            Format::Xlsb => &["xlsb"],
            Format::Ods => &["ods"],
            Format::Csv => &["csv", "txt", "tsv"],
        }
    }
}

/// What a file is that is no workbook, as far as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKind {
    Pdf,
    Png,
    Jpeg,
    Gif,
    Gzip,
    Rar,
    SevenZip,
    Rtf,
    /// BIFF 2 to 4, and BIFF 5 without its container.
    OldExcel,
    /// A web page in one file with its pictures (MHT).
    WebArchive,
    Html,
    /// The XML format of Excel 2003.
    Xml2003,
    Xml,
    /// Text whose extension does not say that it is a table.
    Text,
    Unknown,
}

impl fmt::Display for ForeignKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ForeignKind::Pdf => "a PDF file",
            ForeignKind::Png => "a PNG picture",
            ForeignKind::Jpeg => "a JPEG picture",
            ForeignKind::Gif => "a GIF picture",
            ForeignKind::Gzip => "a gzip archive",
            ForeignKind::Rar => "a RAR archive",
            ForeignKind::SevenZip => "a 7z archive",
            ForeignKind::Rtf => "an RTF document",
            ForeignKind::OldExcel => "a workbook of Excel 4 or older",
            ForeignKind::WebArchive => "a web archive (MHT)",
            ForeignKind::Html => "a web page (HTML)",
            ForeignKind::Xml2003 => "an XML spreadsheet of 2003",
            ForeignKind::Xml => "an XML file",
            ForeignKind::Text => "plain text",
            ForeignKind::Unknown => "a file of an unknown kind",
        })
    }
}

/// An encoding of text files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    /// Read as GB18030, of which it is a part.
    Gbk,
    Gb18030,
    /// In the byte order of the file's mark, else the likelier one.
    Utf16,
}

impl TextEncoding {
    /// The usual name in lower case, as in `gb18030`.
    pub fn name(self) -> &'static str {
        match self {
            TextEncoding::Utf8 => "utf-8",
            TextEncoding::Gbk => "gbk",
            TextEncoding::Gb18030 => "gb18030",
            TextEncoding::Utf16 => "utf-16",
        }
    }
}
