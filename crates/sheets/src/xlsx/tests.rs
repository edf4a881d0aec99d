//! Whatever a sheet's part holds, its plain rows and what calamine reads behind them are what calamine alone reads.

#[path = "../../tests/reader/packages/mod.rs"]
mod packages;

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Reader, Xlsx};
use proptest::prelude::*;

use crate::rows::value::Epoch;
use crate::{Fault, Workbook};
use packages::with_parts;

const STRINGS: &[u8] =
    "<sst uniqueCount=\"4\"><si><t>张三</t></si><si><t/></si><si><r><t>李</t></r><r><t>四</t></r></si>\
    <si><t xml:space=\"preserve\"> _x000D_a&amp;b</t></si></sst>"
        .as_bytes();
const STYLES: &[u8] = br#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>
    <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="46"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn workbook(inside: &str) -> Vec<u8> {
    with_strings(inside, STRINGS)
}

fn with_strings(inside: &str, strings: &[u8]) -> Vec<u8> {
    with_parts(&[("台账", inside)], &[("xl/sharedStrings.xml", strings), ("xl/styles.xml", STYLES)])
}

/// The cells of the sheet, each with its place, up to where it cannot be read; and whether it ends well.
type Cells = (Vec<String>, bool);

fn ours(bytes: &[u8]) -> Option<Cells> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("台账.xlsx");
    fs::write(&path, bytes).expect("a file");
    let book = match Workbook::open(&path).map_err(|error| error.fault().clone()) {
        Ok(book) => book,
        // The preflight refuses what calamine would read in part.
        Err(Fault::Damaged | Fault::ForeignDefinitions) => return None,
        Err(fault) => panic!("{fault}"),
    };
    let mut cells = Vec::new();
    let outcome = book.rows(0, &mut |row| {
        cells.extend(row.cells.iter().map(|cell| format!("{} {} {:?}", row.number - 1, cell.column, cell.value)));
        ControlFlow::Continue(())
    });
    match outcome.map_err(|error| error.fault().clone()) {
        // calamine does not mind cells in a strange order.
        Err(Fault::CellOrder { .. } | Fault::CellBeyond { .. }) => None,
        outcome => Some((cells, outcome.is_ok())),
    }
}

/// What calamine alone reads; nothing of the row in which it fails.
fn calamine_s(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let Ok(mut reader) = book.worksheet_cells_reader("台账") else { return (Vec::new(), false) };
    let (mut rows, mut row): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut last, epoch) = (0, Epoch::new(false));
    loop {
        let cell = reader.next_cell_with_formula_metadata();
        let place = cell.as_ref().ok().and_then(|cell| cell.as_ref().map(|cell| cell.pos.0));
        if place.is_some_and(|row| row != last) || matches!(cell, Ok(None)) {
            rows.append(&mut row);
        }
        last = place.unwrap_or(last);
        match cell {
            Ok(Some(cell)) => {
                let value = super::book::with_formula(epoch, cell);
                row.extend(value.1.map(|raw| format!("{} {} {raw:?}", value.0.0, value.0.1)));
            }
            Ok(None) => return (rows, true),
            Err(_) => return (rows, false),
        }
    }
}

