//! What the fuzz targets and floods of mutated files found, kept: each file gets its sentence, and the program ends as it
//! should. A new one is put into `tests/crashes` and gets a line here that says what it is.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A file, what it is, and what is said of it behind its name.
const CRASHES: [(&str, &str, &str); 4] = [
    (
        "row-beyond.xlsb",
        "a row header of row 2,000,001, at which calamine takes the sheet to have ended: two rows were lost in silence",
        "工作表“台账”的单元格 A2000001 超出表格的最大范围，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查",
    ),
    (
        "second-data.xlsb",
        "a second beginning of a sheet's cells, which calamine does not read",
        "文件已损坏：工作表“台账”读不出来，请重新拷贝一份再检查",
    ),
    ("second-data.xlsx", "a second <sheetData>, which calamine does not read", "文件已损坏，请重新拷贝一份再检查"),
    (
        "short-record.xlsb",
        "a number's record without the number, for which calamine takes the bytes of the record before",
        "文件已损坏，请重新拷贝一份再检查",
    ),
];

#[test]
fn every_crash_that_was_found_gets_its_sentence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes");
    for (name, what, sentence) in CRASHES {
        let path = folder.join(name);
        let before = fs::read(&path).unwrap();
        let mut command = Command::cargo_bin("jiaoyan").unwrap();
        command.args(["check", "--pack", "jiangmen-2022", "--period", "2023", "--format", "json"]).arg(&path);
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name} ({what}): {told}");
        assert_eq!(told, format!("错误：《{}》：{sentence}\n", path.display()), "{name} ({what})");
        assert!(output.stdout.is_empty() && fs::read(&path).unwrap() == before, "{name}");
    }
}

#[test]
fn every_file_that_is_kept_is_known() {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes")).unwrap();
    let mut kept: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    kept.sort();
    assert_eq!(kept, CRASHES.map(|(name, _, _)| name));
}
