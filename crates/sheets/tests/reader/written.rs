//! Every kind of cell comes out of every format at its address, and no damaged file brings the reading down.

use std::fs;
use std::ops::ControlFlow;

use crate::writers::{Book, Sheet, Value, xls, xlsb};
use proptest::prelude::*;
use proptest::sample::Index;
use sheets::{Fault, Parsing, Raw, Remark, Workbook};

/// A sheet with a cell of each kind.
fn book() -> Book {
    let text = |text: &str| Value::Text(text.to_string());
    let cells = vec![
        (0, 1, text("姓名")),
        (0, 2, text("学时")),
        (2, 1, text("张三 & <李四>\n𠮷")),
        (2, 2, Value::Number(1.5)),
        (2, 3, Value::Date(45207)),
        (2, 4, Value::Flag(true)),
        (3, 2, Value::Formula(3.0)),
        (3, 3, Value::Failed),
        (3, 4, Value::Error),
        (4, 2, Value::Number(-7.0)),
        (4, 3, Value::Failed),
    ];
    let merges = vec![[2, 1, 4, 1]];
    let ledger =
        Sheet { name: "听课 & 台账".to_string(), cells, merges, hidden_rows: vec![3, 9], ..Sheet::default() };
    let cells = vec![(1, 0, text("隐"))];
    let spare = Sheet { name: "备查".to_string(), cells, hidden: true, ..Sheet::default() };
    Book { sheets: vec![ledger, spare], is_1904: false }
}

/// What is read of a file: the sheets, whether they are hidden, their cells, and the remarks.
#[derive(Debug, PartialEq)]
struct Seen {
    sheets: Vec<(String, bool, Vec<String>)>,
    remarks: Vec<Remark>,
}

fn read(bytes: &[u8]) -> Result<Seen, Fault> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xls");
    fs::write(&path, bytes).unwrap();
    let fault = |error: sheets::ReadError| error.fault().clone();
    let book = Workbook::open(&path).map_err(fault)?;
    let mut sheets = Vec::new();
    for (index, sheet) in book.sheets().to_vec().into_iter().enumerate() {
        let mut cells = Vec::new();
        let mut visit = |row: sheets::Row<'_>| {
            cells.extend(row.cells.iter().map(|cell| {
                let name = sheets::cell_name(row.number - 1, cell.column);
                let plus = if cell.merged { "+" } else { "" };
                format!("{name}{plus} {}", shown(&cell.value))
            }));
            ControlFlow::Continue(())
        };
        book.rows(index, Parsing::Ahead, &mut visit).map_err(fault)?;
        sheets.push((sheet.name, sheet.hidden, cells));
    }
    // That the extension is wrong is said of all formats but one.
    let of_contents = |remark: &&Remark| !matches!(remark, Remark::OtherFormat { .. });
    let remarks = book.remarks().iter().filter(of_contents).cloned().collect();
    Ok(Seen { sheets, remarks })
}

fn shown(value: &Raw<'_>) -> String {
    match value {
        Raw::Text(text) => text.to_string(),
        Raw::Number(number) => format!("number {number}"),
        Raw::Date(days) => format!("date {days}"),
        Raw::Flag(flag) => flag.to_string(),
        Raw::Error => "error".to_string(),
        Raw::NoValue => "no value".to_string(),
    }
}

/// What is read of [`book`].
fn expected() -> Seen {
    let cells = [
        "B1 姓名",
        "C1 学时",
        "B3 张三 & <李四>\n𠮷",
        "C3 number 1.5",
        "D3 date 45207",
        "E3 true",
        "B4+ 张三 & <李四>\n𠮷",
        "C4 number 3",
        "D4 error",
        "E4 error",
        "B5+ 张三 & <李四>\n𠮷",
        "C5 number -7",
        "D5 error",
    ];
    let cells = cells.map(str::to_string).to_vec();
    let sheets = vec![("听课 & 台账".to_string(), false, cells), ("备查".to_string(), true, vec!["A2 隐".to_string()])];
    let hidden_rows = Remark::HiddenRows { sheet: "听课 & 台账".to_string() };
    Seen { sheets, remarks: vec![hidden_rows, Remark::HiddenSheet { sheet: "备查".to_string() }] }
}

#[test]
fn every_kind_of_cell_comes_out_of_every_format() {
    assert_eq!(read(&crate::writers::xlsx::write(&book())), Ok(expected()));
    let mut ods = book();
    // ods has line ends within text as paragraphs of their own, which its writer does not write.
    ods.sheets[0].cells[2].2 = Value::Text("张三 & <李四>".to_string());
    let mut without_line_end = expected();
    for cell in &mut without_line_end.sheets[0].2 {
        *cell = cell.replace("\n𠮷", "");
    }
    assert_eq!(read(&crate::writers::ods::write(&ods)), Ok(without_line_end));
    for is_1904 in [false, true] {
        let book = Book { is_1904, ..book() };
        assert_eq!(read(&xls::write(&book)), Ok(expected()), "xls {is_1904}");
        assert_eq!(read(&xlsb::write(&book)), Ok(expected()), "xlsb {is_1904}");
    }
}

