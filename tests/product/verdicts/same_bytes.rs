//! The same inputs give the same report, whenever, wherever and in whatever order they are named.

use std::fs;
use std::path::Path;

use crate::office::Office;
use assert_cmd::cargo::cargo_bin_cmd;

/// The bytes of the report of some inputs, run in a folder, and what is printed as JSON.
fn report(folder: &Path, inputs: &[&str], environment: &[(&str, &str)]) -> (Vec<u8>, String) {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(inputs).envs(environment.iter().copied());
    command.args(["--pack", "jiangmen-2022", "--period", "2023", "-o", "报告.xlsx", "--force", "--format", "json"]);
    let output = command.output().unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    (fs::read(folder.join("报告.xlsx")).unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// A folder with the example as 台账, and the small office as csv files beside it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jiangmen-2023");
    fs::create_dir(folder.path().join("台账")).unwrap();
    for entry in fs::read_dir(example).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join("台账").join(path.file_name().unwrap())).unwrap();
    }
    Office::small().write_csv(folder.path());
    folder
}

#[test]
fn a_second_run_and_another_clock_write_the_same_report() {
    let folder = folder();
    let first = report(folder.path(), &["台账"], &[]);
    assert!(first == report(folder.path(), &["台账"], &[]));
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai"] {
        let locale = [("TZ", zone), ("LANG", "zh_CN.GBK"), ("LC_ALL", "C"), ("COLUMNS", "20")];
        assert!(first == report(folder.path(), &["台账"], &locale), "{zone}");
    }
}

#[test]
fn the_report_of_a_year_that_has_ended_does_not_name_today() {
    let folder = folder();
    let (bytes, json) = report(folder.path(), &["台账"], &[]);
    let today = jiff::Zoned::now().date();
    let forms = [today.to_string(), format!("{}年{}月{}日", today.year(), today.month(), today.day())];
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = vec![json];
    for at in 0..archive.len() {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
        parts.push(text);
    }
    assert!(parts.len() > 20, "{}", parts.len());
    assert!(parts.iter().any(|part| part.contains("2023-12-31")));
    assert!(!parts.iter().any(|part| forms.iter().any(|form| part.contains(form))));
}

#[test]
fn the_order_of_the_inputs_makes_no_difference() {
    let folder = folder();
    let names = ["教研员花名册.csv", "活动台账.csv", "培训台账.csv", "学校名单.csv", "联系学校.csv", "年度数据.csv"];
    let first = report(folder.path(), &names, &[]);
    let mut turned = names;
    for _ in 0..3 {
        turned.rotate_left(2);
        turned.swap(0, 3);
        assert!(first == report(folder.path(), &turned, &[]), "{turned:?}");
    }
    let all = [&["台账"][..], &names].concat();
    let reversed: Vec<&str> = all.iter().rev().copied().collect();
    assert!(report(folder.path(), &all, &[]) == report(folder.path(), &reversed, &[]));
}
