//! A folder of small offices, and runs over it.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::cargo::cargo_bin_cmd;

pub const CALENDAR: &str =
    "[[term]]\nname = \"2023-2024学年第一学期\"\nfirst-day = 2023-09-04\nlast-day = 2023-10-20\n";

/// Writes a file, and the folders above it.
pub fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A ledger of so many rows.
pub fn ledger(rows: usize) -> String {
    let mut ledger = String::from("日期,工号,姓名,类型,天数,节数,主题\n");
    for row in 0..rows {
        let (month, day, person) = (row % 12 + 1, row % 28 + 1, row % 4);
        ledger += &format!("2023-{month:02}-{day:02},T{person},林青{person},听评课,1,2,单元教学{row}\n");
    }
    ledger
}

/// An office of some people with a ledger of so many rows.
pub fn office(folder: &Path, name: &str, people: usize, rows: usize) {
    let people: String = (0..people).map(|person| format!("T{person},林青{person},县级,专职\n")).collect();
    write(folder, &format!("{name}/花名册.csv"), &format!("工号,姓名,层级,专兼职\n{people}"));
    write(folder, &format!("{name}/活动台账.csv"), &ledger(rows));
}

/// The offices of 某市: one with its own calendar, one with its own headers, one that cannot be read, and an empty one.
pub fn city() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let city = folder.path().join("某市");
    office(&city, "甲区", 3, 200);
    office(&city, "乙区", 4, 300);
    write(&city, "乙区/calendar.toml", CALENDAR);
    office(&city, "丙区", 4, 100);
    write(&city, "丙区/分校/活动台账.csv", &ledger(20).replace("日期,", "哪一天,").replace("单元", "分校"));
    write(&city, "丙区/columns.toml", "[columns]\n\"哪一天\" = \"日期\"\n");
    write(&city, "丁区/花名册.xlsx", "no workbook");
    fs::create_dir(city.join("戊区")).unwrap();
    folder
}

/// What `check` says to some words.
pub fn check(folder: &Path, words: &[&str]) -> Output {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(["check", "--pack", "jiangmen-2022", "--period", "2023"]).args(words);
    command.output().unwrap()
}

/// Runs `check --each-folder 某市` with some more words; gives its exit status and what it says on standard error.
pub fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let output = check(folder, &[&["--each-folder", "某市"], words].concat());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Every file below a folder, by its path within it, with its content.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            files.extend(contents(&entry.path()).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The names of the files below a folder.
pub fn names(folder: &Path) -> Vec<String> {
    contents(folder).into_keys().collect()
}
