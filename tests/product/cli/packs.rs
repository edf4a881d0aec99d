//! Packs are listed, and checked with all their defects shown in their lines.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;

fn jiaoyan(folder: &Path, words: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("jiaoyan");
    command.current_dir(folder).args(words);
    command
}

#[test]
fn the_built_in_packs_are_listed() {
    let output = jiaoyan(Path::new("."), &["packs", "list"]).assert().code(0).stderr("").get_output().clone();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r#"
    jiangmen-2022
      文件：《江门市教育局贯彻落实《广东省教育厅关于建立健全新时代基础教育教研体系的实施意见》的行动计划》
      文号：江教办〔2022〕38号
      年度：自然年（1月1日至12月31日）
      内容：规则 20 条，条款 25 条

    dongxing-2020
      文件：《内江市东兴区2020年教研工作要点》
      文号：无
      年度：学年（9月1日至次年8月31日）
      内容：规则 11 条，条款 9 条

    training-school
      文件：《关于进一步加强区教师进修学校建设的实施意见》
      文号：无
      年度：学年（9月1日至次年8月31日）
      内容：规则 18 条，条款 14 条

    yueqing-2020
      文件：《乐清市教育研究培训院关于建立研训员蹲点联系学校制度和成立首批研训基地学校的通知》
      文号：乐研训〔2020〕124号
      年度：学年（9月1日至次年8月31日）
      内容：规则 25 条，条款 23 条

    urumqi-2024
      文件：《乌鲁木齐市教育局对市政协十四届三次会议“关于对中小学教研工作的建议”的答复》
      文号：无
      年度：自然年（1月1日至12月31日）
      内容：规则 39 条，条款 10 条
    "#);
}

#[test]
fn every_built_in_pack_is_without_defects() {
    let words = ["packs", "lint", "jiangmen-2022"];
    jiaoyan(Path::new("."), &words).assert().code(0).stdout("没有发现问题\n").stderr("");
}

/// Five defects: an unknown key, a wrong audit year, an unknown status, an unknown field, a wrong type.
const FIVE_DEFECTS: &str = r#"[pack]
id = "shi-fan"
title = "示范文件"
issuer = "某市教育局"
audit-year = "农历"

[[clause]]
id = "一"
heading = "教研职责"
status = "rule"
ask = "人工核查什么"

[[clause]]
id = "二"
heading = "教研职责"
status = "rules"

[[rule]]
id = "days"
clause = "二"
quote = "每年不少于60天"
title = 60
obligation = "应"
each = "staff"
per = "year"
measure.days = { of = "activities", where = { kinds = "到校" } }
at-least = 60
unit = "天"
weight = 3
"#;

#[test]
fn a_pack_with_five_defects_shows_all_five_in_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("规则.toml"), FIVE_DEFECTS).unwrap();
    let words = ["packs", "lint", "规则.toml"];
    let output = jiaoyan(folder.path(), &words).assert().code(2).stdout("").get_output().clone();
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @r#"
    错误：不认识的核查年度 农历
     --> 规则.toml:5:14
      |
    5 | audit-year = "农历"
      |              ^^^^^^
      |
      = 办法：可以写：calendar（自然年）、school（学年）

    错误：不认识的状态 rule
      --> 规则.toml:10:10
       |
    10 | status = "rule"
       |          ^^^^^^
       |
       = 办法：可以写：rules、partly、manual、out-of-scope

    错误：title 的值类型不对
      --> 规则.toml:22:9
       |
    22 | title = 60
       |         ^^
       |
       = 办法：这里应写文字，例如 "专职"

    错误：表 activities 没有列 kinds
      --> 规则.toml:26:47
       |
    26 | measure.days = { of = "activities", where = { kinds = "到校" } }
       |                                               ^^^^^
       |
       = 办法：是不是想写 kind？表 activities 的列：date、end-date、staff-id、name、institution、kind、school、level、stage、subject、days、lessons、quantity、topic、goal、feedback、id-number

    错误：不认识的名称 weight
      --> 规则.toml:29:1
       |
    29 | weight = 3
       | ^^^^^^
       |
       = 办法：这里可以写：id、clause、each、quote、title、obligation、when、per、from、to、weeks-before、weeks-after、due、at-due、require、or-require、relax、measure、or-measure、tolerance、aim、at-least、at-most、equals、about、unit、reading、compares

    错误：规则包共有 5 处问题，请改正后再运行
    "#);
}

#[test]
fn a_check_shows_the_same_defects_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("规则.toml"), FIVE_DEFECTS).unwrap();
    fs::write(folder.path().join("台账.xlsx"), "a workbook").unwrap();
    let lint = jiaoyan(folder.path(), &["packs", "lint", "规则.toml"]).assert().get_output().stderr.clone();
    let words = ["台账.xlsx", "--pack", "规则.toml"];
    let check = jiaoyan(folder.path(), &words).assert().code(2).stdout("").get_output().stderr.clone();
    assert_eq!(check, lint);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// A pack in any of the encodings that 记事本 writes gets the same answer, at the same line and column.
