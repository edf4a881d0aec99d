//! Tells by its first bytes what a file really is, whatever its extension says.

use std::io::{Read, Seek};
use std::path::Path;

use crate::error::Fault;
use crate::format::{ForeignKind, Format};
use crate::package::parts;
use crate::remark::Remark;

/// The bytes at the beginning of a file that are looked at.
const HEAD: u64 = 4096;

/// First bytes of formats that are no workbooks we read, with what they are.
const FOREIGN: [(&[u8], ForeignKind); 13] = [
    (b"%PDF-", ForeignKind::Pdf),
    (b"\x89PNG", ForeignKind::Png),
    (b"\xFF\xD8\xFF", ForeignKind::Jpeg),
    (b"GIF8", ForeignKind::Gif),
    (b"\x1F\x8B", ForeignKind::Gzip),
    (b"Rar!", ForeignKind::Rar),
    (b"7z\xBC\xAF\x27\x1C", ForeignKind::SevenZip),
    (b"{\\rtf", ForeignKind::Rtf),
    (b"\x09\x00\x04\x00", ForeignKind::OldExcel),
    (b"\x09\x00\x06\x00", ForeignKind::OldExcel),
    (b"\x09\x02\x06\x00", ForeignKind::OldExcel),
    (b"\x09\x04\x06\x00", ForeignKind::OldExcel),
    (b"\x09\x08\x08\x00", ForeignKind::OldExcel),
];

/// The format of a file; leaves the file at any position.
pub(crate) fn format_of(file: &mut (impl Read + Seek), path: &Path) -> Result<Format, Fault> {
    let mut head = Vec::new();
    let read = file.by_ref().take(HEAD).read_to_end(&mut head);
    read.map_err(|error| Fault::of_io(&error))?;
    if head.is_empty() {
        return Err(Fault::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        file.rewind().map_err(|error| Fault::of_io(&error))?;
        return format_of_zip(file);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Format::Xls);
    }
    let foreign = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some(kind) = foreign.map(|&(_, kind)| kind).or_else(|| markup(&head)) {
        return Err(Fault::NotAWorkbook { kind });
    }
    format_of_text(&head, path)
}

/// A remark if the extension promises another format.
pub(crate) fn mismatch(format: Format, path: &Path) -> Option<Remark> {
    let promised = format.extensions().contains(&extension_of(path).as_str());
    (!promised).then_some(Remark::OtherFormat { format })
}

/// The extension in lower case; empty if there is none.
fn extension_of(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().to_lowercase()
}

fn format_of_zip(file: &mut (impl Read + Seek)) -> Result<Format, Fault> {
    let names = parts::part_names(&mut *file)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    // Some writers number the workbook part; the package's relationships name it.
    if has("_rels/.rels") && names.iter().any(|name| name.starts_with("xl/worksheets/")) {
        return Ok(Format::Xlsx);
    }
    let mimetype = parts::part(file, "mimetype", parts::SMALL_PART)?;
    let spreadsheet = b"application/vnd.oasis.opendocument.spreadsheet";
    match mimetype {
        Some(text) if text.starts_with(spreadsheet) => Ok(Format::Ods),
        _ => Err(Fault::NotASpreadsheet),
    }
}

fn markup(head: &[u8]) -> Option<ForeignKind> {
    // Without the zero bytes, UTF-16 markup reads like ASCII.
    let plain: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let plain = String::from_utf8_lossy(&plain).to_lowercase();
    let plain = plain.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    if plain.starts_with("mime-version:") {
        return Some(ForeignKind::WebArchive);
    }
    let html = ["<!doctype html", "<html", "<head", "<meta", "<table", "<body", "<style", "<div"];
    if html.iter().any(|tag| plain.starts_with(tag)) {
        return Some(ForeignKind::Html);
    }
    if !plain.starts_with("<?xml") {
        return None;
    }
    Some(if plain.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        ForeignKind::Xml2003
    } else if plain.contains("<html") {
        ForeignKind::Html
    } else {
        ForeignKind::Xml
    })
}

/// Text is taken for a table only if its extension says so: an xls file that is text came out of some other system, and
/// nobody can tell how its columns are meant.
fn format_of_text(head: &[u8], path: &Path) -> Result<Format, Fault> {
    if Format::Csv.extensions().contains(&extension_of(path).as_str()) {
        return Ok(Format::Csv);
    }
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let text = wide || !head.iter().any(|&byte| byte < 0x20 && !byte.is_ascii_whitespace());
    let kind = if text { ForeignKind::Text } else { ForeignKind::Unknown };
    Err(Fault::NotAWorkbook { kind })
}
