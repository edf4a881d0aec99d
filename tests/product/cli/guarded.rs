//! The audit runs in a child of the program: whatever befalls the child, the parent says which file it was at.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};

/// A ledger that takes a while to read: 11 MB, and seconds for a program that is not optimised.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = String::from("日期,工号,姓名,类型,天数,节数,主题\n");
    for row in 0..200_000 {
        let (month, day, person) = (row % 12 + 1, row % 28 + 1, row % 900);
        ledger += &format!("2023-{month:02}-{day:02},T{person},林青{person},听评课,1,2,单元教学{row}\n");
    }
    fs::write(folder.path().join("活动台账.csv"), ledger).unwrap();
    folder
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("jiaoyan"));
    command.current_dir(folder).args(["check", "活动台账.csv", "--pack", "jiangmen-2022", "--period", "2023"]);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How long to wait for what surely comes, on a machine that is busy with other things too.
const PATIENCE: Duration = Duration::from_secs(180);

/// Looks again and again until something is there.
fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(1));
    }
    panic!("{what} did not come");
}

/// A line of `/proc/<process>/status`.
fn status_of(process: &str, key: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    Some(line.trim().to_string())
}

/// The process that a process has started.
fn child_of(parent: u32) -> Option<String> {
    // Not every kernel keeps the list.
    if let Ok(children) = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")) {
        return children.split_whitespace().next().map(str::to_string);
    }
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.find(|name| status_of(name, "PPid").is_some_and(|of| of == parent.to_string()))
}

/// The child of a run, once it is at the ledger.
fn reading_child(run: &Child) -> String {
    let child = wait("the child", || child_of(run.id()));
    wait("the reading", || {
        let handles = fs::read_dir(format!("/proc/{child}/fd")).into_iter().flatten().flatten();
        handles.filter_map(|handle| fs::read_link(handle.path()).ok()).find(|path| path.ends_with("活动台账.csv"))
    });
    child
}

fn signal(name: &str, process: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), "--", process]).status().unwrap().success());
}

/// Whether a process is gone, or only waits for its parent to take notice.
fn is_gone(process: &str) -> Option<()> {
    status_of(process, "State").is_none_or(|state| state.starts_with('Z')).then_some(())
}

/// The work of a process that surely reads some thousand rows, in ticks of its processor.
const SOME_READING: u64 = 15;

/// How long a process has worked, in ticks of its processor; 0 once it is gone.
fn ticks_of(process: &str) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind_the_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = behind_the_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What the parent says when the child gets this signal while it reads: exit status 2, no output, no report.
fn refusal_after(name: &str, words: &[&str]) -> String {
    let folder = folder();
    let run = command(folder.path(), words).spawn().unwrap();
    let child = reading_child(&run);
    signal(name, &child);
    refusal(folder.path(), &run.wait_with_output().unwrap())
}

fn refusal(folder: &Path, output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    assert!(names(folder).iter().all(|name| name.ends_with(".csv")));
    text(&output.stderr)
}

#[test]
fn a_file_that_takes_more_memory_than_allowed_is_named() {
    let folder = folder();
    let output = command(folder.path(), &["--memory-limit", "5"]).output().unwrap();
    let expected = "错误：读取《活动台账.csv》时内存用量超过了上限 5 MB，已停止，没有写报告\n  \
        请核实这个文件是否完整、来源是否可靠\n  如果确实是大文件，请加上 --memory-limit 10 再运行\n";
    assert_eq!(refusal(folder.path(), &output), expected);
}

#[test]
fn memory_that_is_short_behind_the_reading_is_not_put_on_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let people: String = (0..900).map(|person| format!("T{person},林青{person},某区,县级,专职\n")).collect();
    fs::write(folder.path().join("活动台账.csv"), "日期,姓名,类型\n2023-03-01,林青,听评课\n").unwrap();
    fs::write(folder.path().join("花名册.csv"), format!("工号,姓名,单位,层级,专兼职\n{people}")).unwrap();
    let output = command(folder.path(), &["花名册.csv", "--memory-limit", "8"]).output().unwrap();
    let expected = "错误：汇总结果时内存用量超过了上限 8 MB，已停止，没有写报告\n  请加上 --memory-limit 16 再运行\n";
    assert_eq!(refusal(folder.path(), &output), expected);
}

#[test]
fn a_file_that_stands_still_is_named_after_the_time_limit() {
    // Long enough for a busy machine to come to the file.
    let expected = "错误：读取《活动台账.csv》时 6 秒没有进展，已停止，没有写报告\n  \
        请把文件拷贝到本机，用 WPS 或 Excel 打开后另存为 .xlsx 再检查\n  \
        如果只是电脑或网络慢，请加上 --time-limit 12 再运行\n";
    assert_eq!(refusal_after("STOP", &["--time-limit", "6"]), expected);
}

#[test]
fn a_file_that_is_read_for_longer_than_the_time_limit_but_goes_on_is_read() {
    let folder = folder();
    let start = Instant::now();
    let run = command(folder.path(), &["--time-limit", "8"]).spawn().unwrap();
    let child = reading_child(&run);
    // As on a slow machine: together longer than the limit, with a little reading in between.
    for _ in 0..3 {
        let worked = ticks_of(&child);
        signal("STOP", &child);
        sleep(Duration::from_secs(3));
        signal("CONT", &child);
        wait("some reading", || is_gone(&child).or((ticks_of(&child) > worked + SOME_READING).then_some(())));
    }
    let output = run.wait_with_output().unwrap();
    assert!(start.elapsed() > Duration::from_secs(8), "too quick to show anything");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names(folder.path()), ["2023年核查报告.json", "2023年核查报告.xlsx", "活动台账.csv"]);
}

