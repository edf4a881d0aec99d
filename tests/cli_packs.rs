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
      内容：规则 19 条，条款 25 条

    dongxing-2020
      文件：《内江市东兴区2020年教研工作要点》
      文号：无
      年度：学年（9月1日至次年8月31日）
      内容：规则 10 条，条款 9 条

    training-school
      文件：《关于进一步加强区教师进修学校建设的实施意见》
      文号：无
      年度：学年（9月1日至次年8月31日）
      内容：规则 17 条，条款 14 条

    yueqing-2020
      文件：《乐清市教育研究培训院关于建立研训员蹲点联系学校制度和成立首批研训基地学校的通知》
      文号：乐研训〔2020〕124号
      年度：学年（9月1日至次年8月31日）
      内容：规则 24 条，条款 22 条

    urumqi-2024
      文件：《乌鲁木齐市教育局对市政协十四届三次会议“关于对中小学教研工作的建议”的答复》
      文号：无
      年度：自然年（1月1日至12月31日）
      内容：规则 36 条，条款 10 条
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
       = 办法：是不是想写 kind？表 activities 的列：date、end-date、staff-id、name、institution、kind、school、level、stage、subject、days、lessons、quantity、topic、goal、feedback

    错误：不认识的名称 weight
      --> 规则.toml:29:1
       |
    29 | weight = 3
       | ^^^^^^
       |
       = 办法：这里可以写：id、clause、each、quote、title、obligation、when、per、from、to、due、require、relax、measure、or-measure、tolerance、aim、at-least、at-most、equals、about、unit、reading、compares

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
