//! What the preflight of xls workbooks sees in streams that are made by hand.

use super::preflight::{XlsFacts, check_sheets, inspect};
use super::records::kind;
use super::sheet_scan::XlsSheetFacts;
use crate::error::Fault;
use crate::format::ForeignKind;

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// A workbook stream with one worksheet `S` that has these records.
fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
    workbook_of(b"S", sheet)
}

/// A workbook stream with worksheets of these names, which all have the same records.
fn workbook_of(names: &[u8], sheet: &[Vec<u8>]) -> Vec<u8> {
    let bof = record(kind::BOF, &[0, 6, 5, 0]);
    let strings = record(kind::STRINGS, &[1, 0, 0, 0, 1, 0, 0, 0]);
    let start = bof.len() + strings.len() + 13 * names.len() + 4;
    let bound = |&name: &u8| record(kind::BOUND_SHEET, &[start as u8, 0, 0, 0, 0, 0, 1, 0, name]);
    let bounds: Vec<u8> = names.iter().flat_map(bound).collect();
    let globals = [bof, strings, bounds, record(kind::EOF, &[])].concat();
    [globals, record(kind::BOF, &[0, 6, 16, 0]), sheet.concat()].concat()
}

fn number(row: u8, column: u8) -> Vec<u8> {
    record(0x0203, &[row, 0, column, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

#[test]
fn a_sound_workbook_passes() {
    let label = record(kind::LABEL_STRING, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let size = record(kind::DIMENSIONS, &[0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 2, 0, 0, 0]);
    let formula = record(kind::FORMULA, &[4, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    let row = record(kind::ROW, &[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]);
    let stream = workbook(&[size, row, label, number(0, 1), formula, record(kind::EOF, &[])]);
    let at = memchr::memmem::find(&stream, &[0, 0, 0, 0, 9, 0]).expect("the size");
    let (sizes, hides) = (std::iter::once(at..at + 14).collect(), true);
    let row_fields = [18 + 20, 18 + 20 + 14, 18 + 20 + 14 + 18].map(|behind| at + behind).to_vec();
    let (labels, formulas, rows) = (vec![(0, 0)], vec![(4, 1)], vec![0, 4]);
    let sheet = XlsSheetFacts { hides, labels, formulas, rows, columns: 2, row_fields, sizes };
    let mut compact = stream.clone();
    assert_eq!(sheet.compact(&mut compact), Ok(()));
    let changed: Vec<usize> = (0..stream.len()).filter(|&at| compact[at] != stream[at]).collect();
    assert_eq!((changed, compact[at + 70]), (vec![at + 4, at + 10, at + 70], 1));
    let facts = XlsFacts { biff8: true, codepage: false, sheets: vec![sheet] };
    assert_eq!(inspect(&stream), Ok(facts));
}

#[test]
fn hidden_rows_and_columns_are_told_from_others() {
    let hides = |hiding: Vec<u8>| {
        let stream = workbook(&[hiding, record(kind::EOF, &[])]);
        inspect(&stream).map(|facts| facts.sheets[0].hides)
    };
    let row = |flags: u8| record(kind::ROW, &[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, flags, 0, 0, 0]);
    let columns = |flags: u8| record(kind::COLUMNS, &[0, 0, 1, 0, 0, 8, 0, 0, flags, 0, 0, 0]);
    assert_eq!([row(0xDF), row(0x20), columns(0xFE), columns(1)].map(hides), [false, true, false, true].map(Ok));
}

#[test]
fn sheets_with_records_in_common_are_damaged() {
    let sheet = [number(0, 0), record(kind::EOF, &[])];
    assert!(inspect(&workbook_of(b"S", &sheet)).is_ok());
    assert_eq!(inspect(&workbook_of(b"ST", &sheet)), Err(Fault::Damaged));
}

#[test]
fn sheets_may_be_as_large_as_one_full_sheet_between_them() {
    let sheet = |first: usize, rows: u16| {
        let row_fields = (first..first + usize::from(rows)).collect();
        XlsSheetFacts { rows: (0..rows).collect(), columns: 256, row_fields, ..XlsSheetFacts::default() }
    };
    assert_eq!(check_sheets(&[sheet(0, 40_000), sheet(40_000, 25_536)]), Ok(()));
    assert_eq!(check_sheets(&[sheet(0, 40_000), sheet(40_000, 25_537)]), Err(Fault::TooLarge));
}

#[test]
fn what_the_parser_would_pass_over_is_a_fault() {
    let sheet = || "S".to_owned();
    let end = || record(kind::EOF, &[]);
    let twice = workbook(&[number(2, 1), number(2, 1), end()]);
    let cell = "B3".to_owned();
    assert_eq!(inspect(&twice), Err(Fault::CellOrder { sheet: sheet(), cell }));
    let label = record(kind::LABEL_STRING, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    let cell = "A1".to_owned();
    assert_eq!(inspect(&workbook(&[label, end()])), Err(Fault::StringMissing { sheet: sheet(), cell }));
    let after = None;
    assert_eq!(inspect(&workbook(&[number(0, 0)])), Err(Fault::DamagedSheet { sheet: sheet(), after }));
    let huge = record(kind::DIMENSIONS, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 1, 0, 0, 0]);
    assert_eq!(inspect(&workbook(&[huge, end()])), Err(Fault::Damaged));
}

#[test]
fn a_password_and_an_old_version_are_told() {
    let locked = [record(kind::BOF, &[0, 6, 5, 0]), record(kind::FILE_PASS, &[0, 0])].concat();
    assert_eq!(inspect(&locked), Err(Fault::Password));
    let old = record(0x0409, &[0, 4, 16, 0]);
    assert_eq!(inspect(&old), Err(Fault::NotAWorkbook { kind: ForeignKind::OldExcel }));
}
