//! Every kind of cell comes out of every format at its address, and no damaged file brings the reading down.

use std::fs;
use std::ops::ControlFlow;

use crate::writers::{Book, Sheet, Value, xls, xlsb};
use proptest::prelude::*;
use proptest::sample::Index;
use sheets::{Fault, Raw, Remark, Workbook};

/// A sheet with a cell of each kind.
pub fn book() -> Book {
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
/// A sheet with a text in A1.
pub fn alone() -> Book {
    let name = "台账".to_string();
    let sheet = Sheet { name, cells: vec![(0, 0, Value::Text("甲".to_string()))], ..Sheet::default() };
    Book { sheets: vec![sheet], is_1904: false }
}

#[derive(Debug, PartialEq)]
pub struct Seen {
    pub sheets: Vec<(String, bool, Vec<String>)>,
    pub remarks: Vec<Remark>,
}

pub fn read(bytes: &[u8]) -> Result<Seen, Fault> {
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
        book.rows(index, &mut visit).map_err(fault)?;
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
pub fn expected() -> Seen {
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

pub fn cells_of(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    read(bytes).map(|seen| seen.sheets[0].2.clone())
}

/// A cell of the sheet of [`alone`].
pub fn here(cell: &str) -> (String, String) {
    ("台账".to_string(), cell.to_string())
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
