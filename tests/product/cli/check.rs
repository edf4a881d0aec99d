//! `jiaoyan check` from the command line to the report: exit status, what is printed, what is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::office::Office;
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Reader, Xlsx};
use serde_json::Value;

fn jiaoyan(folder: &Path, words: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(words);
    command
}

/// A run against jiangmen-2022 for 2023: its exit status, standard output and standard error.
fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let words = [words, &["--pack", "jiangmen-2022", "--period", "2023"]].concat();
    let output = jiaoyan(folder, &words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json(folder: &Path, words: &[&str]) -> Value {
    let (status, stdout, stderr) = run(folder, &[words, &["--format", "json"]].concat());
    assert!(status != Some(2) && stderr.is_empty(), "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn example() -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/jiangmen-2023").display().to_string()
}

/// A folder with the small office as 台账.xlsx.
fn folder_of(office: &Office) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    office.write_xlsx(&folder.path().join("台账.xlsx"));
    folder
}

/// The names of the files below a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The rows of a sheet of a report, without blank cells.
fn sheet(report: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook(report).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let row = |row: &[calamine::Data]| row.iter().map(ToString::to_string).filter(|text| !text.is_empty()).collect();
    range.rows().map(row).collect()
}

#[test]
fn an_office_with_gaps_exits_with_1_and_has_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let (status, stdout, stderr) = run(folder.path(), &[&example()]);
    assert_eq!((status, stderr.as_str()), (Some(1), ""));
    assert!(stdout.ends_with("\n报告已写入 2023年核查报告.xlsx，核对文件已写入 2023年核查报告.json\n"), "{stdout}");
    assert_eq!(names(folder.path()), ["2023年核查报告.json", "2023年核查报告.xlsx"]);
    let report = folder.path().join("2023年核查报告.xlsx");
    let book: Xlsx<_> = calamine::open_workbook(&report).unwrap();
    let sheets = book.sheet_names();
    let first: Vec<String> = sheets.iter().take(13).cloned().collect();
    let pages = [
        "封面",
        "汇总",
        "先核对这些",
        "问题清单",
        "整改台账",
        "提示",
        "待核事项",
        "人员达标矩阵",
        "机构指标",
        "机构指标（2）",
    ];
    assert_eq!(first, [pages.as_slice(), &["人工核查", "条款与口径", "数据问题"]].concat());
    let copies = sheets.iter().skip(13).filter(|name| name.starts_with("原表")).count();
    assert_eq!((copies, sheets.last().map(String::as_str)), (sheets.len() - 14, Some("运行记录")));
    let findings = json(folder.path(), &[&example()])["findings"].clone();
    let is_gap = |f: &&Value| f["verdict"] == "unmet" && (f["obligation"] == "应" || f["obligation"] == "原则上");
    let gaps = findings.as_array().unwrap().iter().filter(is_gap).count();
    let numbered = |row: &&Vec<String>| row.first().is_some_and(|number| number.parse::<u32>().is_ok());
    assert_eq!(sheet(&report, "问题清单").iter().filter(numbered).count(), gaps);
    assert!(stdout.contains(&format!("本次核查发现问题{gaps}项")), "{stdout}");
}

