//! Writes the seeds of the binary formats, which no text editor makes: `cargo run --example seeds`. The other seeds
//! are written by hand.

use std::fs;
use std::path::Path;

use jiaoyan_fuzz::checks::package::{Part, pack, unpack};
use jiaoyan_fuzz::mutate::container::{container_of, stream_of};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../tests/data");
    let save = |name: &str, bytes: Option<Vec<u8>>| {
        let path = root.join("seeds").join(name);
        fs::write(path, bytes.expect("a file that can be built")).expect("the seed");
    };
    save("xlsx/cells.xlsx", pack(&xlsx(CELLS, STRINGS)));
    save("xlsx/merged.xlsx", pack(&xlsx(MERGED, STRINGS)));
    save("xlsx/far.xlsx", pack(&xlsx(FAR, STRINGS)));
    save("xlsx/promise.xlsx", pack(&xlsx(CELLS, r#"<sst uniqueCount="4000000000"><si/></sst>"#)));
    save("xlsx/twice.xlsx", pack(&xlsx(TWICE, STRINGS)));
    save("xlsx/entities.xlsx", pack(&xlsx(r#"<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>"#, STRINGS)));
    save("xlsb/cells.xlsb", pack(&xlsb(&[])));
    save("xlsb/merged.xlsb", pack(&xlsb(&[xlsb_record(0xB0, &words(&[0, 1, 0, 0]))])));
    save("ods/ledger.ods", small_ods(&fs::read(data.join("ledger.ods")).expect("the fixture")));
    save("ods/repeated.ods", pack(&ods(REPEATED)));
    save("ods/gaps.ods", pack(&ods(GAPS)));
    save("ods/open.ods", pack(&ods(r#"<table:table table:name="a"><table:table-row>"#)));
    let ledger = fs::read(data.join("ledger.xls")).expect("the fixture");
    save("xls/ledger.xls", stream_of(&ledger).and_then(container_of));
    save("xls/cells.xls", container_of(xls(0x0600, &biff_cells())));
    save("xls/biff5.xls", container_of(xls(0x0500, &biff5_cells())));
    save("xls/no-end.xls", container_of(xls(0x0600, &[number(0, 0)])));
}

const STRINGS: &str = r#"<sst count="3" uniqueCount="3"><si><t>姓名</t></si><si><t>学时</t></si>
<si><r><t>张</t></r><r><rPr/><t xml:space="preserve">三 </t></r><rPh sb="0"><t>x</t></rPh></si></sst>"#;
const CELLS: &str = r#"<worksheet><dimension ref="A1:F4"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>
<c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1.5</v></c><c r="C2" s="1"><v>45207</v></c>
<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2" t="inlineStr"><is><t>a &amp; b_x000D_</t></is></c></row>
<row r="4" hidden="1"><c r="A4"><f>1+1</f></c><c r="B4" t="str"><f t="shared" ref="B4:B5" si="0">A1</f><v>x</v></c>
<c r="C4" t="d"><v>2023-10-08T00:00:00</v></c></row></sheetData></worksheet>"#;
const MERGED: &str = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c/><c><v>1</v></c></row><row r="3"><c r="B3"><v>7</v></c></row>
</sheetData><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B3:XFD1048576"/></mergeCells></worksheet>"#;
const FAR: &str = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>
</sheetData></worksheet>"#;
const TWICE: &str =
    r#"<worksheet><sheetData><row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row></sheetData></worksheet>"#;
const REPEATED: &str = r#"<table:table table:name="a"><table:table-column table:number-columns-repeated="16384"/>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="3" office:value-type="float"
office:value="1.5"><text:p>1.5</text:p></table:table-cell></table:table-row></table:table>"#;
const GAPS: &str = r#"<table:table table:name="a"> <table:table-row> <table:table-cell office:value-type="string"
table:number-rows-spanned="2"><text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2023-10-08"/> <table:table-cell office:value-type="time"
office:time-value="PT1H"/> </table:table-row> <table:table-row> <table:covered-table-cell/> <table:table-cell table:formula="of:=NA()"
office:value-type="boolean" office:boolean-value="true"/> </table:table-row> </table:table><table:table table:name="b"/>"#;

fn part(name: &str, bytes: impl Into<Vec<u8>>) -> Part {
    (name.to_owned(), bytes.into())
}

fn relationships(of: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    format!("<Relationships>{}</Relationships>", of.iter().map(one).collect::<String>())
}

fn xlsx(sheet: &str, strings: &str) -> Vec<Part> {
    let styles = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/></numFmts>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let workbook = r#"<workbook><workbookPr date1904="0"/><sheets><sheet name="台账" sheetId="1" r:id="r1"/>
<sheet name="备查" sheetId="2" state="hidden" r:id="r2"/></sheets><definedNames><definedName name="a">台账!$A$1</definedName>
</definedNames></workbook>"#;
    let second = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#;
    let targets = [
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "worksheet", "/xl/worksheets/sheet2.xml"),
        ("r3", "sharedStrings", "sharedStrings.xml"),
        ("r4", "styles", "styles.xml"),
    ];
    vec![
        part("_rels/.rels", relationships(&[("r", "officeDocument", "xl/workbook.xml")])),
        part("xl/workbook.xml", workbook),
        part("xl/_rels/workbook.xml.rels", relationships(&targets)),
        part("xl/styles.xml", styles),
        part("xl/sharedStrings.xml", strings),
        part("xl/worksheets/sheet1.xml", sheet),
        part("xl/worksheets/sheet2.xml", second),
    ]
}

fn ods(tables: &str) -> Vec<Part> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    vec![
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part("META-INF/manifest.xml", "<manifest:manifest/>"),
        part("content.xml", content),
    ]
}

/// A package without the parts that nobody reads.
fn small_ods(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts = unpack(bytes)?;
    parts.retain(|(name, _)| ["mimetype", "META-INF/manifest.xml", "content.xml"].contains(&name.as_str()));
    pack(&parts)
}

/// A record of an xlsb part, with less than 128 bytes of data.
fn xlsb_record(kind: u32, data: &[u8]) -> Vec<u8> {
    let kind = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    [&kind[..], &[data.len() as u8], data].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = (units.len() as u32).to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// A package with these records behind the cells of its first sheet.
fn xlsb(behind: &[Vec<u8>]) -> Vec<Part> {
    let bundle =
        |hidden: u32, id: &str, name: &str| xlsb_record(0x9C, &[words(&[hidden, 1]), wide(id), wide(name)].concat());
    let workbook = [
        xlsb_record(0x83, &[]),
        xlsb_record(0x99, &[0; 12]),
        bundle(0, "r1", "台账"),
        bundle(1, "r2", "备查"),
        xlsb_record(0x90, &[]),
        xlsb_record(0x9D, &[0; 4]),
        xlsb_record(0x84, &[]),
    ];
    let text = |text: &str| xlsb_record(0x13, &[vec![0], wide(text)].concat());
    let strings = [xlsb_record(0x9F, &words(&[2, 2])), text("姓名"), text("张三"), xlsb_record(0xA0, &[])];
    let format = |id: u16| xlsb_record(0x2F, &[vec![0, 0], id.to_le_bytes().to_vec(), vec![0; 12]].concat());
    let styles = [xlsb_record(0x269, &words(&[2])), format(0), format(14), xlsb_record(0x26A, &[])];
    let targets = [("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "worksheet", "worksheets/sheet2.bin")];
    vec![
        part("_rels/.rels", relationships(&[("r", "officeDocument", "xl/workbook.bin")])),
        part("xl/workbook.bin", workbook.concat()),
        part("xl/_rels/workbook.bin.rels", relationships(&targets)),
        part("xl/styles.bin", styles.concat()),
        part("xl/sharedStrings.bin", strings.concat()),
        part("xl/worksheets/sheet1.bin", xlsb_sheet(behind)),
        part("xl/worksheets/sheet2.bin", xlsb_sheet(&[])),
    ]
}

/// A sheet with one cell of each kind.
fn xlsb_sheet(behind: &[Vec<u8>]) -> Vec<u8> {
    let cell = |kind: u32, column: u32, style: u32, value: &[u8]| {
        xlsb_record(kind, &[words(&[column, style]), value.to_vec()].concat())
    };
    let row = |row: u32| xlsb_record(0, &[words(&[row, 0]), vec![0; 8]].concat());
    let rows = [
        row(0),
        cell(7, 0, 0, &words(&[0])),
        cell(6, 1, 0, &wide("学时")),
        row(2),
        cell(7, 0, 0, &words(&[1])),
        cell(5, 1, 1, &45207.0_f64.to_le_bytes()),
        cell(2, 2, 0, &words(&[(150 << 2) | 3])),
        cell(4, 3, 0, &[1]),
        cell(3, 4, 0, &[0x2A]),
        cell(1, 5, 0, &[]),
        cell(9, 6, 0, &[&1.5_f64.to_le_bytes()[..], &[0, 0], &words(&[0, 0])].concat()),
    ];
    let begin = [xlsb_record(0x81, &[]), xlsb_record(0x94, &words(&[0, 2, 0, 6])), xlsb_record(0x91, &[])];
    let end = [xlsb_record(0x92, &[]), behind.concat(), xlsb_record(0x82, &[])];
    [begin.concat(), rows.concat(), end.concat()].concat()
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

fn place(row: u16, column: u16, style: u16) -> Vec<u8> {
    [row, column, style].into_iter().flat_map(u16::to_le_bytes).collect()
}

fn number(row: u16, column: u16) -> Vec<u8> {
    record(0x0203, &[place(row, column, 0), 1.5_f64.to_le_bytes().to_vec()].concat())
}

/// A workbook stream with one worksheet of these records.
fn xls(version: u16, sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[&version.to_le_bytes()[..], &[kind, 0], &[0; 12]].concat());
    let wide_flag: &[u8] = if version == 0x0600 { &[0] } else { &[] };
    let bound = |start: u32| record(0x85, &[&start.to_le_bytes()[..], &[0, 0, 1], wide_flag, b"S"].concat());
    let format = |id: u16| record(0xE0, &[&[0, 0][..], &id.to_le_bytes(), &[0; 16]].concat());
    let text = [&2_u16.to_le_bytes()[..], &[1], &[0x20, 0x5F, 0x09, 0x4E]].concat();
    let rich = [&1_u16.to_le_bytes()[..], &[8, 1, 0], b"a", &[0, 0, 0, 0]].concat();
    let strings = record(0xFC, &[words(&[2, 2]), text, rich].concat());
    let date = record(0x22, &[1, 0]);
    let globals =
        |start| [begin(5), date.clone(), format(0), format(14), bound(start), strings.clone(), record(0x0A, &[])];
    let start = globals(0).concat().len() as u32;
    [globals(start).concat(), begin(16), sheet.concat()].concat()
}

fn biff_cells() -> Vec<Vec<u8>> {
    let label = |row, column, index: u32| record(0xFD, &[place(row, column, 0), words(&[index])].concat());
    let formula =
        |column, value: [u8; 8]| record(0x06, &[place(3, column, 0), value.to_vec(), vec![0; 6], vec![0, 0]].concat());
    vec![
        record(0x0200, &[words(&[0, 9]), vec![0, 0, 9, 0, 0, 0]].concat()),
        label(0, 0, 0),
        label(0, 1, 1),
        number(1, 0),
        record(0x027E, &[place(1, 1, 1), words(&[(45207 << 2) | 2])].concat()),
        record(0x0205, &[place(1, 2, 0), vec![1, 0]].concat()),
        record(0x0205, &[place(1, 3, 0), vec![0x2A, 1]].concat()),
        record(0xBD, &[vec![2, 0, 0, 0], vec![0, 0], words(&[6]), vec![0, 0], words(&[10]), vec![1, 0]].concat()),
        record(0x0204, &[place(2, 5, 0), vec![1, 0, 0, b'x']].concat()),
        formula(0, 2.5_f64.to_le_bytes()),
        formula(1, [0, 0, 0, 0, 0, 0, 255, 255]),
        record(0x0207, &[1, 0, 0, b'y']),
        formula(2, [2, 0, 0x2A, 0, 0, 0, 255, 255]),
        formula(3, [3, 0, 0, 0, 0, 0, 255, 255]),
        record(0x0A, &[]),
    ]
}

fn biff5_cells() -> Vec<Vec<u8>> {
    let text = encoding_rs::GBK.encode("学时").0.into_owned();
    vec![
        record(0x0200, &[0, 0, 2, 0, 0, 0, 2, 0, 0, 0]),
        record(0x0204, &[place(0, 0, 0), vec![4, 0], text].concat()),
        number(1, 1),
        record(0x0A, &[]),
    ]
}
