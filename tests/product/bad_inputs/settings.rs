//! Row 25: packs and calendars with defects; all of them are shown, each at its line and column.

use super::desk::{Desk, SECRET};

const CALENDAR: &str = "\
[[term]]
name = \"第一学期\"
first-day = 2023-09-04
last-day = 2024-01-19
holidays = [{ from = 2023-09-29, to = 2023-10-06, name = \"国庆\" }]
";

/// A desk with one table, a pack and a calendar.
fn desk(pack: impl AsRef<[u8]>, calendar: impl AsRef<[u8]>) -> Desk {
    let desk = Desk::with("培训台账.csv", format!("日期,姓名,学时\n2023-03-06,{SECRET},90\n"));
    desk.put("规则.toml", pack);
    desk.put("校历.toml", calendar);
    desk
}

fn refused(pack: &str, calendar: &str) -> String {
    desk(pack, calendar).refused(&["培训台账.csv", "--pack", "规则.toml", "--calendar", "校历.toml"])
}

fn built_in() -> String {
    include_str!("../../../rules/jiangmen-2022.toml").to_string()
}

/// A built-in pack with these tables at its end.
fn with_rule(rule: &str) -> String {
    format!("{}\n{rule}", built_in())
}

/// A clause with one rule.
const RULE: &str = "\
[[clause]]
id = \"补1\"
heading = \"教研职责落实\"
status = \"rules\"

[[rule]]
id = \"again\"
clause = \"补1\"
quote = \"每位教研员每年接受培训累计不少于90学时\"
title = \"再来一次\"
obligation = \"应\"
each = \"staff\"
per = \"year\"
measure.sum = { of = \"training\", field = \"hours\" }
at-least = 90
unit = \"学时\"
";

/// The heads and places of the diagnostics: `sentence line:column`, and what closes them.
fn heads(said: &str) -> Vec<String> {
    let lines: Vec<&str> = said.lines().collect();
    let errors = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.strip_prefix("错误：")?)));
    let head = |(at, sentence): (usize, &str)| {
        let place = lines.get(at + 1).and_then(|line| line.trim().strip_prefix("--> 规则.toml:"));
        format!("{sentence} {}", place.unwrap_or_default()).trim_end().to_string()
    };
    errors.map(head).collect()
}

/// The line of the built-in pack with the added tables on which a text first stands behind its end.
fn line_of(text: &str, pack: &str) -> usize {
    let before = built_in().lines().count();
    before + pack.lines().skip(before).position(|line| line.contains(text)).unwrap() + 1
}

#[test]
fn row_25_a_pack_without_defects_is_run() {
    let desk = desk(with_rule(RULE), CALENDAR);
    let ran = desk.check(&["培训台账.csv", "--pack", "规则.toml", "--calendar", "校历.toml"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(3), ""));
}

#[test]
fn row_25_each_defect_of_a_pack_is_one_diagnostic_at_its_place() {
    let cases = [
        ("unit = \"学时\"", "unti = \"学时\"", "不认识的名称 unti", 1),
        ("at-least = 90", "at-least = \"九十\"", "标准 的值类型不对", 12),
        ("id = \"again\"", "id = \"training-hours\"", "规则 training-hours 写了两次", 6),
        ("field = \"hours\"", "field = \"hour\"", "表 training 没有列 hour", 42),
        ("of = \"training\"", "of = \"trainings\"", "没有表 trainings", 22),
        ("per = \"year\"", "per = \"years\"", "不认识的周期“years”", 7),
        ("obligation = \"应\"", "obligation = \"要\"", "不认识的强度“要”", 14),
        ("each = \"staff\"", "each = \"staf\"", "不认识的对象 staf", 8),
        ("status = \"rules\"", "status = \"rulse\"", "不认识的状态 rulse", 10),
        ("each = \"staff\"", "each = 5", "each 的值类型不对", 8),
        ("unit = \"学时\"", "unit = “学时”", "这一行的写法有误，其中有全角符号““”", 8),
        ("each = \"staff\"", "each ＝ \"staff\"", "这一行的写法有误，其中有全角符号“＝”", 6),
    ];
    for (right, wrong, sentence, column) in cases {
        let pack = with_rule(&RULE.replacen(right, wrong, 1));
        let said = refused(&pack, CALENDAR);
        let heads = heads(&said);
        let head = format!("{sentence} {}:{column}", line_of(wrong, &pack));
        assert_eq!(heads, [head.as_str(), "规则包共有 1 处问题，请改正后再运行"], "{said}");
    }
}

#[test]
fn row_25_a_calendar_shows_all_its_defects() {
    let wrong = CALENDAR
        .replace("first-day = 2023-09-04", "first-day = 2023-09-31")
        .replace("name = \"国庆\"", "nam = \"国庆\"");
    let said = refused(&built_in(), &wrong);
    let expected = "\
错误：这一行的写法有误（TOML 格式）
 --> 校历.toml:3:13
  |
3 | first-day = 2023-09-31
  |             ^^^^^^^^^^
  |
  = 办法：每行写成 名称 = 值；文字加英文双引号，等号、引号、逗号、方括号都用半角（英文）符号；同一名称不要写两次

错误：不认识的名称 nam
 --> 校历.toml:5:51
  |
5 | holidays = [{ from = 2023-09-29, to = 2023-10-06, nam = \"国庆\" }]
  |                                                   ^^^
  |
  = 办法：是不是想写 name？这里可以写：from、to、name

错误：校历共有 2 处问题，请改正后再运行
";
    assert_eq!(said, expected);
}

#[test]
fn row_25_files_of_a_text_editor_are_read_with_a_mark_and_in_gbk() {
    let [pack, calendar] = [with_rule(RULE), CALENDAR.to_string()];
    let marked = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    for (pack, calendar) in [(marked(&pack), marked(&calendar)), (gbk(&pack), gbk(&calendar))] {
        let desk = desk(pack, calendar);
        let ran = desk.check(&["培训台账.csv", "--pack", "规则.toml", "--calendar", "校历.toml"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(3), ""));
    }
}

/// A condition within a condition, and so on: the program must not run out of stack.
#[test]
fn row_25_a_pack_of_endless_depth_is_a_diagnostic() {
    let depth = 20_000;
    let condition = format!("{}{{ employment = \"专职\" }}{}", "{ any = [".repeat(depth), "] }".repeat(depth));
    for nested in [format!("when = {condition}\n"), format!("unit = {}\n", "[".repeat(depth))] {
        let said = refused(&with_rule(&format!("{RULE}{nested}")), CALENDAR);
        assert!(said.ends_with("处问题，请改正后再运行\n"), "{}", said.chars().rev().take(300).collect::<String>());
    }
}
