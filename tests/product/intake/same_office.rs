//! The same office in every format that is read gets the same findings.

use jiaoyan::dictionary::Dictionary;
use std::fs;
use std::path::{Path, PathBuf};

use crate::office::{Office, Said, audit_of, said, settings};
use crate::writers::{Book, Sheet, Value};
use assert_cmd::cargo::cargo_bin_cmd;
use encoding_rs::{GB18030, GBK};

/// An office with a verdict of each kind: 林青 is an hour short and has a lecture without a level; 何田 meets all.
fn office() -> Office {
    let mut office = Office::small();
    office.table("培训台账")[1][4] = "59".to_string();
    office.table("活动台账")[9][5] = String::new();
    office
}

/// The office as a clerk keeps it: dates and numbers are no text, 在编 and 在岗 are flags, 学时 is a formula here and
/// there, the name on the activities is merged over its rows, a sheet and a row are hidden.
fn book() -> Book {
    let mut sheets: Vec<Sheet> = office().tables.iter().map(|(name, rows)| sheet(name, rows)).collect();
    let activities = named(&mut sheets, "活动台账");
    let last = activities.size().0 - 1;
    activities.merges = vec![[1, 2, last, 2], [1, 3, last, 3]];
    activities.cells.retain(|(row, column, _)| *row < 2 || ![2, 3].contains(column));
    let training = named(&mut sheets, "培训台账");
    training.hidden_rows = vec![2];
    let hours = training.cells.iter_mut().filter(|(row, column, _)| *row > 1 && *column == 4);
    hours
        .for_each(|(_, _, value)| *value = Value::Formula(if let Value::Number(hours) = value { *hours } else { 0.0 }));
    named(&mut sheets, "学校名单").hidden = true;
    Book { sheets, is_1904: false }
}

fn named<'s>(sheets: &'s mut [Sheet], name: &str) -> &'s mut Sheet {
    sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

fn sheet(name: &str, rows: &[Vec<String>]) -> Sheet {
    let row = |(row, cells): (u32, &Vec<String>)| {
        let cells = (0..).zip(cells).filter(|(_, text)| !text.is_empty());
        cells.map(|(column, text)| (row, column, value(text))).collect::<Vec<_>>()
    };
    let cells = (0..).zip(rows).flat_map(row).collect();
    Sheet { name: name.to_string(), cells, ..Sheet::default() }
}

fn value(text: &str) -> Value {
    if let (10, Ok(date)) = (text.len(), text.parse::<jiff::civil::Date>()) {
        let days = date.since(jiff::civil::date(1899, 12, 30)).unwrap().get_days();
        return Value::Date(u32::try_from(days).unwrap());
    }
    match text {
        "是" => Value::Flag(true),
        "否" => Value::Flag(false),
        _ => text.parse().map_or_else(|_| Value::Text(text.to_string()), Value::Number),
    }
}

/// What the audit of the office finds in the plainest of its forms.
fn expected() -> Vec<Said> {
    let said = said(&office().audit().assessment.findings);
    for verdict in ["met", "unmet", "review"] {
        assert!(said.iter().any(|said| said.verdict == verdict), "{verdict}");
    }
    said
}

/// Writes files into a folder and audits them; gives what was found and what was remarked on them.
fn found(write: impl FnOnce(&Path) -> Vec<PathBuf>) -> (Vec<Said>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let audit = audit_of(&write(folder.path()));
    let issues = &audit.assessment.issues;
    assert!(issues.is_empty(), "{issues:?}");
    let notes = audit.assessment.inputs.iter().flat_map(|input| &input.notes).map(ToString::to_string).collect();
    (said(&audit.assessment.findings), notes)
}

fn one_file(name: &'static str, bytes: Vec<u8>) -> impl FnOnce(&Path) -> Vec<PathBuf> {
    move |folder| {
        fs::write(folder.join(name), bytes).unwrap();
        vec![folder.join(name)]
    }
}

const HIDDEN: [&str; 2] = ["工作表“培训台账”有隐藏的行或列，没有因此略过", "工作表“学校名单”是隐藏的，没有因此略过"];

#[test]
fn in_each_format_of_a_workbook() {
    let in_1904 = Book { is_1904: true, ..book() };
    let files = [
        ("台账.xlsx", crate::writers::xlsx::write(&book())),
        ("台账.xls", crate::writers::xls::write(&book())),
        ("台账.xlsb", crate::writers::xlsb::write(&book())),
        ("台账.ods", crate::writers::ods::write(&book())),
        ("1904.xls", crate::writers::xls::write(&in_1904)),
        ("1904.xlsb", crate::writers::xlsb::write(&in_1904)),
    ];
    let expected = (expected(), HIDDEN.map(str::to_string).to_vec());
    for (name, bytes) in files {
        assert_eq!(found(one_file(name, bytes)), expected, "{name}");
    }
}

