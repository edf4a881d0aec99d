//! Rows 1 to 4, 20 and 28: files that are no workbook, are called otherwise, are locked, or have odd names.

use super::desk::{Desk, SAVE_AS, SECRET, error};
use crate::packages::{by_hand, ods_of, overwritten, package, rows, texts, wide};

pub const XLS: &[u8] = include_bytes!("../../data/ledger.xls");
pub const ODS: &[u8] = include_bytes!("../../data/ledger.ods");

fn ledger() -> Vec<u8> {
    by_hand(&[("培训台账", &rows(&texts(&[&["日期", "姓名", "学时"], &["2023-03-06", SECRET, "90"]])))])
}

#[test]
fn row_1_an_empty_file_an_empty_folder_and_no_file_are_said_plainly() {
    let desk = Desk::with("空.xlsx", "");
    assert_eq!(desk.refused(&["空.xlsx"]), error("空.xlsx", "文件是空的（0 字节），请重新拷贝一份再检查"));
    desk.put("夹/说明.txt", SECRET);
    let sentence = "文件夹中没有工作簿（.xlsx、.xls、.et、.ods、.csv 等），请检查位置";
    assert_eq!(desk.refused(&["夹"]), error("夹", sentence));
    let expected = "错误：找不到《没有.xlsx》\n  请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号\n";
    assert_eq!(desk.refused(&["没有.xlsx"]), expected);
}

#[test]
fn row_2_a_file_is_read_by_its_content_with_a_remark() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("台账.xls", &ledger(), "xlsx"),
        ("台账.et", &ledger(), "xlsx"),
        ("听课.et", XLS, "xls"),
        ("听课.xlsx", XLS, "xls"),
        ("听课.csv", ODS, "ods"),
    ];
    for (name, bytes, format) in cases {
        let desk = Desk::with(name, bytes);
        let remark = format!("扩展名与内容不符（实为 {format} 格式），已按内容读取");
        assert!(desk.remarks(&[name]).contains(&remark), "{name}");
        let sheets = desk.json(&[name])["inputs"][0]["sheets"].as_array().map(Vec::len);
        assert!(sheets > Some(0), "{name}");
    }
}

#[test]
fn row_3_what_is_no_workbook_is_called_by_its_true_kind() {
    let xml = format!("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>{SECRET}");
    let cases: [(Vec<u8>, &str); 13] = [
        (format!("\r\n<HTML><table><td>{SECRET}").into(), "网页（HTML）文件"),
        (format!("MIME-Version: 1.0\r\n{SECRET}").into(), "网页归档（MHT）文件"),
        (xml.into(), "XML 表格 2003 文件"),
        (format!("姓名\t学时\n{SECRET}\t90\n").into(), "纯文本文件"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00".into(), "很旧的 Excel 4.0 或更早格式"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00".into(), "很旧的 Excel 4.0 或更早格式"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00".into(), "很旧的 Excel 4.0 或更早格式"),
        (b"\x1F\x8B\x08\x00".into(), "gzip 压缩文件"),
        (b"%PDF-1.7".into(), "PDF 文件"),
        (b"\x89PNG\r\n\x1a\n".into(), "PNG 图片"),
        (b"\xFF\xD8\xFF\xE0".into(), "JPEG 图片"),
        (b"Rar!\x1a\x07".into(), "RAR 压缩文件"),
        (b"\x01\x02\x03".into(), "无法识别的文件"),
    ];
    for (bytes, kind) in cases {
        let desk = Desk::with("台账.xls", bytes);
        assert_eq!(desk.refused(&["台账.xls"]), error("台账.xls", &format!("实际是{kind}，{SAVE_AS}")));
    }
    let desk = Desk::with("文档.xlsx", package(&[("word/document.xml", b"<x/>")]));
    let sentence = "不是电子表格文件，请检查是否给错了文件";
    assert_eq!(desk.refused(&["文档.xlsx"]), error("文档.xlsx", sentence));
}

#[test]
fn row_4_a_password_is_asked_to_be_taken_off_in_any_format() {
    // Excel's encrypted xlsx and xlsb files are such a container; an xls file has a record in its stream.
    let container = overwritten(XLS.to_vec(), &wide("Workbook"), &wide("EncryptedPackage"));
    let record = overwritten(XLS.to_vec(), b"\x5C\x00\x70\x00", b"\x2F\x00\x70\x00");
    let entry =
        "<manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry>";
    let manifest = format!("<manifest:manifest>{entry}</manifest:manifest>");
    let random: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let ods = ods_of(manifest.as_bytes(), &random);
    let sealed = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.replace("content.xml", "encrypted-package").as_bytes()),
        ("encrypted-package", &random),
    ]);
    let cases = [("台账.xlsx", &container), ("台账.xlsb", &container), ("台账.xls", &record)];
    for (name, bytes) in cases.into_iter().chain([("台账.ods", &ods), ("台账.ods", &sealed)]) {
        let desk = Desk::with(name, bytes);
        let sentence = "文件有打开密码，请在 WPS 或 Excel 中取消密码后再检查";
        assert_eq!(desk.refused(&[name]), error(name, sentence));
    }
}

