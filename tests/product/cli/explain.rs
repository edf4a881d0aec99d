//! `jiaoyan explain` as a person who contests a verdict reads it.

use crate::office::{Office, table};
use assert_cmd::cargo::cargo_bin_cmd;

/// What the command prints and its exit status, in a folder with the office's tables in one workbook.
fn explain(office: &Office, words: &[&str]) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    office.write_xlsx(&folder.path().join("台账.xlsx"));
    let mut command = cargo_bin_cmd!("jiaoyan");
    let output = command.current_dir(folder.path()).arg("explain").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn small() -> Office {
    let mut office = Office::small();
    office.table("培训台账").extend(table(&[
        &["2022-12-31", "Z1", "林青", "跨年培训", "8"],
        &["2023.13", "Z1", "林青", "日期不清", "8"],
        &["2023-08-01", "", "林青", "线上培训13812341234", "约8"],
    ]));
    office
}

#[test]
fn a_rule_alone_is_explained_without_any_workbook() {
    let (text, errors, status) = explain(&small(), &["training-hours", "--pack", "jiangmen-2022"]);
    assert_eq!((errors.as_str(), status), ("", 0));
    insta::assert_snapshot!(text);
}

#[test]
fn each_row_of_a_person_is_shown_with_what_it_adds_and_why() {
    let words = ["training-hours", "--pack", "jiangmen-2022", "--period", "2023", "--person", "林青", "台账.xlsx"];
    let (text, errors, status) = explain(&small(), &words);
    assert_eq!((errors.as_str(), status), ("", 0));
    let (_, account) = text.split_once("\n\n").unwrap();
    insta::assert_snapshot!(account);
}

#[test]
fn a_verdict_without_rows_shows_the_cells_that_it_rests_on() {
    let words = ["research-budget", "--pack", "jiangmen-2022", "--period", "2023", "台账.xlsx"];
    let (text, errors, status) = explain(&small(), &words);
    assert_eq!((errors.as_str(), status), ("", 0));
    let (_, account) = text.split_once("\n\n").unwrap();
    insta::assert_snapshot!(account);
}

#[test]
fn what_cannot_be_explained_is_answered_with_what_to_write() {
    let refused = |words: &[&str]| {
        let (text, errors, status) = explain(&small(), words);
        assert_eq!((text.as_str(), status), ("", 2), "{words:?}");
        errors
    };
    let expected =
        "错误：没有编号为“visit-day”的规则；是不是想写 visit-days？\n  规则的编号见 jiaoyan packs show 规则包\n";
    assert_eq!(refused(&["visit-day"]), expected);
    assert_eq!(
        refused(&["training-hours"]),
        "错误：有2个规则包都有规则“training-hours”：jiangmen-2022、dongxing-2020\n  请写明是哪一个，例如 --pack jiangmen-2022\n"
    );
    let no_files = "错误：写了 --person 就要写台账的文件或文件夹\n";
    assert_eq!(refused(&["visit-days", "--person", "林青"]), no_files);
    let words = ["visit-days", "--pack", "jiangmen-2022", "--period", "2023", "--person", "林清", "台账.xlsx"];
    assert_eq!(refused(&words), "错误：台账里没有叫“林清”的核查对象；可以写：林青、何田\n");
}