/// Cells as programs write them, and as none does.
fn cell() -> impl Strategy<Value = String> {
    let style = prop::sample::select(vec!["", r#" s="1""#, r#" s="2""#, r#" s="9""#, r#" s="x""#]);
    let kind_and_value = prop::sample::select(vec![
        ("", "<v>45207</v>"),
        ("", "<v>-0.5</v>"),
        ("", "<v>1.25E-3</v>"),
        ("", "<v>123456789012345678</v>"),
        ("", "<v>.5</v>"),
        ("", "<v>1.</v>"),
        ("", "<v> 7</v>"),
        ("", "<v>inf</v>"),
        ("", "<v>一</v>"),
        ("", "<v>1<!-- --></v>"),
        ("", "<v></v>"),
        ("", "<v/>"),
        ("", ""),
        (r#" t="n""#, "<v>8</v>"),
        (r#" t="s""#, "<v>0</v>"),
        (r#" t="s""#, "<v>1</v>"),
        (r#" t="s""#, "<v>2</v>"),
        (r#" t="s""#, "<v>3</v>"),
        (r#" t="s""#, "<v>03</v>"),
        (r#" t="s""#, "<v>4</v>"),
        (r#" t="s""#, "<v>-1</v>"),
        (r#" t="b""#, "<v>1</v>"),
        (r#" t="b""#, "<v>true</v>"),
        (r#" t="e""#, "<v>#N/A</v>"),
        (r#" t="str""#, "<v>a&amp;b</v>"),
        (r#" t="d""#, "<v>2023-10-08</v>"),
        (r#" t="inlineStr""#, "<is><t>王五</t></is>"),
        (r#" t="inlineStr""#, "<is><t> 王 五\u{3000}\n</t></is>"),
        (r#" t="inlineStr""#, "<is><t xml:space=\"preserve\"> 王五 </t></is>"),
        (r#" t="inlineStr""#, "<is><t></t></is>"),
        (r#" t="inlineStr""#, "<is><t/></is>"),
        (r#" t="inlineStr""#, "<is><t>a&amp;b</t></is>"),
        (r#" t="inlineStr""#, "<is><t>a_x000D_b\r</t></is>"),
        (r#" t="inlineStr""#, "<is><t>a]]>b</t></is>"),
        (r#" t="inlineStr""#, "<is><r><t>王</t></r><r><t>五</t></r></is>"),
        (r#" t="inlineStr""#, "<is><t>王</t><t>五</t></is>"),
        (r#" t="inlineStr""#, "<v>1</v>"),
        ("", "<is><t>王五</t></is>"),
        (r#" t="str""#, "<f>A1</f><v>x</v>"),
        ("", "<f>A1</f>"),
    ]);
    (style, kind_and_value, 0..8_u8).prop_map(|(style, (kind, value), form)| match (form, value) {
        (0, _) => format!("<c{kind}{style} r=\"PLACE\">{value}</c>"),
        (1, _) => format!("<c r=\"PLACE\"{kind}{style}>\n{value}</c>"),
        (_, "") => format!("<c r=\"PLACE\"{style}{kind}/>"),
        _ => format!("<c r=\"PLACE\"{style}{kind}>{value}</c>"),
    })
}

/// A row, with its cells in columns A, C, E and so on.
fn row() -> impl Strategy<Value = Vec<String>> {
    let plain = || cell().prop_filter("plain", |cell| cell.starts_with("<c r"));
    prop_oneof![3 => prop::collection::vec(plain(), 1..6), 1 => prop::collection::vec(cell(), 0..6)]
}

fn sheet(rows: &[Vec<String>], tag: &str) -> String {
    let mut data = String::new();
    for (number, cells) in (1..).zip(rows) {
        let places = cells.iter().zip(["A", "C", "E", "G", "I", "K"]);
        let cells = places.map(|(cell, column)| cell.replace("PLACE", &format!("{column}{number}")));
        data += &tag.replace("PLACE", &number.to_string()).replace("CELLS", &cells.collect::<String>());
    }
    format!("<dimension ref=\"A1\"/><sheetData>{data}</sheetData>")
}

#[test]
fn a_long_sheet_is_read_on_by_calamine_from_its_first_odd_cell() {
    let plain =
        || vec![r#"<c r="PLACE" s="1"><v>45207</v></c>"#.to_owned(), r#"<c r="PLACE" t="s"><v>0</v></c>"#.to_owned()];
    for odd in ["", r#"<c r="PLACE" t="str"><v>a&amp;b</v></c>"#, r#"<c r="PLACE" t="s"><v>9</v></c>"#] {
        let mut rows: Vec<Vec<String>> = (0..5_000).map(|_| plain()).collect();
        if !odd.is_empty() {
            rows[3_000].push(odd.to_owned());
        }
        let bytes = workbook(&sheet(&rows, r#"<row r="PLACE">CELLS</row>"#));
        let (cells, ends_well) = ours(&bytes).expect("a sheet");
        assert_eq!(
            (cells.len(), ends_well),
            match odd {
                "" => (10_000, true),
                odd if odd.contains("str") => (10_001, true),
                _ => (6_000, false),
            }
        );
        assert_eq!((cells, ends_well), calamine_s(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rows_of_any_shape_are_read_as_calamine_reads_them(
        rows in prop::collection::vec(row(), 0..8),
        tag in prop::sample::select(vec![
            r#"<row r="PLACE">CELLS</row>"#,
            r#"<row r="PLACE" spans="1:12" x14ac:dyDescent="0.25">CELLS</row>"#,
            "<row r=\"PLACE\"/>\n<row r=\"PLACE\">CELLS</row>",
            "<row>CELLS</row>",
            r#"<row r="x">CELLS</row>"#,
            r#"<row r="PLACE" r="9">CELLS</row>"#,
            r#"<!-- r --><row r="PLACE">CELLS</row>"#,
        ]),
    ) {
        let bytes = workbook(&sheet(&rows, tag));
        if let Some(ours) = ours(&bytes) {
            prop_assert_eq!(ours, calamine_s(&bytes));
        }
    }

    #[test]
    fn a_spoilt_sheet_is_read_as_calamine_reads_it(
        rows in prop::collection::vec(row(), 1..6),
        at in any::<prop::sample::Index>(),
        length in 0..4_usize,
        put in prop::sample::select(vec!["", " ", "<", ">", "\"", "/", "1", "a", "=", "<c>", "</row>", "<v>", "&lt;"]),
    ) {
        let mut inside = sheet(&rows, r#"<row r="PLACE">CELLS</row>"#);
        let from = (0..=at.index(inside.len())).rev().find(|at| inside.is_char_boundary(*at)).unwrap_or(0);
        let to = (from + length..=inside.len()).find(|at| inside.is_char_boundary(*at)).unwrap_or(from);
        inside.replace_range(from..to, put);
        let bytes = workbook(&inside);
        if let Some(ours) = ours(&bytes) {
            prop_assert_eq!(ours, calamine_s(&bytes), "{}", inside);
        }
    }

    #[test]
    fn strings_of_any_shape_are_those_of_calamine(
        head in prop::sample::select(vec!["", "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "<!-- <sst> -->"]),
        strings in prop::collection::vec(string(), 0..9),
        end in prop::sample::select(vec!["</sst>", "</sst>\n", " </sst><sst>", "<extLst/></sst>", ""]),
    ) {
        let part = format!("{head}<sst count=\"9\">{}{end}", strings.concat());
        let cells = (0..strings.len()).map(|at| format!(r#"<row r="{0}"><c r="A{0}" t="s"><v>{at}</v></c></row>"#, at + 1));
        let bytes = with_strings(&format!("<sheetData>{}</sheetData>", cells.collect::<String>()), part.as_bytes());
        if let Some(ours) = ours(&bytes) {
            prop_assert_eq!(ours, calamine_s(&bytes), "{}", part);
        }
    }
}

/// Shared strings as programs write them, and as none does.
fn string() -> impl Strategy<Value = String> {
    let strings = [
        "<si><t>张三</t></si>",
        "<si><t> 张 三\n</t></si>",
        "<si><t>\u{a0}张三\u{3000}</t></si>",
        "<si><t xml:space=\"preserve\"> 张三\n</t></si>",
        "<si><t xml:space='preserve'> 张三 </t></si>",
        "<si><t xml:space=\"default\"> 张三 </t></si>",
        "<si><t></t></si>",
        "<si><t/></si>",
        "<si/>",
        "<si></si>",
        "<si>\n<t>张三</t>\n</si>",
        "<si><t>a&amp;b &lt;&#20013;</t></si>",
        "<si><t>a_x000D_b _x005F_</t></si>",
        "<si><t>a\r\nb\rc</t></si>",
        "<si><t>a]]>b</t></si>",
        "<si><r><t>李</t></r><r><rPr><b/></rPr><t>四</t></r></si>",
        "<si><t>王</t><rPh sb=\"0\" eb=\"1\"><t>wang</t></rPh><phoneticPr fontId=\"1\"/></si>",
        "<si><t>王</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>",
        "<si><t>王</t><phoneticPr fontId=\"1\"></phoneticPr></si>",
        "<si><t>一</t><t>二</t></si>",
        "<si><t><![CDATA[</si>]]></t></si>",
        "<si><t>&bad;</t></si>",
        "<si><t>a<b</t></si>",
        "\n<si><t>行</t></si>\n",
        "<si count=\"1\"><t>甲</t></si>",
        "<!-- 注 --><si><t>乙</t></si>",
    ];
    prop::sample::select(strings.map(str::to_owned).to_vec())
}
