//! Runs the cases of each built-in pack: small tables in, verdicts out.

use jiaoyan::audit::cases;
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack;

#[test]
fn every_case_of_every_pack_comes_out_as_written() {
    for id in pack::built_in_ids() {
        let pack = pack::built_in(id, Dictionary::built_in()).unwrap();
        let cases = cases::parse(id, pack::cases_of(id).unwrap(), &pack).unwrap();
        let mut wrong = Vec::new();
        for case in &cases {
            let differences = match case.run(&pack, Dictionary::built_in()) {
                Ok(differences) => differences,
                Err(error) => vec![error.to_string()],
            };
            wrong.extend(
                differences.into_iter().map(|text| format!("{}: {} {}：{text}", case.line, case.rule, case.name)),
            );
        }
        assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    }
}

/// A rule that counts what a person did in a subject that is not their own, and a row that names two people.
const OTHER_SUBJECT: &str = r#"
[pack]
id = "own"
title = "某县实施办法"
issuer = "某县教育局"
audit-year = "calendar"
[[clause]]
id = "一"
heading = "教研职责落实"
status = "rules"
[[rule]]
id = "other-subject"
clause = "一"
quote = "每年跨学科听课不少于1次"
title = "跨学科听课"
obligation = "应"
each = "staff"
per = "year"
at-least = 1
unit = "次"
measure.count = { of = "activities", where = { subject = { not = { same-as = "person.subject" } } } }
"#;

const TWO_PEOPLE: &str = r#"
[[case]]
rule = "other-subject"
name = "两人一行，各按各的学科判断"
expect = { "张三" = { verdict = "unmet", low = 0, high = 0 }, "李四" = { verdict = "met", low = 1, high = 1 } }
[case.tables]
"教研员花名册" = """
工号 | 姓名 | 学科
T1 | 张三 | 语文
T2 | 李四 | 数学
"""
"活动台账" = """
日期 | 姓名 | 类型 | 学科
2023-03-01 | 张三、李四 | 听评课 | 语文
"""
"#;

#[test]
fn a_condition_that_is_denied_is_asked_of_each_person_whom_a_row_names() {
    let pack = pack::parse("own.toml", OTHER_SUBJECT, "", Dictionary::built_in()).unwrap();
    let cases = cases::parse("own.cases.toml", TWO_PEOPLE, &pack).unwrap();
    assert_eq!(cases[0].run(&pack, Dictionary::built_in()).unwrap(), Vec::<String>::new());
}