#[test]
fn an_office_that_meets_all_that_applies_exits_with_0() {
    let folder = folder_of(&Office::small());
    let (status, stdout, stderr) = run(folder.path(), &["台账.xlsx"]);
    assert_eq!((status, stderr.as_str()), (Some(0), ""), "{stdout}");
    assert_eq!(names(folder.path()), ["2023年核查报告.json", "2023年核查报告.xlsx", "台账.xlsx"]);
    let assessment = json(folder.path(), &["台账.xlsx"]);
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in assessment["findings"].as_array().unwrap() {
        *verdicts.entry(finding["verdict"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(verdicts, BTreeMap::from([("met", 11), ("not-applicable", 19)]));
    assert_eq!(assessment["issues"], Value::Array(Vec::new()));
}

#[test]
fn an_office_with_nothing_but_doubts_exits_with_3() {
    let mut office = Office::small();
    office.table("培训台账")[2][4] = "待补".to_string();
    let folder = folder_of(&office);
    let (status, _, stderr) = run(folder.path(), &["台账.xlsx"]);
    assert_eq!((status, stderr.as_str()), (Some(3), ""));
    assert_eq!(names(folder.path()), ["2023年核查报告.json", "2023年核查报告.xlsx", "台账.xlsx"]);
}

/// What the program says to inputs that it cannot run on: exit status 2, no output, nothing written.
fn refusal(folder: &Path, words: &[&str]) -> String {
    let before = names(folder);
    let (status, stdout, stderr) = run(folder, words);
    assert_eq!((status, stdout.as_str()), (Some(2), ""), "{stderr}");
    assert_eq!(names(folder), before);
    stderr
}

#[test]
fn inputs_that_cannot_be_read_are_named_in_a_sentence_and_nothing_is_written() {
    let folder = folder_of(&Office::small());
    fs::write(folder.path().join("空.xlsx"), "").unwrap();
    fs::write(folder.path().join("图.xlsx"), b"\x89PNG\r\n\x1a\n and so on").unwrap();
    let missing = "错误：找不到《没有.xlsx》\n  \
        请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号\n";
    assert_eq!(refusal(folder.path(), &["台账.xlsx", "没有.xlsx"]), missing);
    let empty = "《空.xlsx》：文件是空的（0 字节），请重新拷贝一份再检查\n";
    let picture = "《图.xlsx》：实际是PNG 图片，请用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n";
    assert_eq!(refusal(folder.path(), &["台账.xlsx", "空.xlsx"]), format!("错误：{empty}"));
    assert_eq!(refusal(folder.path(), &["图.xlsx"]), format!("错误：{picture}"));
    assert_eq!(refusal(folder.path(), &["空.xlsx", "图.xlsx"]), format!("错误：{picture}{empty}"));
    let no_folder = "错误：文件夹“没有”不存在，请先建立\n";
    assert_eq!(refusal(folder.path(), &["台账.xlsx", "-o", "没有/报告.xlsx"]), no_folder);
}

#[test]
fn a_pack_with_a_typing_error_is_shown_with_its_line_and_nothing_is_written() {
    let folder = folder_of(&Office::small());
    let built_in = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/jiangmen-2022.toml")).unwrap();
    let wrong = built_in.replacen("unit = \"学时\"", "unti = \"学时\"", 1);
    assert_ne!(built_in, wrong);
    fs::write(folder.path().join("规则.toml"), &wrong).unwrap();
    let output = jiaoyan(folder.path(), &["台账.xlsx", "--pack", "规则.toml"]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    assert_eq!(names(folder.path()), ["台账.xlsx", "规则.toml"]);
    let line = wrong.lines().position(|line| line.starts_with("unti")).unwrap() + 1;
    let expected = format!(
        "错误：不认识的名称 unti\n   --> 规则.toml:{line}:1\n    |\n{line} | unti = \"学时\"\n    | ^^^^\n    |\n    \
        = 办法：是不是想写 unit？这里可以写：id、clause、each、quote、title、obligation、when、per、from、to、weeks-before、weeks-after、due、at-due、require、or-require、\
        relax、measure、or-measure、tolerance、aim、at-least、at-most、equals、about、unit、reading、compares\n\n\
        错误：规则包共有 1 处问题，请改正后再运行\n"
    );
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

#[test]
fn the_word_check_may_be_left_out() {
    let folder = folder_of(&Office::small());
    let [short, long] = [vec!["台账.xlsx"], vec!["check", "台账.xlsx"]].map(|words| {
        let outcome = run(folder.path(), &[words, vec!["-o", "报告.xlsx", "--force"]].concat());
        (outcome, fs::read(folder.path().join("报告.xlsx")).unwrap())
    });
    assert_eq!(short.0.0, Some(0));
    assert!(short == long, "{:?} {:?}", short.0, long.0);
}

/// Each key below a value with the kind of what it holds; of lists, all that any element has.
fn keys(value: &Value, at: &str, found: &mut BTreeMap<String, Vec<&'static str>>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    let kinds = found.entry(at.to_string()).or_default();
    if !kinds.contains(&kind) {
        kinds.push(kind);
        kinds.sort_unstable();
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys(item, &format!("{at}[]"), found)),
        Value::Object(map) => map.iter().for_each(|(key, value)| keys(value, &format!("{at}.{key}"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn json_is_the_contract_and_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let assessment = json(folder.path(), &[&example()]);
    assert_eq!(names(folder.path()), Vec::<String>::new());
    assert_eq!(assessment["schema"], "jiaoyan.assessment/1");
    assert_eq!(assessment["tool"], concat!("jiaoyan ", env!("CARGO_PKG_VERSION")));
    assert_eq!((&assessment["period"], &assessment["as-of"]), (&Value::from("2023"), &Value::from("2023-12-31")));
    let mut found = BTreeMap::new();
    keys(&assessment, "", &mut found);
    let lines: Vec<String> = found.iter().map(|(key, kinds)| format!("{key} {}", kinds.join("|"))).collect();
    insta::assert_snapshot!(lines.join("\n").trim_start(), @r"
    object
    .as-of text
    .coverage list
    .coverage[] object
    .coverage[].first text
    .coverage[].institution text
    .coverage[].last text
    .coverage[].months-without-rows list
    .coverage[].rows number
    .coverage[].table text
    .findings list
    .findings[] object
    .findings[].actual null|object
    .findings[].actual.high null|number
    .findings[].actual.low number
    .findings[].bound object
    .findings[].bound.at-least number
    .findings[].bound.at-most number
    .findings[].bound.equals bool|number
    .findings[].clause text
    .findings[].details list
    .findings[].details[] text
    .findings[].evidence object
    .findings[].evidence.cells list
    .findings[].evidence.cells[] text
    .findings[].evidence.rows number
    .findings[].gap null|number
    .findings[].obligation text
    .findings[].pack text
    .findings[].reason text
    .findings[].rule text
    .findings[].subject object
    .findings[].subject.id text
    .findings[].subject.institution text
    .findings[].subject.name text
    .findings[].subject.table text
    .findings[].unit text
    .findings[].verdict text
    .findings[].window object
    .findings[].window.end text
    .findings[].window.label text
    .findings[].window.per text
    .findings[].window.start text
    .inputs list
    .inputs[] object
    .inputs[].path text
    .inputs[].sha256 text
    .inputs[].sheets list
    .inputs[].sheets[] object
    .inputs[].sheets[].name text
    .inputs[].sheets[].partly number
    .inputs[].sheets[].rows number
    .inputs[].sheets[].table null|text
    .inputs[].sheets[].unused number
    .inputs[].sheets[].used number
    .issues list
    .issues[] object
    .issues[].cell text
    .issues[].kind text
    .issues[].message text
    .issues[].text text
    .manual list
    .manual[] object
    .manual[].ask text
    .manual[].clause text
    .manual[].pack text
    .packs list
    .packs[] object
    .packs[].id text
    .packs[].sha256 text
    .period text
    .questions list
    .questions[] object
    .questions[].answer text
    .questions[].ask text
    .questions[].cells list
    .questions[].cells[] text
    .questions[].concerns number
    .questions[].frees number
    .questions[].lines list
    .questions[].lines[] text
    .schema text
    .tool text
    ");
}

#[test]
fn every_finding_has_the_keys_of_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    let assessment = json(folder.path(), &[&example()]);
    let always = ["clause", "details", "evidence", "gap", "obligation", "pack", "reason", "rule", "subject"];
    let always = [always.as_slice(), &["unit", "verdict", "window"]].concat();
    for finding in assessment["findings"].as_array().unwrap() {
        let keys: Vec<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
        let required = finding["rule"] == "on-post" || finding["rule"] == "entry";
        assert!(always.iter().all(|key| keys.contains(key)), "{finding}");
        assert_eq!(keys.contains(&"actual"), !required, "{finding}");
        // A rule that applies and finds nothing to count has a bound all the same.
        let applies = finding["verdict"] != "not-applicable" || finding["reason"] == "没有可以计算的对象";
        assert_eq!(keys.contains(&"bound"), !required && applies, "{finding}");
        assert_eq!(finding["subject"].get("id").is_some(), finding["subject"]["table"] == "staff" && has_id(finding));
        let has_gap = finding["gap"].is_number();
        assert!(!has_gap || finding["verdict"] == "unmet" || finding["verdict"] == "pending", "{finding}");
    }
}

/// The two officers of one name have no 工号.
fn has_id(finding: &Value) -> bool {
    finding["subject"]["name"] != "陈立言"
}

#[test]
fn the_level_that_is_given_holds_where_the_records_say_none() {
    let mut office = Office::small();
    office.table("教研员花名册").iter_mut().for_each(|row| row[3] = String::new());
    let folder = folder_of(&office);
    let days = |words: &[&str]| {
        let assessment = json(folder.path(), &[&["台账.xlsx"], words].concat());
        let findings = assessment["findings"].as_array().unwrap().clone();
        let of = |f: &&Value| f["rule"] == "visit-days" && f["subject"]["name"] == "林青";
        let found = findings.iter().find(of).unwrap();
        format!("{} {}", found["verdict"].as_str().unwrap(), found["bound"])
    };
    assert_eq!(days(&["--level", "市级"]), r#"met {"at-least":60}"#);
    assert_eq!(days(&["--level", "县级"]), r#"met {"at-least":80}"#);
    assert_eq!(days(&[]), r#"met {"at-least":{"high":80,"low":60}}"#);
}

#[test]
fn the_institution_that_is_given_is_that_of_a_roster_that_names_none() {
    let mut office = Office::small();
    office.table("教研员花名册").iter_mut().for_each(|row| drop(row.remove(2)));
    office.table("年度数据").iter_mut().for_each(|row| drop(row.remove(0)));
    let folder = folder_of(&office);
    let called = |words: &[&str]| {
        let assessment = json(folder.path(), &[&["台账.xlsx"], words].concat());
        let names = assessment["findings"].as_array().unwrap().iter();
        let mut names: Vec<String> = names.map(|f| f["subject"]["institution"].as_str().unwrap().to_string()).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(called(&["--institution", "望汐镇教研室"]), ["望汐镇教研室"]);
    assert_eq!(called(&[]), ["本单位"]);
    assert_eq!(run(folder.path(), &["台账.xlsx"]).0, Some(0));
}

#[test]
fn before_the_end_of_the_year_a_shortfall_is_pending_and_no_gap() {
    let folder = folder_of(&Office::small());
    let assessment = json(folder.path(), &["台账.xlsx", "--as-of", "2023-06-30"]);
    let findings = assessment["findings"].as_array().unwrap();
    let of = |f: &&Value| f["rule"] == "visit-days" && f["subject"]["name"] == "林青";
    let found = findings.iter().find(of).unwrap();
    assert_eq!((&found["verdict"], &found["gap"]), (&Value::from("pending"), &Value::from(30)));
    assert_eq!(found["actual"], serde_json::json!({ "low": 50, "high": 50 }));
    assert_eq!(found["reason"], "应不少于80天，实际50天，周期到2023-12-31结束，还有184天，平均每月还需4.9天");
    let verdicts = findings.iter().map(|f| f["verdict"].as_str().unwrap());
    assert!(verdicts.clone().all(|verdict| verdict != "unmet"));
    assert_eq!(verdicts.filter(|verdict| *verdict == "pending").count(), 6);
    assert_eq!(run(folder.path(), &["台账.xlsx", "--as-of", "2023-06-30"]).0, Some(0));
}