#[test]
fn row_20_lock_files_and_hidden_files_are_passed_over_and_said_so() {
    let desk = Desk::office(|_| {});
    for name in ["~$花名册.xlsx", ".~活动台账.xlsx", ".隐藏.csv"] {
        desk.put(format!("台账/{name}"), SECRET);
    }
    let ran = desk.check(&["台账", "-o", "核查.xlsx"]);
    let expected = "注意：《台账/.~活动台账.xlsx》是打开文件时的临时锁文件，未读取\n\
        注意：《台账/.隐藏.csv》是隐藏文件，未读取\n注意：《台账/~$花名册.xlsx》是打开文件时的临时锁文件，未读取\n核查年度 2023年";
    assert!(ran.status == Some(0) && ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert_eq!(desk.json(&["台账"])["inputs"].as_array().unwrap().len(), 7);
}

#[test]
fn row_28_any_path_works() {
    for name in ["附件2：教研员花名册（定稿 2）.xls", "a b/c d.xlsx", "［一］【二】/三.xlsx", "-o.xlsx"]
    {
        let desk = Desk::with(name, ledger());
        let path = format!("./{name}");
        assert_eq!(desk.json(&[&path])["inputs"][0]["path"], path.as_str());
        let ran = desk.check(&[&path, "-o", "报 告（一）.xlsx"]);
        assert!(
            ran.stdout.ends_with("报告已写入 报 告（一）.xlsx，核对文件已写入 报 告（一）.json\n"),
            "{}",
            ran.stdout
        );
    }
}

#[cfg(unix)]
#[test]
fn row_28_bytes_that_are_no_text_in_a_path_work() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let [name, report] = [&b"\xB1\xED.xlsx"[..], b"\xB1\xA8.xlsx"].map(OsStr::from_bytes);
    let desk = Desk::with(name, ledger());
    let mut command = desk.command(&[]);
    command.arg("-o").arg(report).arg(name);
    let ran = desk.held(command);
    assert_ne!(ran.status, Some(2), "{}", ran.stderr);
    assert!(
        desk.at(report).is_file()
            && ran.stdout.ends_with("报告已写入 \u{fffd}\u{fffd}.xlsx，核对文件已写入 \u{fffd}\u{fffd}.json\n"),
        "{}",
        ran.stdout
    );
    desk.put(name, b"PK\x03\x04");
    let mut command = desk.command(&[]);
    command.arg(name);
    let sentence = "文件已损坏，请重新拷贝一份再检查";
    assert_eq!(desk.held(command).stderr, error("\u{fffd}\u{fffd}.xlsx", sentence));
}