#[test]
fn a_pack_is_read_in_every_encoding_of_a_text_editor() {
    let folder = tempfile::tempdir().unwrap();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(FIVE_DEFECTS);
    let marked = [b"\xEF\xBB\xBF", FIVE_DEFECTS.as_bytes()].concat();
    let answers: Vec<Vec<u8>> = [FIVE_DEFECTS.as_bytes(), &marked, &gb18030]
        .into_iter()
        .map(|bytes| {
            fs::write(folder.path().join("规则.toml"), bytes).unwrap();
            jiaoyan(folder.path(), &["packs", "lint", "规则.toml"]).assert().code(2).get_output().stderr.clone()
        })
        .collect();
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn a_pack_that_is_no_text_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("规则.toml"), b"\xFF\xFEa\0").unwrap();
    let expected =
        "错误：读不了规则包《规则.toml》：不是文字文件，或编码无法识别\n  请用记事本打开，另存为 UTF-8 编码\n";
    jiaoyan(folder.path(), &["packs", "lint", "规则.toml"]).assert().code(2).stdout("").stderr(expected);
}

#[test]
fn quotes_that_are_not_in_the_text_of_the_document_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let pack = FIVE_DEFECTS
        .replace("农历", "calendar")
        .replace("\"rule\"", "\"manual\"")
        .replace("kinds", "kind")
        .replace("title = 60", "title = \"下校天数\"")
        .replace("weight = 3\n", "");
    fs::write(folder.path().join("规则.toml"), pack).unwrap();
    fs::write(folder.path().join("原文.txt"), "每年不少于\n60天。").unwrap();
    fs::write(folder.path().join("别的.txt"), "每年不少于50天。").unwrap();
    let lint = |source: &str| jiaoyan(folder.path(), &["packs", "lint", "规则.toml", "--source", source]).assert();
    let digest = |name: &str| jiaoyan::model::sha256_hex(&fs::read(folder.path().join(name)).unwrap());
    let note = |name: &str| format!("注意：规则包没有写 source-sha256；这份原文的是 {}\n", digest(name));
    lint("原文.txt").code(0).stdout("没有发现问题\n").stderr(note("原文.txt"));
    let expected = format!(
        "{}规则 days 的引文在原文中找不到：每年不少于60天\n错误：有 1 处与原文不符，请改正后再运行\n",
        note("别的.txt")
    );
    lint("别的.txt").code(2).stdout("").stderr(expected);
    let missing = "错误：读不了原文《没有.txt》：没有这个文件或文件夹\n";
    lint("没有.txt").code(2).stdout("").stderr(missing);
}

/// A small pack with a rule of each kind.
const SMALL: &str = r#"[pack]
id = "xiao-bao"
title = "某县教研员考核办法"
number = "某教〔2023〕5号"
issuer = "某县教育局"
issued = 2023-01-05
in-force = 2023-02-01
audit-year = "school"

[[clause]]
id = "第三条"
heading = "教研职责落实"
status = "partly"
ask = "听课笔记是否完整"
quote = "教研员每学期听课不少于30节"

[[rule]]
id = "lessons"
clause = "第三条"
quote = "每学期听课不少于30节"
title = "每学期听课节数"
obligation = "应"
each = "staff"
when = { employment = "专职", start-date = { years-before = "as-of", at-least = 3 } }
per = "term"
measure.sum = { of = "activities", field = "lessons", where = { kind = ["听评课", "公开课"], "school.area" = "乡村", level = { at-least = "县级" } } }
at-least = 30
unit = "节"
reading = "只计乡村学校"
compares = "听课节数"

[[rule]]
id = "payroll"
clause = "第三条"
quote = "教研员应在编在岗"
title = "在编在岗"
obligation = "原则上"
each = "staff"
per = "as-of"
require = { on-payroll = true, on-post = true }
relax = { duty = { present = false } }
"#;

const SMALL_CASES: &str = r#"[[case]]
rule = "payroll"
name = "在编在岗的达标"
expect = { "张三" = "met" }
[case.tables]
"教研员花名册" = """
姓名 | 单位 | 在编 | 在岗
张三 | 某院 | 是 | 是
"""

[[case]]
rule = "payroll"
name = "不在岗的，写错了预期"
expect = { "李四" = { verdict = "met" } }
[case.tables]
"教研员花名册" = """
姓名 | 单位 | 在编 | 在岗 | 岗位类别
李四 | 某院 | 是 | 否 | 教研
"""
"#;

fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("小.toml"), SMALL).unwrap();
    fs::write(folder.path().join("小.cases.toml"), SMALL_CASES).unwrap();
    folder
}

