//! Packages made by hand: workbooks that no program would write.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        package.start_file(*name, options).expect("a part");
        package.write_all(bytes).expect("its bytes");
    }
    package.finish().expect("a package").into_inner()
}

/// An xlsx file whose sheets, each with a name, have these insides of `<worksheet>`.
pub fn by_hand(sheets: &[(&str, &str)]) -> Vec<u8> {
    with_parts(sheets, &[])
}

/// The same with more parts.
pub fn with_parts(sheets: &[(&str, &str)], more: &[(&str, &[u8])]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut listed = String::new();
    let mut related = String::new();
    let mut parts = Vec::new();
    for (number, (name, inside)) in (1..).zip(sheets) {
        listed += &format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
        related += &format!(
            r#"<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        let part = format!("<worksheet>{inside}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), part));
    }
    let root = format!(r#"<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>"#);
    let workbook = format!("<workbook><sheets>{listed}</sheets></workbook>");
    parts.push(("_rels/.rels".to_owned(), format!("<Relationships>{root}</Relationships>")));
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    let related = format!("<Relationships>{related}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), related));
    let parts = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    package(&parts.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// An ods file with this inside of `<office:spreadsheet>`.
pub fn ods(inside: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>{inside}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    ods_of(b"<manifest:manifest/>", content.as_bytes())
}

/// An ods file with this manifest and content.
pub fn ods_of(manifest: &[u8], content: &[u8]) -> Vec<u8> {
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    package(&[("mimetype", mimetype), ("META-INF/manifest.xml", manifest), ("content.xml", content)])
}

/// A cell of a sheet by hand, with text: `text("B3", "张三")`.
pub fn text(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Rows from the first on, of cells by hand.
pub fn rows(rows: &[Vec<String>]) -> String {
    let row = |(number, cells): (usize, &Vec<String>)| format!(r#"<row r="{number}">{}</row>"#, cells.concat());
    format!("<sheetData>{}</sheetData>", (1..).zip(rows).map(row).collect::<String>())
}

/// Rows of texts as cells by hand, from A1 on; blank texts are left out.
pub fn texts(table: &[&[&str]]) -> Vec<Vec<String>> {
    let letter = |column: usize| char::from(b'A' + u8::try_from(column).expect("a column"));
    let row = |(number, cells): (usize, &&[&str])| {
        let filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        filled.map(|(column, cell)| text(&format!("{}{number}", letter(column)), cell)).collect()
    };
    (1..).zip(table).map(row).collect()
}

/// The first place of some bytes is overwritten with others.
pub fn overwritten(mut bytes: Vec<u8>, what: &[u8], with: &[u8]) -> Vec<u8> {
    let at = bytes.windows(what.len()).position(|window| window == what).expect("the bytes");
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

/// UTF-16 as xls files have it.
pub fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
