//! A command line that cannot be run is answered in Chinese, says what to write instead, and exits with 2.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;

/// A folder with one workbook, 台账.xlsx, in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("台账.xlsx"), "a workbook").unwrap();
    folder
}

fn jiaoyan(folder: &Path, words: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(words);
    command
}

/// What the program says to words that it cannot run; it prints nothing else.
fn refusal(words: &[&str]) -> String {
    let folder = folder();
    let output = jiaoyan(folder.path(), words).assert().code(2).stdout("").get_output().clone();
    String::from_utf8(output.stderr).unwrap()
}

const HELP: &str = "  查看用法：jiaoyan check --help\n";

#[test]
fn no_arguments_get_the_first_command_to_try() {
    let expected = "按政策文件核查教研员的台账，写出核查报告。\n\n\
        先试这一条命令（把“台账文件夹”换成存放台账的文件夹）：\n  jiaoyan check 台账文件夹 --pack jiangmen-2022\n\n\
        查看有哪些规则包：jiaoyan packs list\n查看全部用法：jiaoyan --help\n";
    assert_eq!(refusal(&[]), expected);
}

#[test]
fn an_unknown_option_gets_the_nearest_one_and_the_whole_command() {
    let expected = "错误：不认识的选项 --perod；是不是想写 --period？\n  \
        正确的命令：jiaoyan check --period 2023 台账.xlsx\n";
    assert_eq!(refusal(&["--perod", "2023", "台账.xlsx"]), format!("{expected}{HELP}"));
    assert_eq!(refusal(&["台账.xlsx", "--zzz"]), format!("错误：不认识的选项 --zzz\n{HELP}"));
    let expected = "错误：“—pack”开头的横线不对；选项要用两个半角减号，写成 --pack\n";
    assert_eq!(refusal(&["台账.xlsx", "—pack", "jiangmen-2022"]), expected);
}

#[test]
fn a_missing_value_gets_the_way_to_write_it() {
    let expected = "错误：--period 后面没有写值\n  写法：--period <年度>\n";
    assert_eq!(refusal(&["台账.xlsx", "--period"]), format!("{expected}{HELP}"));
}

#[test]
fn a_wrong_value_gets_those_that_are_right() {
    let expected = "错误：--format 不能写“jsn”；是不是想写 json？\n  \
        正确的命令：jiaoyan check 台账.xlsx --format json\n  可以写：text、json、csv、jsonl、md\n";
    assert_eq!(refusal(&["台账.xlsx", "--format", "jsn"]), format!("{expected}{HELP}"));
    let expected = "错误：--level 不能写“省级”；可以写：市级、县级、镇街\n";
    assert_eq!(refusal(&["台账.xlsx", "--level", "省级"]), expected);
    let expected = "错误：“23”不是核查年度；请写成 2023（自然年）或 2023-2024（学年）\n";
    assert_eq!(refusal(&["台账.xlsx", "--period", "23"]), expected);
    let expected = "错误：--as-of 的“2023.1.1”不是日期；请写成 2023-12-31 的样子\n";
    assert_eq!(refusal(&["台账.xlsx", "--as-of", "2023.1.1"]), expected);
    let expected = "错误：--institution 后面没有写单位名称\n";
    assert_eq!(refusal(&["台账.xlsx", "--institution", " "]), expected);
}

#[test]
fn the_day_may_not_lie_before_the_audit_year() {
    let words = ["台账.xlsx", "--pack", "jiangmen-2022", "--period", "2023", "--as-of", "2022-12-31"];
    let expected = "错误：核查日 2022-12-31 早于核查年度（2023年）的第一天 2023-01-01\n  \
        请改 --as-of，或用 --period 指定年度\n";
    assert_eq!(refusal(&words), expected);
}

#[test]
fn documents_of_different_years_need_an_audit_year() {
    let words = ["台账.xlsx", "--pack", "jiangmen-2022", "--pack", "dongxing-2020"];
    let expected = "错误：jiangmen-2022按自然年核查，dongxing-2020按学年核查，不能都按同一个年度核查\n  \
        请分开核查，或用 --period 指定核查年度，各份文件都按这一年核查\n";
    assert_eq!(refusal(&words), expected);
}

#[test]
fn an_option_given_twice_is_said_so() {
    let expected = "错误：--period 写了两次，只能写一次\n";
    assert_eq!(refusal(&["台账.xlsx", "--period", "2023", "--period", "2024"]), format!("{expected}{HELP}"));
    let expected = "错误：规则包 jiangmen-2022 给了两次\n  每个规则包只写一次 --pack\n";
    assert_eq!(refusal(&["台账.xlsx", "--pack", "jiangmen-2022", "--pack", "jiangmen-2022"]), expected);
}

