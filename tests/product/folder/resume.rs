//! A run over many offices that was cut off is taken up: what holds is not done again, and in the end everything is as if
//! the run had not been cut off.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::offices::{city, contents, names, office, run, write};

const JOURNAL: &str = "核查进度.ndjson";
const OUTPUT: &str = "2023年分单位核查";

/// When each file of the run was written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let output = folder.join(OUTPUT);
    let time = |name: &String| fs::metadata(output.join(name)).unwrap().modified().unwrap();
    names(&output).into_iter().map(|name| (name.clone(), time(&name))).collect()
}

/// The reports and findings that a run over some earlier one has written, by their names without what all have in common.
fn redone(folder: &Path, words: &[&str]) -> Vec<String> {
    let before = times(folder);
    let (code, said) = run(folder, words);
    assert_eq!(code, Some(2), "{said}");
    let now = times(folder);
    let of_offices = |name: &&String| name.as_str() != JOURNAL && name.as_str() != "总表.xlsx";
    let new = now.keys().filter(of_offices).filter(|name| before.get(*name) != now.get(*name));
    new.map(|name| name.replace("核查报告", "")).collect()
}

/// A run over 某市 that has come to its end, and what it has written.
fn done() -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = city();
    assert_eq!(run(folder.path(), &[]).0, Some(2));
    let written = contents(&folder.path().join(OUTPUT));
    (folder, written)
}

#[test]
fn nothing_is_done_again_when_nothing_is_left() {
    let (folder, whole) = done();
    assert_eq!(redone(folder.path(), &["--resume"]), Vec::<String>::new());
    assert!(contents(&folder.path().join(OUTPUT)) == whole);
    // What was not audited is tried again.
    office(&folder.path().join("某市"), "戊区", 2, 30);
    assert_eq!(redone(folder.path(), &["--resume"]), ["戊区.json", "戊区.xlsx"]);
}

#[test]
fn a_run_that_was_cut_off_gives_the_same_in_the_end() {
    let (folder, whole) = done();
    let output = folder.path().join(OUTPUT);
    let journal = fs::read_to_string(output.join(JOURNAL)).unwrap();
    // The order of the journal is that of the offices: 丁, 丙, 乙, 戊, 甲. Here the line of 乙区 is torn.
    let kept: Vec<&str> = journal.lines().take(3).collect();
    fs::write(output.join(JOURNAL), &kept.join("\n")[..kept.join("\n").len() - 9]).unwrap();
    fs::remove_file(output.join("总表.xlsx")).unwrap();
    fs::remove_file(output.join("甲区核查报告.xlsx")).unwrap();
    fs::write(output.join(".~jiaoyan-abc123.tmp"), "half").unwrap();
    let again = ["乙区.json", "乙区.xlsx", "甲区.json", "甲区.xlsx"];
    assert_eq!(redone(folder.path(), &["--resume", "--threads", "2"]), again);
    assert!(contents(&output) == whole);
}

#[test]
fn an_office_is_done_again_when_anything_of_it_has_changed() {
    let (folder, whole) = done();
    let city = folder.path().join("某市");
    let output = folder.path().join(OUTPUT);
    let resume = || redone(folder.path(), &["--resume"]);
    office(&city, "甲区", 3, 201);
    assert_eq!(resume(), ["甲区.json", "甲区.xlsx"]);
    write(&city, "甲区/培训.csv", "日期,姓名,学时\n2023-03-01,林青1,8\n");
    assert_eq!(resume(), ["甲区.json", "甲区.xlsx"]);
    fs::remove_file(city.join("甲区/培训.csv")).unwrap();
    office(&city, "甲区", 3, 200);
    assert_eq!(resume(), ["甲区.json", "甲区.xlsx"]);
    fs::remove_file(city.join("丙区/columns.toml")).unwrap();
    assert_eq!(resume(), ["丙区.json", "丙区.xlsx"]);
    write(&city, "丙区/columns.toml", "[columns]\n\"哪一天\" = \"日期\"\n");
    assert_eq!(resume(), ["丙区.json", "丙区.xlsx"]);
    for file in ["乙区核查报告.xlsx", "乙区核查报告.json"] {
        fs::remove_file(output.join(file)).unwrap();
        assert_eq!(resume(), ["乙区.json", "乙区.xlsx"]);
    }
    assert!(contents(&output) == whole);
}

#[test]
fn other_options_do_all_again_and_leave_nothing_of_the_old() {
    let (folder, _) = done();
    let all = ["丙区.json", "丙区.xlsx", "乙区.json", "乙区.xlsx", "甲区.json", "甲区.xlsx"];
    assert_eq!(redone(folder.path(), &["--resume", "--as-of", "2023-06-30"]), all);
    assert_eq!(redone(folder.path(), &["--resume", "--format", "csv"]), ["丙区.csv", "乙区.csv", "甲区.csv"]);
    let left = ["丙区.csv", "乙区.csv", "甲区.csv", "总表.xlsx", JOURNAL];
    let mut left = left.map(str::to_string);
    left.sort();
    assert_eq!(names(&folder.path().join(OUTPUT)), left);
    let csv = contents(&folder.path().join(OUTPUT));
    fs::remove_dir_all(folder.path().join("某市/甲区")).unwrap();
    assert_eq!(redone(folder.path(), &["--resume", "--format", "csv"]), Vec::<String>::new());
    assert!(!folder.path().join(OUTPUT).join("甲区.csv").exists());
    assert_eq!(redone(folder.path(), &["--force", "--format", "csv"]), ["丙区.csv", "乙区.csv"]);
    assert!(contents(&folder.path().join(OUTPUT))["乙区.csv"] == csv["乙区.csv"]);
    let (_, said) = run(folder.path(), &["--resume"]);
    let note = "注意：上次的结果都不能沿用（选项、规则包或台账不同），重新核查全部单位\n";
    assert!(said.starts_with(note), "{said}");
    let (_, said) = run(folder.path(), &["--resume", "-o", "新"]);
    assert!(said.starts_with("注意：没有上次的结果可以沿用，从头核查\n"), "{said}");
}

#[test]
fn a_report_that_somebody_has_worked_in_is_kept() {
    let (folder, whole) = done();
    let output = folder.path().join(OUTPUT);
    fs::write(output.join("甲区核查报告.xlsx"), "checked by hand").unwrap();
    let (_, said) = run(folder.path(), &["--resume"]);
    let expected =
        "注意：《2023年分单位核查/甲区核查报告.xlsx》写成以后被改动过，已改名保留为《甲区核查报告(2).xlsx》\n";
    assert!(said.contains(expected), "{said}");
    let mut now = contents(&output);
    assert_eq!(now.remove("甲区核查报告(2).xlsx"), Some(b"checked by hand".to_vec()));
    assert!(now == whole);
}

#[test]
fn a_journal_that_names_other_files_does_them_no_harm() {
    let (folder, _) = done();
    let path = folder.path().join(OUTPUT).join(JOURNAL);
    write(folder.path(), "重要.xlsx", "x");
    let journal = fs::read_to_string(&path).unwrap().replace("\"甲区核查报告.xlsx\"", "\"../重要.xlsx\"");
    fs::write(&path, &journal).unwrap();
    assert_eq!(run(folder.path(), &["--force"]).0, Some(2));
    fs::write(&path, journal).unwrap();
    assert_eq!(run(folder.path(), &["--resume"]).0, Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("重要.xlsx")).unwrap(), "x");
}
