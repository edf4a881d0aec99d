//! The other formats: the same ledger, written by LibreOffice, and csv files.

use sheets::Format;

use super::*;

fn fixture(name: &str) -> Workbook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
    open(&path).expect("the fixture")
}

fn sheets() -> [SheetInfo; 2] {
    let sheet = |name: &str, hidden| SheetInfo { name: name.to_owned(), hidden };
    [sheet("听课台账", false), sheet("备查", true)]
}

#[test]
fn an_xls_file_gives_the_ledger_with_merged_cells() {
    let workbook = fixture("ledger.xls");
    assert_eq!((workbook.format(), workbook.sheets()), (Format::Xls, &sheets()[..]));
    assert_eq!(workbook.remarks(), [Remark::HiddenSheet { sheet: "备查".to_owned() }]);
    let expected = [
        "B3 姓名",
        "C3 学时",
        "D3 日期",
        "B4 张三",
        "C4 number 1.5",
        "D4 date 45207",
        "B5+ 张三",
        "C5 number 3",
        "D5 true",
        "C6 error",
    ];
    assert_eq!(cells(&workbook, 0), Ok(expected.map(str::to_owned).to_vec()));
    assert_eq!(cells(&workbook, 1), Ok(vec!["A1 隐".to_owned()]));
}

#[test]
fn an_ods_file_gives_the_ledger_with_merged_cells() {
    let workbook = fixture("ledger.ods");
    assert_eq!((workbook.format(), workbook.sheets()), (Format::Ods, &sheets()[..]));
    assert_eq!(workbook.remarks(), [Remark::HiddenSheet { sheet: "备查".to_owned() }]);
    let expected = [
        "B3 姓名",
        "C3 学时",
        "D3 日期",
        "B4 张三",
        "C4 number 1.5",
        "D4 date 45207",
        "B5+ 张三",
        "C5 number 3",
        "D5 true",
        "C6 error",
    ];
    assert_eq!(cells(&workbook, 0), Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn a_csv_file_is_one_sheet_named_by_its_stem() {
    let (gb, _, _) = encoding_rs::GB18030.encode("姓名;学时\n张三;1.5\n");
    let (_folder, path) = file("花名册.csv", &gb);
    let workbook = open(&path).expect("a csv file");
    let hidden = false;
    assert_eq!(workbook.sheets(), [SheetInfo { name: "花名册".to_owned(), hidden }]);
    assert_eq!(workbook.remarks(), [Remark::DecodedAs { encoding: TextEncoding::Gb18030 }]);
    let expected = ["A1 姓名", "B1 学时", "A2 张三", "B2 1.5"];
    assert_eq!(cells(&workbook, 0), Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn a_container_that_runs_in_a_circle_is_damaged() {
    let mut bytes = include_bytes!("../../../../tests/data/ledger.xls").to_vec();
    let table = u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize;
    let start = (table + 1) * 512;
    for entry in 0..128_u32 {
        let at = start + entry as usize * 4;
        bytes[at..at + 4].copy_from_slice(&(entry ^ 1).to_le_bytes());
    }
    assert_eq!(read("a.xls", &bytes), Err(Fault::Damaged));
    assert_eq!(read("a.xls", &bytes[..600]), Err(Fault::Damaged));
}
