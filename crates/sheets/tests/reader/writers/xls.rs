//! xls: the records of BIFF 8 in a compound file.

use super::{Book, Sheet, Value, ole};

/// The most bytes of a record.
const MOST: usize = 8224;
/// The cell formats: General, and that of dates.
const GENERAL: u16 = 15;
const DATE: u16 = 16;

/// The bytes of the workbook.
pub fn write(book: &Book) -> Vec<u8> {
    ole::write("Workbook", &stream(book))
}

/// The workbook's stream, as it stands in its container.
pub fn stream(book: &Book) -> Vec<u8> {
    let texts = book.texts();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|sheet| substream(book, sheet, &texts)).collect();
    // Where the sheets begin is known once the length of what stands before them is.
    let mut start = globals(book, &texts, &vec![0; sheets.len()]).len();
    let mut starts = Vec::new();
    for sheet in &sheets {
        starts.push(start as u32);
        start += sheet.len();
    }
    [globals(book, &texts, &starts), sheets.concat()].concat()
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    assert!(data.len() <= MOST);
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// The bytes of 16-bit numbers.
fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn beginning(kind: u16) -> Vec<u8> {
    record(0x0809, &shorts(&[0x0600, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0]))
}

fn globals(book: &Book, texts: &[&str], starts: &[u32]) -> Vec<u8> {
    let mut globals = beginning(0x0005);
    globals.extend(record(0x0042, &shorts(&[1200])));
    globals.extend(record(0x003D, &shorts(&[0, 0, 0x4000, 0x2000, 0x38, 0, 0, 1, 600])));
    globals.extend(record(0x0022, &shorts(&[u16::from(book.is_1904)])));
    for _ in 0..4 {
        globals.extend(record(
            0x0031,
            &[&shorts(&[200, 0, 0x7FFF, 400, 0])[..], &[0, 0, 134, 0, 5, 0], b"Arial"].concat(),
        ));
    }
    globals.extend(record(0x041E, &[&shorts(&[164, 10])[..], &[0], b"yyyy-mm-dd"].concat()));
    for format in 0..=DATE {
        // All but the last two are formats of styles.
        let (kind, number) = match format {
            DATE => (1, 164),
            GENERAL => (1, 0),
            _ => (0xFFF5, 0),
        };
        globals.extend(record(0x00E0, &[&shorts(&[0, number, kind])[..], &[0x20, 0, 0, 0], &[0; 10]].concat()));
    }
    globals.extend(record(0x0293, &[0x00, 0x80, 0, 0xFF]));
    for (sheet, start) in book.sheets.iter().zip(starts) {
        let state = u16::from(sheet.hidden);
        globals
            .extend(record(0x0085, &[&start.to_le_bytes()[..], &shorts(&[state]), &short_text(&sheet.name)].concat()));
    }
    globals.extend(strings(book, texts));
    globals.extend(record(0x000A, &[]));
    globals
}

fn short_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [&[units.len() as u8, 1], &shorts(&units)[..]].concat()
}

/// The list of texts; a text that has no room left begins a continuing record.
fn strings(book: &Book, texts: &[&str]) -> Vec<u8> {
    let uses = book.sheets.iter().flat_map(|sheet| &sheet.cells).filter(|cell| matches!(cell.2, Value::Text(_)));
    let mut data = (uses.count() as u32).to_le_bytes().to_vec();
    data.extend((texts.len() as u32).to_le_bytes());
    let (mut kind, mut records) = (0x00FC, Vec::new());
    for text in texts {
        let units: Vec<u16> = text.encode_utf16().collect();
        let text = [&shorts(&[units.len() as u16])[..], &[1], &shorts(&units)].concat();
        if data.len() + text.len() > MOST {
            records.extend(record(kind, &data));
            (kind, data) = (0x003C, Vec::new());
        }
        data.extend(text);
    }
    records.extend(record(kind, &data));
    records
}

fn substream(book: &Book, sheet: &Sheet, texts: &[&str]) -> Vec<u8> {
    let mut records = beginning(0x0010);
    let (rows, columns) = sheet.size();
    let size = [&[0; 4], &rows.to_le_bytes()[..], &shorts(&[0, columns, 0])].concat();
    records.extend(record(0x0200, &size));
    for (row, _) in sheet.rows() {
        let hidden = if sheet.hidden_rows.contains(&row) { 0x20 } else { 0 };
        records.extend(record(0x0208, &shorts(&[row as u16, 0, columns, 255, 0, 0, 0x0100 | hidden, GENERAL])));
    }
    for (row, column, value) in &sheet.cells {
        records.extend(cell(book, texts, *row as u16, *column, value));
    }
    records.extend(record(0x023E, &shorts(&[0x06B6, 0, 0, 64, 0, 0, 0, 0, 0])));
    for areas in sheet.merges.chunks(1000) {
        let mut data = shorts(&[areas.len() as u16]);
        for area in areas {
            data.extend(shorts(&[area[0], area[2], area[1], area[3]].map(|number| number as u16)));
        }
        records.extend(record(0x00E5, &data));
    }
    records.extend(record(0x000A, &[]));
    records
}

fn cell(book: &Book, texts: &[&str], row: u16, column: u16, value: &Value) -> Vec<u8> {
    let place = |format: u16| shorts(&[row, column, format]);
    let with = |kind, format, data: &[u8]| record(kind, &[&place(format)[..], data].concat());
    match value {
        Value::Text(text) => {
            let at = texts.iter().position(|listed| listed == text).unwrap() as u32;
            with(0x00FD, GENERAL, &at.to_le_bytes())
        }
        // A small whole number is packed.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => {
            with(0x027E, GENERAL, &(((*number as i32) << 2) | 2).to_le_bytes())
        }
        Value::Number(number) => with(0x0203, GENERAL, &number.to_le_bytes()),
        Value::Date(serial) => with(0x0203, DATE, &book.stored(*serial).to_le_bytes()),
        Value::Flag(flag) => with(0x0205, GENERAL, &[u8::from(*flag), 0]),
        Value::Error => with(0x0205, GENERAL, &[0x2A, 1]),
        Value::Formula(result) => {
            let number = result.to_le_bytes();
            let formula = [&number[..], &[0; 6], &[9, 0, 0x1F], &number].concat();
            with(0x0006, GENERAL, &formula)
        }
        Value::Failed => {
            let formula = [&[2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF], &[0; 6][..], &[3, 0, 0x21, 10, 0]].concat();
            with(0x0006, GENERAL, &formula)
        }
    }
}