#[test]
fn missing_arguments_get_the_way_to_write_the_command() {
    let expected = "错误：缺少文件或文件夹\n  写法：jiaoyan check [选项] <文件或文件夹>…\n";
    assert_eq!(refusal(&["check"]), format!("{expected}{HELP}"));
    let expected =
        "错误：缺少规则包\n  写法：jiaoyan packs lint [选项] <规则包>\n  查看用法：jiaoyan packs lint --help\n";
    assert_eq!(refusal(&["packs", "lint"]), expected);
}

#[test]
fn a_misspelt_command_or_file_is_said_so() {
    let expected = "错误：没有叫“chek”的命令或文件；是不是想写 check？\n  查看全部命令：jiaoyan --help\n";
    assert_eq!(refusal(&["chek", "台账.xlsx"]), expected);
    let expected = "错误：没有“lst”这个命令；是不是想写 list？\n  正确的命令：jiaoyan packs list\n  \
        查看用法：jiaoyan packs --help\n";
    assert_eq!(refusal(&["packs", "lst"]), expected);
    let expected = "错误：找不到《花名册.xlsx》《无》\n  \
        请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号\n";
    assert_eq!(refusal(&["花名册.xlsx", "台账.xlsx", "无"]), expected);
}

#[test]
fn without_a_pack_and_a_terminal_the_packs_and_the_whole_command_are_named() {
    let stderr = refusal(&["check", "台账.xlsx", "--period", "2023"]);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(lines[0], "错误：没有写用哪份文件核查，请加上 --pack");
    assert_eq!(lines[1], "  可以用的规则包：");
    assert!(lines[2].starts_with("    jiangmen-2022  《江门市教育局"), "{stderr}");
    assert!(lines[2].ends_with("（江教办〔2022〕38号）"), "{stderr}");
    let right = "  完整的命令：jiaoyan check --pack jiangmen-2022 台账.xlsx --period 2023";
    assert_eq!(lines.last(), Some(&right));
}

#[test]
fn a_pack_that_is_not_there_is_said_so() {
    let ids = jiaoyan::pack::built_in_ids().collect::<Vec<_>>().join("、");
    let expected = format!(
        "错误：没有编号为“jiangmen2022”的规则包；是不是想写 jiangmen-2022？\n  \
        内置的规则包：{ids}\n  自己写的规则包请写文件名，例如 --pack 规则.toml\n"
    );
    assert_eq!(refusal(&["台账.xlsx", "--pack", "jiangmen2022"]), expected);
    let expected = "错误：读不了规则包《规则.toml》：没有这个文件或文件夹\n";
    assert_eq!(refusal(&["台账.xlsx", "--pack", "规则.toml"]), expected);
    let expected = "错误：读不了规则包《jiangmen-2022.toml》：没有这个文件或文件夹\n  是不是想写 jiangmen-2022？\n";
    assert_eq!(refusal(&["台账.xlsx", "--pack", "jiangmen-2022.toml"]), expected);
    let expected = "错误：读不了规则包《./》：这是文件夹，不是文件\n";
    assert_eq!(refusal(&["台账.xlsx", "--pack", "./"]), expected);
}

/// Words of clap's that must never be seen.
const ENGLISH: [&str; 13] = [
    "alias",
    "error:",
    "Usage",
    "possible values",
    "tip",
    "unexpected",
    "argument",
    "required",
    "Options",
    "Arguments",
    "Commands",
    "Print help",
    "subcommand",
];

fn assert_no_english(text: &str, words: &[&str]) {
    for english in ENGLISH {
        assert!(!text.contains(english), "{words:?} says {english}: {text}");
    }
}

