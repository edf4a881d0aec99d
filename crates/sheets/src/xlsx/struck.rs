//! Rows that are struck out: an office voids a row so instead of deleting it.
//!
//! Only a workbook with such a font is looked through, in a pass of its own, whatever reads its values.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// In a row of so many cells one may be left out: its number.
const ONE_LEFT: u32 = 4;

/// By style of cells, whether its font is struck out; empty where none is.
pub(crate) fn struck_styles(styles: &[u8]) -> Vec<bool> {
    let mut xml = reader(styles);
    let (mut fonts, mut cells, mut buffer) = (Vec::new(), Vec::new(), Vec::new());
    let (mut in_fonts, mut in_cells) = (false, false);
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "fonts" => in_fonts = true,
                "cellXfs" => in_cells = true,
                "font" if in_fonts => fonts.push(false),
                "strike" if in_fonts => {
                    let is_struck = !matches!(attribute(tag, "val").as_deref(), Some("0" | "false"));
                    fonts.last_mut().into_iter().for_each(|font| *font = is_struck);
                }
                "xf" if in_cells => {
                    let font = attribute(tag, "fontId").and_then(|font| font.parse::<usize>().ok());
                    cells.push(font.and_then(|font| fonts.get(font).copied()).unwrap_or(false));
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "fonts" => in_fonts = false,
                "cellXfs" => in_cells = false,
                _ => {}
            },
            Event::Eof => break,
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::Decl(_) => {}
            Event::PI(_) | Event::DocType(_) | Event::GeneralRef(_) => {}
        }
        buffer.clear();
    }
    if cells.contains(&true) { cells } else { Vec::new() }
}

/// The numbers of the rows of a sheet whose cells are struck out, all but one where there are several. What is damaged is
/// found by whoever reads the values.
pub(crate) fn struck_rows(part: impl BufRead, styles: &[bool]) -> BTreeSet<u32> {
    let mut xml = reader(part);
    let (mut found, mut buffer, mut row) = (BTreeSet::new(), Vec::new(), StruckRow::default());
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => row = row.next(tag),
                "c" => {
                    let style = attribute(tag, "s").and_then(|style| style.parse::<usize>().ok());
                    row.cell = style.is_some_and(|style| styles.get(style) == Some(&true));
                }
                "v" | "is" => row.write(),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "row" && row.is_struck() => {
                found.insert(row.number);
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "row" => row = row.next(tag),
            Event::Eof => break,
            Event::End(_) | Event::Empty(_) | Event::Text(_) | Event::CData(_) | Event::Comment(_) => {}
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::GeneralRef(_) => {}
        }
        buffer.clear();
    }
    found
}

/// A row as it is gone through.
#[derive(Default)]
struct StruckRow {
    number: u32,
    written: u32,
    struck: u32,
    /// Whether the current cell is struck out.
    cell: bool,
}

impl StruckRow {
    fn next(&self, tag: &BytesStart<'_>) -> StruckRow {
        let number = attribute(tag, "r").and_then(|number| number.parse().ok()).unwrap_or(self.number + 1);
        StruckRow { number, ..StruckRow::default() }
    }

    fn write(&mut self) {
        self.written += 1;
        self.struck += u32::from(self.cell);
    }

    fn is_struck(&self) -> bool {
        self.struck > 0
            && (self.struck == self.written || (self.written >= ONE_LEFT && self.struck + 1 == self.written))
    }
}

fn reader<R: Read>(part: R) -> Reader<R> {
    let mut xml = Reader::from_reader(part);
    xml.config_mut().check_end_names = false;
    xml
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = r#"<styleSheet><fonts count="3"><font><sz val="11"/></font><font><strike/><sz val="11"/></font><font><strike val="0"/></font></fonts>
        <cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1" applyFont="1"><alignment/></xf><xf fontId="2"/></cellXfs>
        <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"#;

    #[test]
    fn a_style_is_struck_out_by_its_font() {
        assert_eq!(struck_styles(STYLES.as_bytes()), [false, true, false]);
        assert_eq!(struck_styles(STYLES.replace("<strike/>", "").as_bytes()), Vec::<bool>::new());
    }

    #[test]
    fn a_row_is_struck_out_where_all_that_is_written_is() {
        let cell = |style: u32| format!(r#"<c r="A1" s="{style}"><v>1</v></c>"#);
        let row = |number: u32, styles: &[u32]| {
            let cells: String = styles.iter().map(|style| cell(*style)).collect();
            format!(r#"<row r="{number}">{cells}<c r="Z1" s="0"/></row>"#)
        };
        let rows = [
            row(1, &[0, 0]),
            row(2, &[1, 1]),
            row(3, &[0, 1]),
            row(4, &[0, 1, 1, 1]),
            row(5, &[0, 0, 1, 1]),
            r#"<row r="6"><c s="1" t="inlineStr"><is><t>a</t></is></c></row><row r="7"><c s="1"/></row><row r="8"/>"#
                .to_owned(),
        ];
        let part = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
        let found = struck_rows(part.as_bytes(), &struck_styles(STYLES.as_bytes()));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [2, 4, 6]);
    }
}