#[test]
fn many_texts_and_many_areas_are_read_whole() {
    let cells: Vec<_> = (0..3000).map(|row| (row, 0, Value::Text(format!("教师{row:04}")))).collect();
    let merges = (0..1500).map(|area| [2 * area, 0, 2 * area + 1, 0]).collect();
    let cells = cells.into_iter().filter(|(row, _, _)| row % 2 == 0).chain([(3000, 0, Value::Flag(true))]);
    let last_cells: Vec<_> =
        cells.flat_map(|(row, column, value)| [(row, column, value), (row + 1, 1, Value::Number(1.0))]).collect();
    let sheet = Sheet { name: "花名册".to_string(), cells: last_cells, merges, ..Sheet::default() };
    let book = Book { sheets: vec![sheet], is_1904: false };
    for bytes in
        [xls::write(&book), xlsb::write(&book), crate::writers::ods::write(&book), crate::writers::xlsx::write(&book)]
    {
        let seen = read(&bytes).unwrap();
        let cells = &seen.sheets[0].2;
        assert_eq!(cells.len(), 1500 * 3 + 2);
        assert_eq!(
            cells[3 * 1499..],
            ["A2999 教师2998", "A3000+ 教师2998", "B3000 number 1", "A3001 true", "B3002 number 1"]
        );
    }
}

/// A workbook of one sheet with these records behind a number in A1.
fn xlsb_with(records: &[u8]) -> Vec<u8> {
    let name = "台账".to_string();
    let sheet = Sheet { name, cells: vec![(0, 0, Value::Text("甲".to_string()))], ..Sheet::default() };
    let book = Book { sheets: vec![sheet], is_1904: false };
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

fn cells_of(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    read(bytes).map(|seen| seen.sheets[0].2.clone())
}

fn here(cell: &str) -> (String, String) {
    ("台账".to_string(), cell.to_string())
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

/// Truncates a file and fills its end with zeros, at many lengths: it is refused, or read as the whole file is.
fn assert_never_in_part(name: &str, whole: &[u8]) {
    let all = read(whole).unwrap();
    let mut refused = 0;
    for part in 0..50 {
        let length = whole.len() * part / 50;
        let filled = [&whole[..length], &vec![0; whole.len() - length]].concat();
        for bytes in [&whole[..length], &filled] {
            match read(bytes) {
                Ok(seen) => assert_eq!(seen, all, "{name} {length}"),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 75, "{name} {refused}");
}

#[test]
fn a_truncated_file_is_never_read_in_part() {
    for (format, name) in ["xls", "xlsb", "ods", "xlsx"].into_iter().enumerate() {
        assert_never_in_part(name, &written(format));
    }
    for name in ["office.xls", "office.ods", "office.xlsx"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
        assert_never_in_part(name, &fs::read(path).unwrap());
    }
}

/// An xls workbook of one sheet with these records behind a text in A1.
fn xls_with(records: &[u8]) -> Vec<u8> {
    let name = "台账".to_string();
    let sheet = Sheet { name, cells: vec![(0, 0, Value::Text("甲".to_string()))], ..Sheet::default() };
    let stream = xls::stream(&Book { sheets: vec![sheet], is_1904: false });
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
fn far_corners_and_blank_rows_between_are_read_at_their_addresses() {
    let cells = vec![
        (0, 0, Value::Text("首".to_string())),
        (7, 3, Value::Formula(2.0)),
        (40_000, 1, Value::Failed),
        (65_535, 255, Value::Text("末".to_string())),
    ];
    let sheet = |name: &str| Sheet { name: name.to_string(), cells: cells.clone(), ..Sheet::default() };
    let sheets = ["甲", "乙", "丙"].map(sheet).to_vec();
    let cells = ["A1 首", "D8 number 2", "B40001 error", "IV65536 末"].map(str::to_string).to_vec();
    let expected = ["甲", "乙", "丙"].map(|name| (name.to_string(), false, cells.clone())).to_vec();
    let book = Book { sheets, is_1904: false };
    for bytes in
        [xls::write(&book), xlsb::write(&book), crate::writers::ods::write(&book), crate::writers::xlsx::write(&book)]
    {
        assert_eq!(read(&bytes), Ok(Seen { sheets: expected.clone(), remarks: vec![] }));
    }
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

/// The bytes of [`book`] in some format.
fn written(format: usize) -> Vec<u8> {
    match format {
        0 => xls::write(&book()),
        1 => xlsb::write(&book()),
        2 => crate::writers::ods::write(&book()),
        _ => crate::writers::xlsx::write(&book()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    /// What is read of a spoilt file is told or read; a parser's panic would be told as damage.
    #[test]
    fn spoilt_files_never_bring_the_reading_down(
        format in 0..4_usize,
        spoilt in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<Index>()),
    ) {
        let mut bytes = written(format);
        for (at, value) in spoilt {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read(&bytes);
    }

    /// Spoils what is inside of the packages, which no check sum guards then.
    #[test]
    fn spoilt_records_never_bring_the_reading_down(
        xlsb_format: bool,
        spoilt in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
    ) {
        let spoil = |mut bytes: Vec<u8>| {
            for (at, value) in &spoilt {
                let at = at.index(bytes.len());
                bytes[at] = *value;
            }
            bytes
        };
        let book = book();
        let bytes = match xlsb_format {
            true => xlsb::with_sheets(&book, |sheet| spoil(xlsb::sheet_part(&book, sheet))),
            false => crate::writers::ole::write("Workbook", &spoil(xls::stream(&book))),
        };
        let _ = read(&bytes);
    }
}
