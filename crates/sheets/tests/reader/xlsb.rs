//! Records of an .xlsb sheet that its parser passes over, or that would be lost.

use sheets::Fault;

use crate::writers::xlsb;
use crate::written::{alone, book, cells_of, here, read};

/// A workbook of one sheet with these records behind a number in A1.
fn xlsb_with(records: &[u8]) -> Vec<u8> {
    let book = alone();
    xlsb::with_sheets(&book, |sheet| {
        let part = xlsb::sheet_part(&book, sheet);
        let end = part.len() - 6;
        assert_eq!(part[end..end + 3], [0x92, 1, 0]);
        [&part[..end], records, &part[end..]].concat()
    })
}

/// A cell of the current row.
fn xlsb_cell(kind: u32, column: u32, data: &[u8]) -> Vec<u8> {
    xlsb::record(kind, &[&xlsb::words(&[column, 0])[..], data].concat())
}

#[test]
fn cells_that_the_parser_of_xlsb_passes_over_are_read_in_their_order() {
    let rich = [&[0][..], &xlsb::text("乙")].concat();
    let failed = [&[0x2A, 0, 0][..], &xlsb::words(&[3]), &[0x21, 10, 0], &xlsb::words(&[0])].concat();
    let records = [
        xlsb_cell(0x0B, 1, &failed),
        xlsb_cell(0x3E, 2, &rich),
        xlsb_cell(0x05, 3, &2.5_f64.to_le_bytes()),
        xlsb::row_record(7, false),
        xlsb_cell(0x3E, 4, &rich),
        xlsb_cell(0x08, 5, &[&xlsb::text("丙")[..], &[0, 0], &xlsb::words(&[0, 0])].concat()),
        xlsb_cell(0x0A, 6, &[1, 0, 0]),
        xlsb_cell(0x0B, 9, &failed),
    ];
    let expected = ["A1 甲", "B1 error", "C1 乙", "D1 number 2.5", "E8 乙", "F8 丙", "G8 true", "J8 error"];
    assert_eq!(cells_of(&xlsb_with(&records.concat())), Ok(expected.map(str::to_string).to_vec()));
}

#[test]
fn what_would_be_lost_from_an_xlsb_sheet_is_a_fault() {
    let (sheet, cell) = here("A1048577");
    let beyond = xlsb_with(&xlsb::row_record(1_048_576, false));
    assert_eq!(cells_of(&beyond), Err(Fault::CellBeyond { sheet, cell }));
    let (sheet, cell) = here("B1");
    assert_eq!(cells_of(&xlsb_with(&xlsb_cell(0x07, 1, &[1, 0, 0, 0]))), Err(Fault::StringMissing { sheet, cell }));
    let (sheet, _) = here("");
    assert_eq!(cells_of(&xlsb_with(&xlsb::record(0x0D, &[0; 8]))), Err(Fault::SheetMissing { sheet }));
    let (sheet, cell) = here("A1");
    let twice = xlsb_cell(0x0B, 0, &[0x2A, 0, 0]);
    assert_eq!(cells_of(&xlsb_with(&twice)), Err(Fault::CellOrder { sheet, cell }));
    let (sheet, cell) = here("XFE1");
    let beyond = xlsb_cell(0x05, 16_384, &[0; 8]);
    assert_eq!(cells_of(&xlsb_with(&beyond)), Err(Fault::CellBeyond { sheet, cell }));
    for short in [xlsb_cell(0x02, 1, &[]), xlsb_cell(0x06, 1, &[2, 0, 0, 0, b'x', 0]), xlsb_cell(0x05, 1, &[0; 7])] {
        assert_eq!(cells_of(&xlsb_with(&short)), Err(Fault::Damaged));
    }
}

#[test]
fn a_sheet_of_an_xlsb_file_that_is_not_there_or_does_not_end_is_a_fault() {
    let book = book();
    let (sheet, after) = ("听课 & 台账".to_string(), None);
    let cut = xlsb::with_sheets(&book, |_| {
        [xlsb::record(0x81, &[]), xlsb::record(0x94, &[0; 16]), xlsb::record(0x91, &[])].concat()
    });
    assert_eq!(read(&cut), Err(Fault::DamagedSheet { sheet, after }));
    let mut bytes = xlsb::write(&book);
    // The name stands before the part and in the package's list, and with a slash in a part, which has a check sum.
    let part = b"xl/worksheets/sheet2.bin";
    let names =
        (1..bytes.len()).filter(|&at| bytes[at..].starts_with(part) && bytes[at - 1] != b'/').collect::<Vec<_>>();
    assert_eq!(names.len(), 2);
    names.into_iter().for_each(|at| bytes[at] = b'y');
    assert_eq!(read(&bytes), Err(Fault::SheetMissing { sheet: "备查".to_string() }));
}
