//! Records of an .xls sheet that its parser passes over, or that would be lost.

use sheets::{Fault, Remark};

use crate::writers::xls;
use crate::written::{Seen, alone, book, cells_of, expected, here, read};

/// An xls workbook of one sheet with these records behind a text in A1.
fn xls_with(records: &[u8]) -> Vec<u8> {
    let stream = xls::stream(&alone());
    let end = stream.len() - 4;
    crate::writers::ole::write("Workbook", &[&stream[..end], records, &stream[end..]].concat())
}

#[test]
fn a_formula_of_an_xls_file_whose_text_is_not_there_has_no_value() {
    let formula = |row: u8| {
        let head = [row, 0, 1, 0, 15, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        xls::record(0x0006, &[&head[..], &[0; 6], &[3, 0, 0x21, 10, 0]].concat())
    };
    let text = xls::record(0x0207, &[1, 0, 1, 0x59, 0x4E]);
    let records = [formula(1), formula(2), text].concat();
    let expected = ["A1 甲", "B2 no value", "B3 乙"];
    assert_eq!(cells_of(&xls_with(&records)), Ok(expected.map(str::to_string).to_vec()));
}

#[test]
fn what_would_be_lost_from_an_xls_sheet_is_a_fault() {
    let label = |column: u8, at: u8| xls::record(0x00FD, &[0, 0, column, 0, 15, 0, at, 0, 0, 0]);
    let (sheet, cell) = here("B1");
    assert_eq!(cells_of(&xls_with(&label(1, 1))), Err(Fault::StringMissing { sheet, cell }));
    let (sheet, cell) = here("A1");
    assert_eq!(cells_of(&xls_with(&label(0, 0))), Err(Fault::CellOrder { sheet, cell }));
    // The list of texts says that it has two, and has one.
    let bytes = xls_with(&label(1, 1));
    let counts = [1_u32, 1].map(u32::to_le_bytes).concat();
    let at = bytes.windows(13).position(|window| window[..8] == counts[..] && window[8..] == [1, 0, 1, 0x32, 0x75]);
    let mut lying = bytes.clone();
    lying[at.unwrap() + 4] = 2;
    let (sheet, cell) = here("B1");
    assert_eq!(cells_of(&lying), Err(Fault::StringMissing { sheet, cell }));
}

#[test]
fn an_xls_sheet_without_its_end_or_with_an_absurd_size_is_told() {
    let stream = xls::stream(&book());
    let cut = crate::writers::ole::write("Workbook", &stream[..stream.len() - 4]);
    let (sheet, after) = ("备查".to_string(), None);
    assert_eq!(read(&cut), Err(Fault::DamagedSheet { sheet, after }));
    // A full sheet is nothing to reserve memory for.
    let size = xls::record(0x0200, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(cells_of(&xls_with(&size)), Ok(vec!["A1 甲".to_string()]));
}

#[test]
fn biff_5_is_read_in_its_code_page_and_without_one_as_gbk() {
    let workbook = |code_page: &[u8]| {
        let begin = |kind: u8| xls::record(0x0809, &[0, 5, kind, 0, 0, 0, 0, 0]);
        let label = xls::record(0x0204, &[0, 0, 0, 0, 0, 0, 4, 0, 0xD3, 0xEF, 0xCE, 0xC4]);
        let start = begin(5).len() + code_page.len() + 15 + 4;
        let bound = xls::record(0x0085, &[start as u8, 0, 0, 0, 0, 0, 4, 0xCC, 0xA8, 0xD5, 0xCB]);
        let end = xls::record(0x000A, &[]);
        let stream = [begin(5), code_page.to_vec(), bound, end.clone(), begin(16), label, end].concat();
        crate::writers::ole::write("Book", &stream)
    };
    let sheets = vec![("台账".to_string(), false, vec!["A1 语文".to_string()])];
    let named = Seen { sheets: sheets.clone(), remarks: vec![] };
    assert_eq!(read(&workbook(&xls::record(0x0042, &936_u16.to_le_bytes()))), Ok(named));
    assert_eq!(read(&workbook(&[])), Ok(Seen { sheets, remarks: vec![Remark::NoCodePage] }));
}

#[test]
fn biff_8_is_read_as_utf_16_whatever_its_code_page_says() {
    let mut stream = xls::stream(&book());
    let at = stream.windows(6).position(|window| window == [0x42, 0, 2, 0, 0xB0, 4]).unwrap();
    stream[at + 4..at + 6].copy_from_slice(&1252_u16.to_le_bytes());
    assert_eq!(read(&crate::writers::ole::write("Workbook", &stream)), Ok(expected()));
}
