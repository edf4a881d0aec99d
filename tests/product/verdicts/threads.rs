//! However many threads read the sheets, and in whatever order they come to an end, the result is the same bytes.

use std::fs;
use std::path::Path;

use crate::office::{Office, Table, csv, table, verdict};
use assert_cmd::cargo::cargo_bin_cmd;
use rust_xlsxwriter::Workbook;

const HEADER: [&str; 7] = ["日期", "工号", "姓名", "类型", "天数", "节数", "主题"];

fn rows(rows: impl IntoIterator<Item = [String; 7]>) -> Table {
    let mut all = table(&[&HEADER]);
    all.extend(rows.into_iter().map(Vec::from));
    all
}

fn row(date: &str, name: &str, lessons: &str, topic: &str) -> [String; 7] {
    let id = if name == "林青" { "Z1" } else { "" };
    [date, id, name, "听评课", "", lessons, topic].map(str::to_string)
}

/// A workbook with a sheet for each month, of which the first is by far the longest.
fn write_months(path: &Path) {
    let mut book = Workbook::new();
    for month in 1..=12 {
        let most = if month == 1 { 6000 } else { 40 };
        let name = |number: u32| if number.is_multiple_of(3) { "何田" } else { "林青" };
        let of = |number: u32| {
            let date = format!("2023-{month:02}-{:02}", number % 28 + 1);
            row(&date, name(number), "1", &format!("第{}课", number % 5000))
        };
        let sheet = book.add_worksheet().set_name(format!("{month}月听课记录")).unwrap();
        crate::office::write_text(sheet, &rows((0..most).map(of)), 0);
    }
    book.save(path).unwrap();
}

/// An office whose ledgers are in many sheets and files: with copies of rows of other sheets, days that add up over
/// several files, and more people whom nobody knows than are listed.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Office::small().write_csv(folder.path());
    write_months(&folder.path().join("听课记录.xlsx"));
    let strangers = (0..700).map(|number| row("2023-05-06", &format!("无名{number}"), "1", &number.to_string()));
    let write = |name: &str, rows: &Table| fs::write(folder.path().join(name), csv(rows)).unwrap();
    // A day that the sheets of the months do not have.
    write("补登1.csv", &rows(strangers.chain([row("2023-06-30", "林青", "5", "上午")])));
    // The first row stands in the sheet of January, too, the second in the file before.
    let copies = [row("2023-01-08", "林青", "1", "第7课"), row("2023-05-06", "无名5", "1", "5")];
    write("补登2.csv", &rows(copies.into_iter().chain([row("2023-06-30", "林青", "4", "下午")])));
    folder
}

fn run(folder: &Path, words: &[&str], threads: &str) -> String {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(words).args(["--threads", threads]);
    let output = command.output().unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_report_is_the_same_bytes_for_any_number_of_threads() {
    let folder = folder();
    let out = tempfile::tempdir().unwrap();
    let report = out.path().join("报告.xlsx");
    let words = ["check", ".", "--pack", "jiangmen-2022", "--period", "2023", "--format", "json", "--force", "-o"];
    let of = |threads: &str| {
        let json = run(folder.path(), &[&words[..], &[report.to_str().unwrap()]].concat(), threads);
        (json, fs::read(&report).unwrap(), fs::read(report.with_extension("json")).unwrap())
    };
    let one = of("1");
    for threads in ["2", "8", "8", "3"] {
        assert!(of(threads) == one, "{threads} threads");
    }
    let issues = |text: &str| one.0.lines().filter(|line| line.contains(text)).count();
    assert_eq!(issues("这张表有700处姓名或工号不在花名册"), 1);
    assert_eq!(issues("这一行与《听课记录.xlsx》1月听课记录第9行各格完全相同"), 1);
    // Copies of strangers are nobody's business here.
    assert_eq!(issues("这一行与《补登1.csv》补登1第7行各格完全相同"), 0);
    assert_eq!(issues("林青2023-06-30这一天登记的节数合计"), 1);
}

#[test]
fn an_explanation_and_an_inspection_are_the_same_for_any_number_of_threads() {
    let folder = folder();
    let explain = ["explain", "visit-days", "--pack", "jiangmen-2022", "--period", "2023", "--person", "林青", "."];
    let inspect = ["inspect", ".", "--format", "json"];
    for words in [&explain[..], &inspect] {
        let one = run(folder.path(), words, "1");
        for threads in ["2", "8"] {
            assert!(run(folder.path(), words, threads) == one, "{words:?} with {threads} threads");
        }
    }
}

/// The last file in the order of names cannot be read to its end; the one before neither.
#[test]
fn of_sheets_that_cannot_be_read_the_first_is_told_whichever_ends_first() {
    let folder = folder();
    let book = fs::read(folder.path().join("听课记录.xlsx")).unwrap();
    for name in ["甲.xlsx", "乙.xlsx"] {
        fs::write(folder.path().join(name), &book[..book.len() / 2]).unwrap();
    }
    let said = |threads: &str| {
        let mut command = cargo_bin_cmd!("jiaoyan");
        command.current_dir(folder.path()).args(["check", ".", "--pack", "jiangmen-2022", "--threads", threads]);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said("1").contains("乙.xlsx") && said("1").contains("甲.xlsx"), "{}", said("1"));
    assert_eq!(said("8"), said("1"));
}

#[test]
fn a_day_that_is_too_full_is_told_once_with_the_sum_of_all_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = Office::small();
    *office.table("活动台账") = rows([row("2023-06-03", "林青", "5", "上午"), row("2023-06-04", "林青", "8", "全天")]);
    let mut paths = office.write_csv(folder.path());
    let more = folder.path().join("活动台账（下校）.csv");
    let evening = [row("2023-06-03", "林青", "4", "下午"), row("2023-06-03", "林青", "2", "晚上")];
    fs::write(&more, csv(&rows(evening))).unwrap();
    paths.push(more);
    let audit = crate::office::audit_of(&paths);
    let told: Vec<(&str, &str, &str)> = audit
        .assessment
        .issues
        .iter()
        .map(|issue| (issue.kind.label(), issue.cell.rsplit('/').next().unwrap(), issue.message.as_str()))
        .collect();
    let message = "林青2023-06-03这一天登记的节数合计11节，超过8节，建议核实";
    let full: Vec<_> = told.iter().filter(|(_, _, said)| said.contains("这一天")).collect();
    // 天数 is not filled in, so nobody said that it was more than a day.
    assert_eq!(full.len(), 1, "{told:?}");
    assert_eq!((full[0].1, full[0].2), ("活动台账（下校）.csv!活动台账（下校）!F3", message));
    assert_eq!(verdict(&audit, "visit-days", "林青"), "unmet 2");
}