#[test]
fn no_wrong_command_line_lets_a_word_of_clap_through() {
    let wrong: [&[&str]; 44] = [
        &["verify"],
        &["verify", "--pack", "x"],
        &["verify", "报告.xlsx", "--quiet", "--quiet"],
        &["台账.xlsx", "--publish=yes"],
        &["explain"],
        &["explain", "visit-days", "--person"],
        &["explain", "visit-days", "--as-off", "x"],
        &["inspect"],
        &["inspect", "台账.xlsx", "--pack", "x"],
        &["inspect", "台账.xlsx", "--columns"],
        &["inspect", "台账.xlsx", "--format", "xml"],
        &["check"],
        &["--zzz"],
        &["--packs", "x", "台账.xlsx"],
        &["-x", "台账.xlsx"],
        &["台账.xlsx", "--force=yes"],
        &["台账.xlsx", "--help=1"],
        &["台账.xlsx", "-o"],
        &["台账.xlsx", "--pack="],
        &["台账.xlsx", "--pack", "--force"],
        &["台账.xlsx", "--format", "xml"],
        &["台账.xlsx", "--format"],
        &["台账.xlsx", "--quiet", "--quiet"],
        &["台账.xlsx", "-o", "a.xlsx", "-o", "b.xlsx"],
        &["台账.xlsx", "--version"],
        &["template", "a"],
        &["template", "--pack"],
        &["template", "--pack", "jiangmen-2022", "--force", "--force"],
        &["template", "--zzz"],
        &["template", "-o"],
        &["packs"],
        &["packs", "zzz"],
        &["packs", "lint"],
        &["packs", "lint", "a", "b"],
        &["packs", "lint", "--source"],
        &["packs", "show"],
        &["packs", "show", "a", "b"],
        &["packs", "test", "--all"],
        &["packs", "compare", "--to"],
        &["packs", "list", "a"],
        &["packs", "list", "--all"],
        &["packs", "--list"],
        &["packs", "--", "list"],
        &["--", "--zzz"],
    ];
    for words in wrong {
        let stderr = refusal(words);
        assert!(!stderr.is_empty(), "{words:?}");
        assert_no_english(&stderr, words);
    }
}

#[test]
fn help_and_version_are_chinese_and_no_error() {
    let folder = folder();
    let asked: [&[&str]; 15] = [
        &["verify", "--help"],
        &["inspect", "--help"],
        &["explain", "--help"],
        &["--help"],
        &["-h"],
        &["help"],
        &["help", "check"],
        &["check", "--help"],
        &["template", "--help"],
        &["packs", "--help"],
        &["packs", "lint", "--help"],
        &["packs", "show", "--help"],
        &["packs", "test", "--help"],
        &["packs", "compare", "--help"],
        &["--version"],
    ];
    for words in asked {
        let output = jiaoyan(folder.path(), words).assert().code(0).stderr("").get_output().clone();
        assert_no_english(&String::from_utf8(output.stdout).unwrap(), words);
    }
    let expected = "检查规则包的写法，列出全部问题\n\n用法：jiaoyan packs lint [选项] <规则包>\n\n\
        参数：\n  <规则包>  规则包文件，或内置规则包的编号\n\n\
        选项：\n      --source <原文>  文件原文（文字文件），用来核对引文\n  -h, --help           显示这段说明\n";
    jiaoyan(folder.path(), &["packs", "lint", "--help"]).assert().stdout(expected);
}

#[cfg(unix)]
#[test]
fn words_that_are_not_utf_8_are_no_crash() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let word = OsStr::from_bytes(b"\xFF.xlsx");
    let expected = "错误：命令行上有无法识别的字符，请重新输入\n  查看用法：jiaoyan check --help\n";
    jiaoyan(folder.path(), &["台账.xlsx", "--period"]).arg(word).assert().code(2).stderr(expected);
    jiaoyan(folder.path(), &[]).arg(word).assert().code(2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_or_full_output_is_no_crash() {
    let program = assert_cmd::cargo::cargo_bin!("jiaoyan");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = std::process::Command::new(program).arg("--help").stdout(writer).status().unwrap();
    assert_eq!(status.code(), Some(0));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = std::process::Command::new(program).arg("check").stderr(writer).status().unwrap();
    assert_eq!(status.code(), Some(2));
    let full = fs::File::create("/dev/full").unwrap();
    let output = std::process::Command::new(program).arg("--help").stdout(full).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "错误：输出没有写完：磁盘已满\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_number_in_the_name_of_a_file_is_masked_in_what_is_said_of_it() {
    let said = refusal(&["13812341234.xlsx", "--pack", "jiangmen-2022"]);
    assert!(said.starts_with("错误：找不到《138****1234.xlsx》\n"), "{said}");
    let folder = folder();
    fs::rename(folder.path().join("台账.xlsx"), folder.path().join("11010519491231002X.xlsx")).unwrap();
    let check: &[&str] = &["check", "11010519491231002X.xlsx", "--pack", "jiangmen-2022"];
    for words in [check, &["inspect", "."]] {
        let output = jiaoyan(folder.path(), words).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains("《11*************02X.xlsx》") && !said.contains("19491231"), "{said}");
    }
}