#[test]
fn a_child_that_is_killed_or_crashes_is_told_with_the_file_it_read() {
    let expected = "错误：读取《活动台账.csv》时程序被强行结束，没有写报告\n  \
        如果没有人结束它，可能是电脑内存不足，请关闭其他程序后再运行\n";
    assert_eq!(refusal_after("KILL", &[]), expected);
    let expected = "错误：读取《活动台账.csv》时程序意外中止，没有写报告\n  \
        请用 WPS 或 Excel 打开这个文件，另存为 .xlsx 后再运行\n";
    assert_eq!(refusal_after("ABRT", &[]), expected);
}

#[test]
fn a_child_whose_parent_is_gone_ends() {
    let folder = folder();
    let mut run = command(folder.path(), &[]).spawn().unwrap();
    let child = reading_child(&run);
    run.kill().unwrap();
    run.wait().unwrap();
    wait("the end of the child", || is_gone(&child));
    assert_eq!(names(folder.path()), ["活动台账.csv"]);
}

/// Also one that says nothing any more: its many diagnostics go to a pipe that nobody empties.
#[test]
fn a_child_that_stands_still_ends_with_its_parent_too() {
    let folder = tempfile::tempdir().unwrap();
    let unknown: String = (0..3000).map(|number| format!("[unknown{number}]\n")).collect();
    fs::write(folder.path().join("规则.toml"), unknown).unwrap();
    fs::write(folder.path().join("活动台账.csv"), "日期,姓名,类型\n").unwrap();
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut run = command(folder.path(), &["--pack", "规则.toml"]).stderr(writer).spawn().unwrap();
    let child = wait("the child", || child_of(run.id()));
    reader.read_exact(&mut [0; 10]).unwrap();
    run.kill().unwrap();
    run.wait().unwrap();
    wait("the end of the child", || is_gone(&child));
}

#[test]
fn an_interrupt_from_the_terminal_ends_both() {
    let folder = folder();
    // Where the tests run in the background, the interrupt is ignored, and what they start would ignore it, too.
    let mut heeding = Command::new("env");
    heeding.arg("--default-signal=INT").arg(cargo_bin!("jiaoyan")).args(command(folder.path(), &[]).get_args());
    heeding.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = heeding.process_group(0).spawn().unwrap();
    let child = reading_child(&run);
    signal("INT", &format!("-{}", run.id()));
    let output = run.wait_with_output().unwrap();
    const SIGINT: i32 = 2;
    assert_eq!(output.status.signal(), Some(SIGINT));
    wait("the end of the child", || is_gone(&child));
    assert_eq!(names(folder.path()), ["活动台账.csv"]);
}

#[test]
fn a_report_is_the_old_or_the_new_one_whenever_the_child_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("活动台账.csv"), "日期,姓名,类型\n2023-03-01,林青,听评课\n").unwrap();
    let report = folder.path().join("报告.xlsx");
    let words = ["-o", "报告.xlsx", "--force"];
    let start = Instant::now();
    assert_eq!(command(folder.path(), &words).output().unwrap().status.code(), Some(3));
    let (whole, new) = (start.elapsed(), fs::read(&report).unwrap());
    for step in 0..20 {
        fs::write(&report, "old").unwrap();
        fs::write(folder.path().join("报告.json"), jiaoyan::model::sha256_hex(b"old")).unwrap();
        let mut run = command(folder.path(), &words).spawn().unwrap();
        // On a busy machine it may have come to its end before it is seen.
        let child = wait("the child or its end", || {
            let ended = run.try_wait().unwrap().map(|_| None);
            child_of(run.id()).map(Some).or(ended)
        });
        sleep(whole * step / 18);
        if let Some(child) = child {
            // It may have come to its end by then.
            Command::new("kill").args(["-KILL", &child]).stderr(Stdio::null()).status().unwrap();
        }
        let status = run.wait_with_output().unwrap().status.code();
        let left = fs::read(&report).unwrap();
        assert!(left == new || (left == b"old" && status == Some(2)), "step {step}: {status:?}");
        // A proof that is there is that of the report that is there.
        let proof = fs::read_to_string(folder.path().join("报告.json")).unwrap_or_default();
        assert!(proof.is_empty() || proof.contains(&jiaoyan::model::sha256_hex(&left)), "step {step}");
        let mut left = names(folder.path());
        left.retain(|name| name != "报告.json" && !name.starts_with(".~jiaoyan-"));
        assert_eq!(left, ["报告.xlsx", "活动台账.csv"]);
    }
}

#[test]
fn a_limit_that_is_no_number_is_said_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |words: &[&str]| {
        let mut command = cargo_bin_cmd!("jiaoyan");
        let command = command.current_dir(folder.path()).args(["没有.xlsx"]).args(words);
        String::from_utf8(command.assert().code(2).stdout("").get_output().stderr.clone()).unwrap()
    };
    let expected =
        "错误：--time-limit 不能写“0”；请写大于 0 的整数，例如 --time-limit 120，单位是秒\n  不写时是 60 秒\n";
    assert_eq!(refusal(&["--time-limit", "0"]), expected);
    let expected =
        "错误：--memory-limit 不能写“-1”；请写大于 0 的整数，例如 --memory-limit 4096，单位是MB\n  不写时是 2048 MB\n";
    assert_eq!(refusal(&["--memory-limit", "-1"]), expected);
}

#[test]
fn the_mark_of_a_child_is_not_for_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("活动台账.csv"), "日期,姓名,类型\n").unwrap();
    let output = command(folder.path(), &[]).env("JIAOYAN_WATCHED", "1").output().unwrap();
    let expected = "错误：环境变量 JIAOYAN_WATCHED 是程序自己用的，请去掉它再运行\n";
    assert_eq!(refusal(folder.path(), &output), expected);
}
