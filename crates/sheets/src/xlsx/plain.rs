//! Reads the rows of a sheet that are written in the plain shape in which all common programs write them:
//!
//! ```xml
//! <row r="2" spans="1:4"><c r="A2" s="1"><v>45207</v></c><c r="B2" t="s"><v>12</v></c>
//!     <c r="C2" t="inlineStr"><is><t>Ann</t></is></c><c r="D2"/></row>
//! ```
//!
//! That takes a fifth of the time of a whole XML parser. What is anything else, however little, is left to calamine, from
//! that cell on; so nothing is understood here that calamine would understand otherwise.

use std::io::Read;

use super::cursor::{Cursor, PlainCell};
use super::lookup::CellLookup;
use super::pieces::Pieces;

/// The plain rows of a sheet, cell by cell.
pub(crate) struct PlainRows<'m, R> {
    pieces: Pieces<R>,
    /// The place in the current piece.
    at: usize,
    section: PlainSection,
    lookup: &'m CellLookup,
    /// How many cells were given.
    given: u64,
}

/// What the reading stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlainSection {
    Head,
    Data,
    Row,
    /// Behind the end of the data.
    End,
    /// Before something that is not plain.
    Other,
}

impl PlainSection {
    /// Whether no cell comes any more.
    fn is_last(self) -> bool {
        match self {
            PlainSection::End | PlainSection::Other => true,
            PlainSection::Head | PlainSection::Data | PlainSection::Row => false,
        }
    }
}

impl<'m, R: Read> PlainRows<'m, R> {
    pub(crate) fn new(part: R, lookup: &'m CellLookup) -> PlainRows<'m, R> {
        PlainRows { pieces: Pieces::new(part), at: 0, section: PlainSection::Head, lookup, given: 0 }
    }

    /// The next cell. None behind the last one, and before one that is not plain.
    pub(crate) fn next(&mut self) -> Option<PlainCell<'m>> {
        loop {
            match self.step() {
                Some(PlainStep::Cell(cell)) => {
                    self.given += 1;
                    return Some(cell);
                }
                Some(PlainStep::Section(section)) => {
                    self.section = section;
                    if section.is_last() {
                        return None;
                    }
                }
                None => {
                    self.section = PlainSection::Other;
                    return None;
                }
            }
        }
    }

    /// How many cells were given before something that is not plain; none if all of the sheet is plain.
    pub(crate) fn left_at(&self) -> Option<u64> {
        (self.section != PlainSection::End).then_some(self.given)
    }

    /// Takes the next tag; nothing if it is not plain.
    fn step(&mut self) -> Option<PlainStep<'m>> {
        if self.section.is_last() {
            return Some(PlainStep::Section(self.section));
        }
        let piece = self.pieces.piece();
        let mut text = Cursor { bytes: piece.get(self.at..)? };
        if self.section != PlainSection::Head {
            text.skip_space();
        }
        if text.bytes.is_empty() {
            self.at = 0;
            return self.pieces.advance().ok()?.then_some(PlainStep::Section(self.section));
        }
        let step = match self.section {
            PlainSection::Head => text.head().map(|()| PlainStep::Section(PlainSection::Data)),
            PlainSection::Row if text.take(b"</row>") => Some(PlainStep::Section(PlainSection::Data)),
            PlainSection::Row => text.cell(self.lookup).map(PlainStep::Cell),
            PlainSection::Data if text.take(b"</sheetData>") => Some(PlainStep::Section(PlainSection::End)),
            PlainSection::Data => {
                text.row().map(|open| PlainStep::Section(if open { PlainSection::Row } else { PlainSection::Data }))
            }
            PlainSection::End | PlainSection::Other => None,
        };
        self.at = piece.len() - text.bytes.len();
        step
    }
}

enum PlainStep<'m> {
    Cell(PlainCell<'m>),
    Section(PlainSection),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes before the rows, as Excel writes it.
    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet xmlns="main" xmlns:x14ac="ac" mc:Ignorable="x14ac xr" xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr/>
        <dimension ref="A1:C9"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><cols><col min="1" max="3"/></cols>"#;

    /// The places and values of the plain cells, and how many there are before something that is not plain.
    fn read(rows: &str) -> (Vec<String>, Option<u64>) {
        let lookup = CellLookup::with_strings(&["张三", "李四"]);
        let part = format!("{HEAD}<sheetData>{rows}</sheetData><pageMargins/></worksheet>");
        let mut plain = PlainRows::new(part.as_bytes(), &lookup);
        let mut cells = Vec::new();
        while let Some(((row, column), value)) = plain.next() {
            cells.push(format!("{row} {column} {}", calamine::Data::from(value)));
        }
        assert!(plain.next().is_none(), "a cell behind the end");
        (cells, plain.left_at())
    }

    #[test]
    fn what_common_programs_write_is_plain_to_its_end() {
        let excel = r#"<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="0"><v>-1.5</v></c></row>"#;
        let wps = r#"<row r="2" ht="20" customHeight="1" spans="1:3"><c r="A2" s="1"><v>45207</v></c></row>"#;
        let libreoffice = r#"<row r="3" customFormat="false" ht="15" hidden="false" outlineLevel="0" collapsed="false"><c r="A3" s="0" t="n"><v>1E-3</v></c></row>"#;
        let openpyxl = r#"<row r="4"><c r="A4" t="inlineStr"><is><t>王五</t></is></c></row>"#;
        let poi = "<row r=\"5\">\n  <c r=\"AA5\" t=\"s\" s=\"1\"><v>1</v></c><c r=\"AB5\" t=\"b\"><v>1</v></c>\n</row><row r=\"6\"/>";
        let expected = ["0 0 张三", "0 1 ", "0 2 -1.5", "1 0 45207", "2 0 0.001", "3 0 王五", "4 26 李四", "4 27 true"];
        let rows = [excel, wps, libreoffice, openpyxl, poi].concat();
        assert_eq!(read(&rows), (expected.map(str::to_owned).to_vec(), None));
        assert_eq!(read(""), (Vec::new(), None));
    }

    #[test]
    fn it_stops_before_what_is_not_plain() {
        let odd = [
            r#"<c r="B1" t="str"><v>a</v></c>"#,
            r#"<c r="B1"><f>A1</f><v>1</v></c>"#,
            r#"<c r="B1" t="s"><v>2</v></c>"#,
            r#"<c r="B1" s="2"><v>1</v></c>"#,
            r#"<c r="B1"><v>一</v></c>"#,
            r#"<c r="b1"><v>1</v></c>"#,
            r#"<c s="1" r="B1"><v>1</v></c>"#,
            r#"<c r="B1" t="inlineStr"><is><t>a&amp;b</t></is></c>"#,
            "<!-- --><c r=\"B1\"><v>1</v></c>",
            "</sheetData>",
        ];
        for cell in odd {
            let rows = format!(r#"<row r="1"><c r="A1"><v>7</v></c>{cell}</row>"#);
            assert_eq!(read(&rows), (vec!["0 0 7".to_owned()], Some(1)), "{cell}");
        }
        for row in ["<row>", "<row r=\"0\">", "<row r=\"1\" r=\"2\">", "<x:row r=\"1\">", "a<row r=\"1\">"] {
            assert_eq!(read(&format!("{row}<c r=\"A1\"><v>7</v></c></row>")), (Vec::new(), Some(0)), "{row}");
        }
    }
}
