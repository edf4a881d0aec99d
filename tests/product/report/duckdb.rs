//! The queries of `docs/findings.md` over the findings of a run over folders say which clause each area meets least. They need
//! Python with the duckdb package; where it is not at hand this says so and passes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::office::Office;
use assert_cmd::cargo::cargo_bin_cmd;

/// Runs the query that it is told on standard input, and prints the names of the columns and the rows as JSON.
const PYTHON: &str = "import duckdb, json, sys
answer = duckdb.sql(sys.stdin.read())
print(json.dumps([answer.columns] + [list(row) for row in answer.fetchall()], ensure_ascii=False))";

/// The queries of the page: the csv's, the JSON lines'.
fn queries() -> [String; 2] {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md")).unwrap();
    let after = page.split("```sql\n").skip(1);
    let queries: Vec<String> = after.map(|text| text.split("```").next().unwrap().to_string()).collect();
    queries.try_into().expect("the page has two queries")
}

/// Three offices in two areas. One is an hour short for 林青, one meets all that is asked. One has too few lectures of hers,
/// a number of lessons that cannot be read, and no training ledger.
fn make(folder: &Path) {
    let mut hours = Office::small();
    hours.table("培训台账")[1][4] = "59".to_string();
    let mut lectures = Office::small().without("培训台账");
    let activities = lectures.table("活动台账");
    activities.remove(12);
    activities[1][7] = "若干".to_string();
    for (name, office) in [("望海省/甲县", hours), ("望海省/乙县", Office::small()), ("望山省/丙县", lectures)]
    {
        let own = folder.join(name);
        fs::create_dir_all(&own).unwrap();
        office.write_csv(&own);
    }
}

/// What the query says of the findings in this format.
fn answer(format: &str, query: &str) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let words = ["check", "--each-folder", "望海省", "望山省", "--pack", "jiangmen-2022", "--period", "2023"];
    let mut check = cargo_bin_cmd!("jiaoyan");
    check.current_dir(folder.path()).args(words).args(["--as-of", "2023-12-31", "--format", format, "-o", "核查结果"]);
    // 1: there are gaps.
    check.assert().code(1);
    let mut python = Command::new("python3");
    python.current_dir(folder.path()).args(["-c", PYTHON]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = python.spawn().unwrap();
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), query.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{query}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn at_hand() -> bool {
    let tried = Command::new("python3").args(["-c", "import duckdb"]).stderr(Stdio::null()).status();
    let at_hand = tried.is_ok_and(|status| status.success());
    if !at_hand {
        eprintln!("skipped: Python's duckdb package is not at hand");
    }
    at_hand
}

fn expected() -> serde_json::Value {
    serde_json::json!([
        ["地区", "规则包", "条款", "达标", "未达标", "待核", "达标率"],
        ["望山省", "jiangmen-2022", "二(四)14", 1, 1, 1, 50.0],
        ["望海省", "jiangmen-2022", "二(二)5", 5, 1, 0, 83.3],
    ])
}

#[test]
fn the_query_over_csv_says_which_clause_each_area_meets_least() {
    let [query, _] = queries();
    assert!(query.contains("read_csv('核查结果/*/*.csv'"), "{query}");
    if at_hand() {
        assert_eq!(answer("csv", &query), expected());
    }
}

#[test]
fn the_query_over_json_lines_says_the_same() {
    let [_, query] = queries();
    assert!(query.contains("read_json('核查结果/*/*.jsonl'"), "{query}");
    if at_hand() {
        assert_eq!(answer("jsonl", &query), expected());
    }
}
