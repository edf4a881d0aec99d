//! xlsb: a zip package with the sheets as binary records.

use super::{Book, Sheet, Value, package};

/// The cell formats: General, and that of dates.
const GENERAL: u32 = 0;
const DATE: u32 = 1;

/// The bytes of the workbook.
pub fn write(book: &Book) -> Vec<u8> {
    with_sheets(book, |sheet| sheet_part(book, sheet))
}

/// A workbook whose sheets have the parts that a closure makes.
pub fn with_sheets(book: &Book, part: impl Fn(&Sheet) -> Vec<u8>) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
    const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let numbers = 1..=book.sheets.len();
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let mut links: String = numbers
        .clone()
        .map(|number| link(&format!("rId{number}"), "worksheet", &format!("worksheets/sheet{number}.bin")))
        .collect();
    links += &link("rIdS", "styles", "styles.bin");
    links += &link("rIdT", "sharedStrings", "sharedStrings.bin");
    let kind = |part: &str, kind: &str| {
        format!(r#"<Override PartName="/xl/{part}.bin" ContentType="application/vnd.ms-excel.{kind}"/>"#)
    };
    let mut kinds: String =
        numbers.clone().map(|number| kind(&format!("worksheets/sheet{number}"), "worksheet")).collect();
    kinds += &kind("styles", "styles");
    kinds += &kind("sharedStrings", "sharedStrings");
    let root = link("rId1", "officeDocument", "xl/workbook.bin");
    let sheets: Vec<(String, Vec<u8>)> =
        numbers.map(|number| format!("xl/worksheets/sheet{number}.bin")).zip(book.sheets.iter().map(part)).collect();
    let texts = [
        format!(
            r#"<Types xmlns="{TYPES}"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>"#
        ),
        format!(r#"<Relationships xmlns="{LINKS}">{root}</Relationships>"#),
        format!(r#"<Relationships xmlns="{LINKS}">{links}</Relationships>"#),
    ];
    let (workbook, styles, strings) = (workbook(book), styles(), strings(book));
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", texts[0].as_bytes()),
        ("_rels/.rels", texts[1].as_bytes()),
        ("xl/_rels/workbook.bin.rels", texts[2].as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
    ];
    parts.extend(sheets.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    package(&parts)
}

/// Kind and length take seven bits a byte, low ones first.
pub fn record(kind: u32, data: &[u8]) -> Vec<u8> {
    [number(kind), number(data.len() as u32), data.to_vec()].concat()
}

fn number(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The bytes of 32-bit numbers.
pub fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [words(&[units.len() as u32]), units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat()
}

fn workbook(book: &Book) -> Vec<u8> {
    let mut records =
        [record(0x83, &[]), record(0x99, &words(&[u32::from(book.is_1904), 0, 0])), record(0x8F, &[])].concat();
    for (number, sheet) in (1..).zip(&book.sheets) {
        let head = words(&[u32::from(sheet.hidden), number]);
        records.extend(record(0x9C, &[head, text(&format!("rId{number}")), text(&sheet.name)].concat()));
    }
    records.extend([record(0x90, &[]), record(0x84, &[])].concat());
    records
}

fn styles() -> Vec<u8> {
    let one = words(&[1]);
    let font = [&[200, 0, 0, 0, 0x90, 1, 0, 0, 0, 2, 134, 0, 7, 1, 0, 0, 0, 0, 0, 0xFF, 0][..], &text("宋体")].concat();
    let fill = [words(&[0]), vec![0; 64]].concat();
    let border = vec![0; 51];
    let format = |number: u8, parent: u8| vec![parent, parent, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 16, 1, 0];
    [
        record(0x116, &[]),
        record(0x267, &one),
        record(0x2C, &[&[164, 0][..], &text("yyyy-mm-dd")].concat()),
        record(0x268, &[]),
        record(0x263, &one),
        record(0x2B, &font),
        record(0x264, &[]),
        record(0x25B, &one),
        record(0x2D, &fill),
        record(0x25C, &[]),
        record(0x265, &one),
        record(0x2E, &border),
        record(0x266, &[]),
        record(0x272, &one),
        record(0x2F, &format(0, 0xFF)),
        record(0x273, &[]),
        record(0x269, &words(&[2])),
        record(0x2F, &format(0, 0)),
        record(0x2F, &format(164, 0)),
        record(0x26A, &[]),
        record(0x117, &[]),
    ]
    .concat()
}

fn strings(book: &Book) -> Vec<u8> {
    let texts = book.texts();
    let count = texts.len() as u32;
    let items: Vec<u8> = texts.iter().flat_map(|item| record(0x13, &[vec![0], text(item)].concat())).collect();
    [record(0x9F, &words(&[count, count])), items, record(0xA0, &[])].concat()
}

/// A sheet as records.
pub fn sheet_part(book: &Book, sheet: &Sheet) -> Vec<u8> {
    let texts = book.texts();
    let (rows, columns) = sheet.size();
    let last = [rows.saturating_sub(1), u32::from(columns.saturating_sub(1))];
    let mut records = [record(0x81, &[]), record(0x94, &words(&[0, last[0], 0, last[1]])), record(0x91, &[])].concat();
    for (row, cells) in sheet.rows() {
        records.extend(row_record(row, sheet.hidden_rows.contains(&row)));
        for (column, value) in cells {
            records.extend(cell(book, &texts, column.into(), value));
        }
    }
    records.extend(record(0x92, &[]));
    if !sheet.merges.is_empty() {
        records.extend(record(0xB1, &words(&[sheet.merges.len() as u32])));
        for area in &sheet.merges {
            records.extend(record(0xB0, &words(&[area[0], area[2], area[1], area[3]])));
        }
        records.extend(record(0xB2, &[]));
    }
    records.extend(record(0x82, &[]));
    records
}

pub fn row_record(row: u32, hidden: bool) -> Vec<u8> {
    let flags = [0x2C, 1, 0, if hidden { 0x10 } else { 0 }, 0];
    record(0x00, &[words(&[row, 0]), flags.to_vec(), words(&[0])].concat())
}

fn cell(book: &Book, texts: &[&str], column: u32, value: &Value) -> Vec<u8> {
    let with = |kind, format, data: &[u8]| record(kind, &[&words(&[column, format])[..], data].concat());
    // Flags, the formula and its length, and the length of what else it needs.
    let formula = |tokens: &[u8]| [&[0, 0][..], &words(&[tokens.len() as u32]), tokens, &words(&[0])].concat();
    match value {
        Value::Text(text) => {
            let at = texts.iter().position(|listed| listed == text).unwrap() as u32;
            with(0x07, GENERAL, &at.to_le_bytes())
        }
        // A small whole number is packed.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => {
            with(0x02, GENERAL, &(((*number as i32) << 2) | 2).to_le_bytes())
        }
        Value::Number(number) => with(0x05, GENERAL, &number.to_le_bytes()),
        Value::Date(serial) => with(0x05, DATE, &book.stored(*serial).to_le_bytes()),
        Value::Flag(flag) => with(0x04, GENERAL, &[u8::from(*flag)]),
        Value::Error => with(0x03, GENERAL, &[0x2A]),
        Value::Formula(result) => {
            let number = result.to_le_bytes();
            with(0x09, GENERAL, &[&number[..], &formula(&[&[0x1F][..], &number].concat())].concat())
        }
        Value::Failed => with(0x0B, GENERAL, &[&[0x2A][..], &formula(&[0x21, 10, 0])].concat()),
    }
}