fn printed(folder: &Path, words: &[&str]) -> String {
    let output = jiaoyan(folder, words).assert().code(0).stderr("").get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_pack_is_shown_with_its_clauses_and_what_each_rule_asks_and_needs() {
    insta::assert_snapshot!(printed(small().path(), &["packs", "show", "小.toml"]));
    let shown = printed(Path::new("."), &["packs", "show", "jiangmen-2022"]);
    assert!(shown.contains("\n条款（25条）\n") && shown.contains("\n规则（20条）\n"), "{shown}");
}

#[test]
fn cases_that_do_not_come_out_are_named_and_so_are_rules_without_any() {
    let expected = "小.cases.toml:11 规则 payroll，用例“不在岗的，写错了预期”：预期 李四 达标；\
        得到 李四@@截至2023-12-31 未达标（REASON）\n共2例，1例不符\n";
    let folder = small();
    let words = ["packs", "test", "小.toml"];
    let output = jiaoyan(folder.path(), &words).assert().code(2).get_output().clone();
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let (start, end) = expected.split_once("REASON").unwrap();
    assert!(stdout.starts_with(start) && stdout.ends_with(end), "{stdout}");
    assert_eq!(stderr, "注意：规则包 xiao-bao 的规则 lessons 每学期听课节数 没有用例\n");
    let right = SMALL_CASES.replace("{ verdict = \"met\" }", "\"unmet\"");
    fs::write(folder.path().join("小.cases.toml"), right).unwrap();
    jiaoyan(folder.path(), &words).assert().code(0).stdout("共2例，全部符合\n");
    fs::remove_file(folder.path().join("小.cases.toml")).unwrap();
    let missing = "错误：读不了用例《小.cases.toml》：没有这个文件或文件夹\n  \
        用例要和规则包放在同一个文件夹，文件名为 小.cases.toml\n";
    jiaoyan(folder.path(), &words).assert().code(2).stdout("").stderr(missing);
}

#[test]
fn a_case_file_with_defects_is_shown_with_its_lines() {
    let folder = small();
    fs::write(folder.path().join("小.cases.toml"), SMALL_CASES.replace("\"met\" }\n[", "\"good\" }\n[")).unwrap();
    let output = jiaoyan(folder.path(), &["packs", "test", "小.toml"]).assert().code(2).stdout("").get_output().clone();
    let shown = String::from_utf8(output.stderr).unwrap();
    assert!(shown.starts_with("错误：不认识的结论“good”\n --> 小.cases.toml:4:19\n"), "{shown}");
    assert!(shown.ends_with("错误：用例共有 1 处问题，请改正后再运行\n"), "{shown}");
}

#[test]
fn the_cases_of_the_built_in_packs_all_come_out_and_every_rule_has_one() {
    let stdout = printed(Path::new("."), &["packs", "test"]);
    assert!(stdout.starts_with("共") && stdout.ends_with("例，全部符合\n"), "{stdout}");
}

/// The rules that a clerk's pack leaves alone are held to the cases of the built-in pack; the others to its own.
#[test]
fn a_pack_over_a_built_in_one_is_shown_and_tested_with_what_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let own = "[pack]\nid = \"mou-xian\"\ntitle = \"某县办法\"\nextends = \"jiangmen-2022\"\n\n\
        [[rule]]\nid = \"training-hours\"\nat-least = 80\n\n[[rule]]\nid = \"entry\"\noff = \"没有新任教研员\"\n";
    fs::write(folder.path().join("县.toml"), own).unwrap();
    fs::write(folder.path().join("县.cases.toml"), "").unwrap();
    let shown = printed(folder.path(), &["packs", "show", "县.toml"]);
    let expected = "\n在内置规则包 jiangmen-2022 的基础上改动2处\n  \
        规则 training-hours 年度培训学时：不少于90学时 改为 不少于80学时\n  \
        规则 entry 专职教研员准入条件 停用：没有新任教研员\n";
    assert!(shown.contains(expected), "{shown}");
    jiaoyan(folder.path(), &["packs", "lint", "县.toml"]).assert().code(0).stdout("没有发现问题\n");
    let assert = jiaoyan(folder.path(), &["packs", "test", "县.toml"]).assert().code(0);
    assert.stderr("注意：规则包 mou-xian 的规则 training-hours 年度培训学时 没有用例\n");
}

#[test]
fn what_packs_ask_of_the_same_thing_is_compared() {
    insta::assert_snapshot!(printed(small().path(), &["packs", "compare", "小.toml", "jiangmen-2022"]));
    let expected = "错误：只写了一个规则包，没有可以对照的\n  \
        至少写两个，例如 jiaoyan packs compare jiangmen-2022 规则.toml\n";
    jiaoyan(Path::new("."), &["packs", "compare", "jiangmen-2022"]).assert().code(2).stderr(expected);
}
