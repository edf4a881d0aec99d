//! Rows 21, 22, 24 and 26: reports that cannot be written, must not be written there, or are too large.

use std::fs;

use calamine::{Reader, Xlsx};

use super::desk::Desk;

/// A folder where a report can be made.
fn desk() -> Desk {
    Desk::with("培训台账.csv", "日期,姓名,学时\n2023-03-06,林青,90\n")
}

/// What is said of a report that was not written.
fn not_written(path: &str, reason: &str) -> String {
    format!("错误：报告《{path}》没有写成：{reason}\n  原有的文件没有改动；请处理后再运行，或用 -o 换一个文件名\n")
}

#[test]
fn row_21_a_report_that_is_there_stays_and_a_free_name_is_taken() {
    let desk = desk();
    for name in ["2023年核查报告.xlsx", "2023年核查报告(2).xlsx", "2023年核查报告(3).xlsx"] {
        let ran = desk.check(&["培训台账.csv"]);
        assert!(
            ran.stdout.ends_with(&format!("\n报告已写入 {name}，核对文件已写入 {}\n", name.replace("xlsx", "json"))),
            "{}",
            ran.stdout
        );
    }
    desk.put("报告.xlsx", "old");
    let expected = "错误：《报告.xlsx》已经存在；要覆盖请加 --force，或用 -o 换一个文件名\n";
    assert_eq!(desk.refused(&["培训台账.csv", "-o", "报告.xlsx"]), expected);
    let expected = "错误：文件夹“没有”不存在，请先建立\n";
    assert_eq!(desk.refused(&["培训台账.csv", "-o", "没有/报告.xlsx"]), expected);
}

/// A folder of the kernel's takes no files from anybody.
#[cfg(target_os = "linux")]
#[test]
fn row_21_a_folder_that_takes_no_files_is_said_so() {
    let desk = desk();
    let path = "/sys/kernel/报告.xlsx";
    let ran = desk.check(&["培训台账.csv", "-o", path]);
    assert_eq!((ran.status, ran.stderr), (Some(2), not_written(path, "没有权限")));
}

#[cfg(unix)]
#[test]
fn row_21_a_folder_that_is_read_only_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    fs::create_dir(desk.at("夹")).unwrap();
    fs::set_permissions(desk.at("夹"), fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator may write anywhere.
    if fs::write(desk.at("夹/试"), "").is_err() {
        let expected = not_written("夹/报告.xlsx", "没有权限");
        assert_eq!(desk.refused(&["培训台账.csv", "-o", "夹/报告.xlsx"]), expected);
    }
    fs::set_permissions(desk.at("夹"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// A bound on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn row_21_a_write_that_the_system_refuses_leaves_the_old_report_whole() {
    let desk = desk();
    desk.put("报告.xlsx", "old");
    let before = desk.contents();
    let program = assert_cmd::cargo::cargo_bin!("jiaoyan");
    let run = |prelude: &str| {
        let words = "check 培训台账.csv --pack jiangmen-2022 --period 2023 -o 报告.xlsx --force";
        let line = format!("ulimit -f 1; {prelude} exec {} {words}", program.display());
        let output = std::process::Command::new("sh").args(["-c", &line]).current_dir(desk.at("")).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(run("trap '' XFSZ;"), not_written("报告.xlsx", "文件太大"));
    assert!(desk.contents() == before);
    // Where the signal is not taken away, it ends the child in the middle of writing.
    let expected = "错误：写报告时程序意外中止；报告或者没有写，或者已经完整写成\n  \
        请再运行一次；如果还是这样，请把命令告诉程序的维护人员\n";
    assert_eq!(run(""), expected);
    assert!(desk.contents() == before);
}

#[test]
fn row_22_the_report_never_takes_the_place_of_an_input() {
    let desk = Desk::with("台账/培训.xlsx", "not even a workbook");
    fs::hard_link(desk.at("台账/培训.xlsx"), desk.at("硬链接.xlsx")).unwrap();
    for path in ["台账/培训.xlsx", "台账/../台账/培训.xlsx", "台账/培训.XLSX", "硬链接.xlsx"] {
        let expected = format!("错误：《{path}》是要核查的台账，不能用报告覆盖它；请用 -o 换一个文件名\n");
        assert_eq!(desk.refused(&["台账", "-o", path, "--force"]), expected);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn row_24_a_standard_output_that_is_closed_or_full_costs_nothing_but_the_print() {
    let desk = desk();
    let run = |stdout: std::process::Stdio, words: &[&str]| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("jiaoyan"));
        command.current_dir(desk.at("")).args(["check", "培训台账.csv", "--pack", "jiangmen-2022", "--period", "2023"]);
        let output = command.args(words).stdout(stdout).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        std::process::Stdio::from(writer)
    };
    let full = || std::process::Stdio::from(fs::File::create("/dev/full").unwrap());
    assert_eq!(run(closed(), &[]), (Some(3), String::new()));
    assert_eq!(run(full(), &[]), (Some(3), "注意：输出没有写完：磁盘已满\n".to_string()));
    // Both wrote their report.
    assert!(desk.at("2023年核查报告.xlsx").is_file() && desk.at("2023年核查报告(2).xlsx").is_file());
    assert_eq!(run(closed(), &["--format", "json"]), (Some(3), String::new()));
    let failed = (Some(2), "错误：输出没有写完：磁盘已满\n".to_string());
    assert_eq!(run(full(), &["--format", "json", "-o", "报告.xlsx"]), failed);
    assert!(!desk.at("报告.xlsx").exists());
}

#[test]
fn row_26_a_text_that_no_cell_holds_is_cut_with_a_mark_and_many_issues_are_counted() {
    let long = "长".repeat(40_000);
    let many: String = (0..700).map(|row| format!("2023-03-06,路人{row},研修,待补\n")).collect();
    let desk = Desk::with("培训台账.csv", format!("日期,姓名,培训名称,学时\n2023-03-06,林青,{long},待补\n{many}"));
    let ran = desk.check(&["培训台账.csv", "-o", "核查.xlsx"]);
    assert_ne!(ran.status, Some(2), "{}", ran.stderr);
    let mut book: Xlsx<_> = calamine::open_workbook(desk.at("核查.xlsx")).unwrap();
    let names = book.sheet_names();
    let texts = |book: &mut Xlsx<_>, name: &str| {
        let range: calamine::Range<calamine::Data> = book.worksheet_range(name).unwrap();
        range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>()
    };
    let copy = texts(&mut book, names.iter().find(|name| name.starts_with("原表")).unwrap());
    let cut: Vec<&String> = copy.iter().filter(|cell| cell.starts_with("长长")).collect();
    assert_eq!(cut.len(), 1);
    assert!(cut[0].chars().count() == 32_767 && cut[0].ends_with("长…（内容过长，已截断）"));
    let issues = texts(&mut book, "数据问题");
    assert!(issues.contains(&"这张表还有201处“数值无法识别”，没有逐条列出".to_string()));
}
