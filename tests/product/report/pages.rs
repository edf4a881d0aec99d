//! The report of an example holds the same counts as the JSON of the same run, and its sums add up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Reader, Xlsx};
use serde_json::Value;

const VERDICTS: [&str; 6] = ["met", "unmet", "review", "pending", "waived", "not-applicable"];

/// A run of an example over several documents: the assessment, and the sheets of the report as text.
struct Run {
    _folder: tempfile::TempDir,
    findings: Vec<Value>,
    report: PathBuf,
}

fn run(example: &str, words: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("报告.xlsx");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.arg("check").arg(example).args(words).args(["--format", "json", "-o"]).arg(&report);
    let output = command.output().unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let assessment: Value = serde_json::from_slice(&output.stdout).unwrap();
    Run { _folder: folder, findings: assessment["findings"].as_array().unwrap().clone(), report }
}

impl Run {
    fn sheet(&self, name: &str) -> Vec<Vec<String>> {
        let mut book: Xlsx<_> = calamine::open_workbook(&self.report).unwrap();
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    /// 应检 and then each verdict of the findings that are wanted.
    fn counts(&self, wanted: impl Fn(&Value) -> bool) -> [u64; 7] {
        let count = |verdict: &str| {
            self.findings.iter().filter(|finding| wanted(finding) && finding["verdict"] == verdict).count() as u64
        };
        let each = VERDICTS.map(count);
        let due = each[..5].iter().sum();
        [due, each[0], each[1], each[2], each[3], each[4], each[5]]
    }
}

/// The seven counts of a row of 汇总, after 条款, 核查内容 and 强度.
fn counts(row: &[String]) -> [u64; 7] {
    let numbers: Vec<u64> = row[3..10].iter().map(|cell| cell.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

fn add(sum: [u64; 7], row: [u64; 7]) -> [u64; 7] {
    std::array::from_fn(|at| sum[at] + row[at])
}

#[test]
fn the_summary_holds_the_counts_of_the_json_by_heading_by_document_and_by_rule() {
    let packs = ["jiangmen-2022", "training-school"];
    let words = ["--pack", packs[0], "--pack", packs[1], "--period", "2023", "--as-of", "2023-12-31"];
    let run = run("jiangmen-2023", &words);
    let summary = run.sheet("汇总");
    let at = |start: &str| summary.iter().position(|row| row[0] == start).unwrap();
    let all = run.counts(|_| true);
    assert!(all[0] > 300 && all[1..5].iter().all(|count| *count > 0), "{all:?}");

    let headings: Vec<_> = summary[at("督导内容") + 1..at("合计")].iter().collect();
    let names: Vec<&str> = headings.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["机构设置", "队伍建设", "职责落实", "条件保障", "工作实效"]);
    assert_eq!(headings.iter().map(|row| counts(row)).fold([0; 7], add), all);
    assert_eq!(counts(&summary[at("合计")]), all);
    assert_eq!(counts(&summary[at("总计")]), all);

    let documents: Vec<[u64; 7]> = summary[at("依据文件") + 1..at("总计")].iter().map(|row| counts(row)).collect();
    assert_eq!(documents, packs.map(|pack| run.counts(|finding| finding["pack"] == pack)));

    // The rules of each document stand in one table each, down to its 合计.
    let tables: Vec<usize> = (0..summary.len()).filter(|at| summary[*at][0] == "条款").collect();
    assert_eq!(tables.len(), 2);
    for (table, pack) in tables.into_iter().zip(packs) {
        let rules = summary[table + 1..].iter().take_while(|row| row[0] != "合计");
        let mut listed: BTreeMap<(String, u64, u64), usize> = BTreeMap::new();
        let mut sum = [0; 7];
        for row in rules {
            let own = counts(row);
            assert_eq!(own[0], own[1..6].iter().sum::<u64>(), "{row:?}");
            sum = add(sum, own);
            *listed.entry((row[0].clone(), own[1], own[2])).or_default() += 1;
        }
        assert_eq!(sum, run.counts(|finding| finding["pack"] == pack), "{pack}");
        let mut expected: BTreeMap<(String, u64, u64), usize> = BTreeMap::new();
        let ids: std::collections::BTreeSet<&str> = run
            .findings
            .iter()
            .filter(|finding| finding["pack"] == pack)
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect();
        for id in ids {
            let is_own = |finding: &Value| finding["pack"] == pack && finding["rule"] == id;
            let clause = run.findings.iter().find(|finding| is_own(finding)).unwrap()["clause"].as_str().unwrap();
            let own = run.counts(is_own);
            *expected.entry((clause.to_string(), own[1], own[2])).or_default() += 1;
        }
        // Every rule of these packs has findings here, so the lists are the same.
        assert_eq!(listed, expected, "{pack}");
    }
}

#[test]
fn the_lists_hold_each_gap_each_note_and_each_doubt_of_the_json_once() {
    let run = run("yueqing-2023", &["--pack", "yueqing-2020", "--period", "2023-2024", "--as-of", "2024-05-31"]);
    let binds = |finding: &Value| finding["obligation"] == "应" || finding["obligation"] == "原则上";
    let count = |wanted: &dyn Fn(&Value) -> bool| run.findings.iter().filter(|finding| wanted(finding)).count();
    let gaps = count(&|finding| finding["verdict"] == "unmet" && binds(finding));
    let notes = count(&|finding| finding["verdict"] == "unmet" && !binds(finding));
    let reviews = count(&|finding| finding["verdict"] == "review");
    assert!(gaps > 10 && notes > 0 && reviews > 10, "{gaps} {notes} {reviews}");
    let numbered = |sheet: &str| -> Vec<String> {
        let rows = run.sheet(sheet);
        rows.iter().filter(|row| row[0].parse::<u64>().is_ok()).map(|row| row[0].clone()).collect()
    };
    let upto = |count: usize| (1..=count).map(|number| number.to_string()).collect::<Vec<_>>();
    assert_eq!(numbered("问题清单"), upto(gaps));
    assert_eq!(numbered("提示"), upto(notes));
    assert_eq!(numbered("待核事项"), upto(reviews));
    let codes = |sheet: &str, column: usize| -> Vec<String> {
        let rows = run.sheet(sheet);
        rows.iter().map(|row| row[column].clone()).filter(|code| code.starts_with("2023-2024-")).collect()
    };
    let expected: Vec<String> = (1..=gaps).map(|number| format!("2023-2024-{number:03}")).collect();
    assert_eq!(codes("问题清单", 1), expected);
    assert_eq!(codes("整改台账", 0), expected);
}
