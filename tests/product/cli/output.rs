//! Where a report may not go is refused before anything is read, and nothing in the folder changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

/// A folder with inputs, an older report, and a folder of inputs.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("台账")).unwrap();
    for name in ["活动台账.xlsx", "报告.xlsx", "台账/培训.xlsx", "台账/2023年核查报告.xlsx"] {
        fs::write(folder.path().join(name), name).unwrap();
    }
    folder
}

/// Every file below a folder with its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // A link to a folder may lead back to it.
        if path.is_dir() && path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

/// What the program says; that the exit status is 2 and the folder is as it was is asserted.
fn refusal(folder: &Path, words: &[&str]) -> String {
    let before = contents(folder);
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(["check", "--pack", "jiangmen-2022"]).args(words);
    let output = command.assert().code(2).stdout("").get_output().clone();
    assert_eq!(contents(folder), before);
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn an_older_report_is_kept_without_force() {
    let folder = folder();
    let expected = "错误：《报告.xlsx》已经存在；要覆盖请加 --force，或用 -o 换一个文件名\n";
    assert_eq!(refusal(folder.path(), &["活动台账.xlsx", "-o", "报告.xlsx"]), expected);
}

#[test]
fn force_is_for_a_named_report_only() {
    let folder = folder();
    let expected = "错误：--force 要和 -o 一起用\n  不写 -o 时报告总是写成新文件，不会覆盖\n";
    assert_eq!(refusal(folder.path(), &["活动台账.xlsx", "--force"]), expected);
}

#[test]
fn the_name_must_be_that_of_a_workbook_in_a_folder_that_is_there() {
    let folder = folder();
    let expected = "错误：报告文件《报告.xls》的名称要以 .xlsx 结尾\n";
    assert_eq!(refusal(folder.path(), &["活动台账.xlsx", "-o", "报告.xls"]), expected);
    let expected = "错误：文件夹“没有/这里”不存在，请先建立\n";
    assert_eq!(refusal(folder.path(), &["活动台账.xlsx", "-o", "没有/这里/报告.xlsx"]), expected);
    fs::create_dir(folder.path().join("夹.xlsx")).unwrap();
    let expected = "错误：《夹.xlsx》是文件夹，-o 后面要写报告的文件名\n";
    assert_eq!(refusal(folder.path(), &["活动台账.xlsx", "-o", "夹.xlsx", "--force"]), expected);
}

fn never_an_input(path: &str) -> String {
    format!("错误：《{path}》是要核查的台账，不能用报告覆盖它；请用 -o 换一个文件名\n")
}

#[test]
fn an_input_is_never_overwritten_even_with_force() {
    let folder = folder();
    for output in ["活动台账.xlsx", "./活动台账.xlsx", "台账/../活动台账.xlsx", "活动台账.XLSX"] {
        for format in ["text", "json", "csv", "md"] {
            let words = ["活动台账.xlsx", "-o", output, "--force", "--format", format];
            assert_eq!(refusal(folder.path(), &words), never_an_input(output));
        }
    }
    let words = ["台账", "-o", "台账/培训.xlsx", "--force"];
    assert_eq!(refusal(folder.path(), &words), never_an_input("台账/培训.xlsx"));
    let words = ["台账/2023年核查报告.xlsx", "-o", "台账/2023年核查报告.xlsx", "--force"];
    assert_eq!(refusal(folder.path(), &words), never_an_input("台账/2023年核查报告.xlsx"));
}

#[cfg(unix)]
#[test]
fn an_input_is_not_overwritten_through_a_link() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::hard_link(at("活动台账.xlsx"), at("硬链接.xlsx")).unwrap();
    std::os::unix::fs::symlink(at("活动台账.xlsx"), at("软链接.xlsx")).unwrap();
    fs::hard_link(at("台账/培训.xlsx"), at("夹内.xlsx")).unwrap();
    for output in ["硬链接.xlsx", "软链接.xlsx", "夹内.xlsx"] {
        let words = ["活动台账.xlsx", "台账", "-o", output, "--force"];
        assert_eq!(refusal(folder.path(), &words), never_an_input(output));
    }
}

#[cfg(unix)]
#[test]
fn folders_that_lead_in_a_circle_are_walked_once() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("台账/回来")).unwrap();
    let words = ["台账", "-o", "活动台账.xlsx", "--force"];
    assert_eq!(refusal(folder.path(), &words), never_an_input("活动台账.xlsx"));
}