#[test]
fn in_files_that_libreoffice_wrote() {
    let expected = (expected(), HIDDEN.map(str::to_string).to_vec());
    for name in ["office.xls", "office.xlsx", "office.ods"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        assert_eq!(found(|_| vec![path]), expected, "{name}");
    }
}

/// Writes each sheet as a csv file in some encoding.
fn csv(encode: impl Fn(&str) -> Vec<u8>) -> impl FnOnce(&Path) -> Vec<PathBuf> {
    move |folder| {
        let write = |(name, text): (String, String)| {
            fs::write(folder.join(&name), encode(&text)).unwrap();
            folder.join(name)
        };
        crate::writers::csv::write(&book()).into_iter().map(write).collect()
    }
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(bytes_of).collect()
}

#[test]
fn in_csv_files_of_each_encoding() {
    let gb = "文件按 GB18030（GBK）编码读取";
    let wide = "文件按 UTF-16 编码读取";
    let is = |notes: Vec<String>, note: Option<&str>| {
        assert_eq!(notes, note.map_or(Vec::new(), |note| vec![note.to_string(); 7]));
    };
    let (said, notes) = found(csv(|text| text.as_bytes().to_vec()));
    assert_eq!(said, expected());
    is(notes, None);
    let (said, notes) = found(csv(|text| format!("\u{feff}{text}").into_bytes()));
    assert_eq!(said, expected());
    is(notes, None);
    let (said, notes) = found(csv(|text| GBK.encode(text).0.into_owned()));
    assert_eq!(said, expected());
    is(notes, Some(gb));
    let (said, notes) = found(csv(|text| utf16(text, u16::to_be_bytes)));
    assert_eq!(said, expected());
    is(notes, Some(wide));
    // What a spreadsheet program calls Unicode text: UTF-16 with tabs.
    let (said, notes) = found(csv(|text| utf16(&text.replace(',', "\t"), u16::to_le_bytes)));
    assert_eq!(said, expected());
    is(notes, Some(wide));
    let (said, notes) =
        found(csv(|text| format!("sep=;\r{}", text.replace(',', ";").replace("\r\n", "\r")).into_bytes()));
    assert_eq!(said, expected());
    is(notes, None);
}

#[test]
fn in_an_encoding_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = csv(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect())(folder.path());
    let mut settings = settings(&inputs);
    settings.encoding = Some(sheets::TextEncoding::Utf16);
    let audit = jiaoyan::audit::run(&settings, Dictionary::built_in(), &jiaoyan::audit::Silent).unwrap();
    assert_eq!(said(&audit.assessment.findings), expected());
    let notes: Vec<String> =
        audit.assessment.inputs.iter().flat_map(|input| &input.notes).map(ToString::to_string).collect();
    assert_eq!(notes, vec!["按 --encoding utf-16 的要求，以 UTF-16 编码读取"; 7]);
}

/// Runs a check of one csv file of these bytes; gives the exit status and what is said on standard error.
fn check(bytes: &[u8], words: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("教研员花名册.csv"), bytes).unwrap();
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder.path()).args(["check", "教研员花名册.csv", "--pack", "jiangmen-2022", "--quiet"]);
    let output = command.args(words).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_option_is_offered_where_it_helps_and_named_where_it_is_wrong() {
    let text = "工号,姓名\r\nZ1,林青\r\n";
    let gb = GB18030.encode(text).0.into_owned();
    let (status, said) = check(&[text.as_bytes(), b"\xFF"].concat(), &[]);
    let offered = "错误：《教研员花名册.csv》：第 3 行有无法识别的文字编码，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
        知道是哪种编码的，也可以加上 --encoding 写明，如 --encoding gb18030\n";
    assert_eq!((status, said.as_str()), (Some(2), offered));
    let (status, said) = check(&gb, &["--encoding", "utf-8"]);
    let named = "错误：《教研员花名册.csv》：第 1 行有不属于 --encoding utf-8 编码的内容，请改正或去掉这个选项，\
        或用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n";
    assert_eq!((status, said.as_str()), (Some(2), named));
    let (status, said) = check(&gb, &["--encoding", "big5"]);
    let allowed = "错误：--encoding 不能写“big5”\n  可以写：utf-8、gbk、gb18030、utf-16\n  \
        查看用法：jiaoyan check --help\n";
    assert_eq!((status, said.as_str()), (Some(2), allowed));
    assert_eq!(check(&gb, &["--encoding", "GBK"]), (Some(3), String::new()));
}
