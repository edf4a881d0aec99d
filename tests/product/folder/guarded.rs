//! Whatever befalls the audit of one office, the others are audited, and the run says which one it was.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::offices::{contents, ledger, names, office, run, write};
use assert_cmd::cargo::cargo_bin;

/// Some small offices, and one, in the middle, that takes a while.
fn city() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let city = folder.path().join("某市");
    for name in ["一区", "三区", "九区"] {
        office(&city, name, 2, 40);
    }
    office(&city, "丰区", 2, 1);
    write(&city, "丰区/活动台账.csv", &ledger(80_000));
    folder
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("jiaoyan"));
    command.current_dir(folder).args(["check", "--pack", "jiangmen-2022", "--period", "2023", "--each-folder", "某市"]);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Looks again and again until something is there.
fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(180) {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(1));
    }
    panic!("{what} did not come");
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<String> {
    let threads = fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten();
    let lists: Vec<_> = threads.map(|thread| fs::read_to_string(thread.path().join("children"))).collect();
    // Not every kernel keeps the lists.
    if lists.iter().any(Result::is_ok) {
        return lists
            .into_iter()
            .flatten()
            .flat_map(|list| list.split(' ').map(str::to_string).collect::<Vec<_>>())
            .collect();
    }
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let parent = format!("\nPPid:\t{of}\n");
    let is_child =
        |name: &String| fs::read_to_string(format!("/proc/{name}/status")).is_ok_and(|text| text.contains(&parent));
    names.filter(is_child).collect()
}

/// The child that reads the large ledger.
fn at_the_large_one(run: &Child) -> String {
    wait("the reading", || {
        children(run.id()).into_iter().find(|child| {
            let handles = fs::read_dir(format!("/proc/{child}/fd")).into_iter().flatten().flatten();
            let mut paths = handles.filter_map(|handle| fs::read_link(handle.path()).ok());
            paths.any(|path| path.ends_with("丰区/活动台账.csv"))
        })
    })
}

fn signal(name: &str, process: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), "--", process]).status().unwrap().success());
}

/// What the run says of 丰区 alone.
fn said_of_the_large_one(said: &str) -> String {
    let rest = said.strip_prefix("错误：有 1 个单位没有核查成：\n  某市 丰区：").expect(said);
    rest.strip_suffix("\n  处理后加上 --resume 再运行，只核查没有核查成的和有改动的单位\n").expect(said).to_string()
}

/// What is written for the other offices.
fn of_the_others() -> Vec<String> {
    let mut names =
        ["一区", "三区", "九区"].map(|name| [format!("{name}核查报告.json"), format!("{name}核查报告.xlsx")]).concat();
    names.extend(["总表.xlsx".to_string(), "核查进度.ndjson".to_string()]);
    names.sort();
    names
}

#[test]
fn an_office_whose_audit_is_killed_or_stands_still_is_the_only_one_not_audited() {
    let cases = [
        (
            "KILL",
            "读取《某市/丰区/活动台账.csv》时程序被强行结束，没有写报告；如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行",
        ),
        (
            "STOP",
            "读取《某市/丰区/活动台账.csv》时 6 秒没有进展，已停止，没有写报告；\
             请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查；\
             如果只是电脑或网络慢，请加上 --time-limit 12 再运行",
        ),
    ];
    let folder = city();
    for (name, expected) in cases {
        let run = command(folder.path(), &["-o", name, "--threads", "1", "--time-limit", "6"]).spawn().unwrap();
        signal(name, &at_the_large_one(&run));
        let output = run.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(said_of_the_large_one(&String::from_utf8(output.stderr).unwrap()), expected);
        assert_eq!(names(&folder.path().join(name)), of_the_others());
    }
    assert!(
        contents(&folder.path().join("KILL"))["九区核查报告.xlsx"]
            == contents(&folder.path().join("STOP"))["九区核查报告.xlsx"]
    );
}

#[test]
fn an_office_that_takes_more_memory_than_allowed_is_the_only_one_not_audited() {
    let folder = city();
    // So many people and a finding for each.
    office(&folder.path().join("某市"), "丰区", 8_000, 10);
    let (code, said) = run(folder.path(), &["--memory-limit", "24", "--threads", "2"]);
    let expected = "汇总结果时内存用量超过了上限 24 MB，已停止，没有写报告；请加上 --memory-limit 48 再运行";
    assert_eq!((code, said_of_the_large_one(&said).as_str()), (Some(2), expected));
    assert_eq!(names(&folder.path().join("2023年分单位核查")), of_the_others());
}

#[test]
fn a_run_that_is_killed_is_taken_up_where_it_was() {
    let folder = city();
    let (code, said) = run(folder.path(), &["-o", "全程", "--threads", "1"]);
    assert_eq!((code, said.as_str()), (Some(1), ""));
    let mut cut = command(folder.path(), &["-o", "中断", "--threads", "1"]).spawn().unwrap();
    let child = at_the_large_one(&cut);
    cut.kill().unwrap();
    cut.wait().unwrap();
    wait("the end of the child", || {
        let state = fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
        (state.is_empty() || state.contains("\nState:\tZ")).then_some(())
    });
    let done = names(&folder.path().join("中断"));
    assert!(!done.is_empty() && !done.contains(&"总表.xlsx".to_string()), "{done:?}");
    let (code, said) = run(folder.path(), &["-o", "中断", "--resume"]);
    let before = done.iter().filter(|name| name.ends_with(".xlsx")).count();
    let expected = format!("注意：{before} 个单位沿用上次的结果，这次核查 {} 个单位\n", 4 - before);
    assert_eq!((before, code, said), (2, Some(1), expected));
    assert!(contents(&folder.path().join("中断")) == contents(&folder.path().join("全程")));
}

#[test]
fn packs_that_change_during_the_run_end_it() {
    let folder = city();
    let pack = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/jiangmen-2022.toml")).unwrap();
    let pack = pack.replacen("id = \"jiangmen-2022\"", "id = \"ours\"", 1);
    write(folder.path(), "规则.toml", &pack);
    let mut words = Command::new(cargo_bin!("jiaoyan"));
    words.current_dir(folder.path()).args([
        "check",
        "--each-folder",
        "某市",
        "--pack",
        "规则.toml",
        "--period",
        "2023",
    ]);
    words.args(["--threads", "1"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = words.spawn().unwrap();
    at_the_large_one(&run);
    write(folder.path(), "规则.toml", &pack.replacen("= 60", "= 61", 1));
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = "错误：规则包、校历或表头对照文件在核查过程中有改动，已停止\n  \
        请加上 --resume 再运行，用改动后的文件核查全部单位\n";
    assert_eq!((output.status.code(), said.as_str()), (Some(2), expected));
}
