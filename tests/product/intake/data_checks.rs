//! Checks of the data itself: each says what is wrong and where, and what cannot be true carries no verdict.

use crate::office::{Office, Table, settings, table, verdict};
use jiaoyan::audit::{self, Audit, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::pack;
use jiff::civil::date;

/// The issues of a run: kind, cell, text.
fn issues(audit: &Audit) -> Vec<(&str, &str, &str)> {
    let place = |cell: &'_ str| cell.rfind('!').map_or(0, |at| at + 1);
    let all = audit.assessment.issues.iter();
    all.map(|issue| (issue.kind.label(), &issue.cell[place(&issue.cell)..], issue.text.as_str())).collect()
}

fn messages(audit: &Audit) -> Vec<&str> {
    audit.assessment.issues.iter().map(|issue| issue.message.as_str()).collect()
}

fn rows(rows: &[&[&str]]) -> Table {
    table(rows)
}

/// The small office with another ledger of training.
fn trained(training: Table) -> Office {
    let mut office = Office::small();
    *office.table("培训台账") = training;
    office
}

const TRAINING: [&str; 5] = ["日期", "工号", "姓名", "培训名称", "学时"];

// ---------------------------------------------------------------- 身份证号

/// The issues of a roster row with this 身份证号, 出生日期 and 性别.
fn identity(number: &str, birth: &str, sex: &str) -> Vec<String> {
    let mut office = Office::small();
    for (at, row) in office.table("教研员花名册").iter_mut().enumerate() {
        let cells = if at == 0 { ["身份证号", "出生日期", "性别"] } else { ["", "", ""] };
        row.extend(cells.map(ToString::to_string));
    }
    // Without the day of taking up the post, so that only these three are compared.
    office.table("教研员花名册")[1][5] = String::new();
    office.table("教研员花名册")[1][8..].clone_from_slice(&[number, birth, sex].map(ToString::to_string));
    let audit = office.audit();
    assert_eq!(verdict(&audit, "training-hours", "林青"), "met 90");
    issues(&audit).into_iter().map(|(kind, cell, text)| format!("{kind} {cell} {text}")).collect()
}

/// A valid number of the area of 北京 for a birth and a sequence.
fn number(birth: &str, sequence: &str) -> String {
    let body = format!("110105{birth}{sequence}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][sum as usize % 11])
}

#[test]
fn an_identity_number_is_checked_by_itself_and_against_birth_and_sex() {
    let woman = number("19800229", "002");
    let covered = format!("11*************{}", &woman[15..]);
    let none: [&str; 0] = [];
    assert_eq!(identity(&woman, "", ""), none);
    assert_eq!(identity(&format!("'{woman}"), "1980-02-29", "女"), none);
    for (birth, sex) in [("1980年2月", "女性"), ("1980.2.29", "2"), ("1980-02", "2-女")] {
        assert_eq!(identity(&woman, birth, sex), none, "{birth} {sex}");
    }
    assert_eq!(identity(&woman, "1980-03-01", ""), [format!("身份证号与登记不符 I2 {covered}")]);
    assert_eq!(identity(&woman, "1980年3月", ""), [format!("身份证号与登记不符 I2 {covered}")]);
    assert_eq!(identity(&woman, "", "男"), [format!("身份证号与登记不符 I2 {covered}")]);
    assert_eq!(identity(&number("19800229", "011"), "", "1-男"), none);
    let wrong = format!("{}0", &woman[..17]);
    assert_eq!(identity(&wrong, "", "男"), [format!("身份证号有误 I2 11*************{}", &wrong[15..])]);
    assert_eq!(identity("110105 1980", "", ""), ["身份证号有误 I2 11*****980"]);
    assert_eq!(identity("110105800229002", "1980-02-29", "女"), ["身份证号为15位 I2 11**********002"]);
}

#[test]
fn an_age_of_service_is_from_eighteen_to_seventy_both_included() {
    // The as-of day is 2023-12-31.
    for (birth, is_told) in [
        ("2005-12-31", false),
        ("2006-01-01", true),
        ("1953-12-31", false),
        ("1953-12-30", true),
        ("1953-12", false),
        ("1953-11", true),
        ("2006-01", true),
        ("2005-12", false),
    ] {
        let told = identity("", birth, "");
        assert_eq!(told.len(), usize::from(is_told), "{birth} {told:?}");
        assert!(told.iter().all(|issue| issue.starts_with("日期不合常理 J2")), "{told:?}");
    }
    let told = identity(&number("19490101", "002"), "", "");
    assert_eq!(told, ["日期不合常理 I2 1949-01-01"]);
    assert_eq!(identity("", "2024-01-01", ""), ["日期不合常理 J2 2024-01-01"]);
}

#[test]
fn one_number_of_two_people_and_one_person_with_two_staff_numbers_are_told() {
    let roster = |people: &[[&str; 4]]| {
        let mut office = Office::small();
        let mut roster = rows(&[&["工号", "姓名", "单位", "身份证号", "出生日期"]]);
        roster.extend(
            people.iter().flat_map(|[id, name, number, birth]| rows(&[&[id, name, "望汐镇教研室", number, birth]])),
        );
        *office.table("教研员花名册") = roster;
        office.tables.truncate(1);
        let audit = office.audit();
        issues(&audit).into_iter().map(|(kind, cell, _)| format!("{kind} {cell}")).collect::<Vec<_>>()
    };
    let one = number("19800229", "002");
    let other = number("19810101", "004");
    assert_eq!(roster(&[["Z1", "林青", &one, ""], ["Z2", "何田", &one, ""]]), ["身份证号重复 D3"]);
    assert_eq!(roster(&[["Z1", "林青", &one, ""], ["Z2", "何田", &other, ""]]), Vec::<String>::new());
    let twice = ["花名册各行不一致 A2", "花名册重复登记 A3", "花名册各行不一致 A3"];
    assert_eq!(roster(&[["Z1", "林青", &one, ""], ["Z2", "林青", &one, ""]]), twice);
    let old = format!("{}{}", &one[..6], &one[8..17]);
    assert_eq!(
        roster(&[["Z1", "林青", &one, ""], ["Z1", "林青", &old, ""]]),
        ["花名册重复登记 A3", "身份证号为15位 D3"]
    );
    assert_eq!(
        roster(&[["Z1", "林青", &one, ""], ["Z1", "林青", &other, ""]]),
        ["花名册各行不一致 D2", "花名册重复登记 A3", "花名册各行不一致 D3"]
    );
    let twins = [["Z1", "林青", "", "1980-02-29"], ["Z2", "林青", "", "1980-02-29"]];
    assert_eq!(roster(&twins), ["花名册重复登记 E3"]);
    let months = [["Z1", "林青", "", "1980-02"], ["Z2", "林青", "", "1980-02"]];
    assert_eq!(roster(&months), Vec::<String>::new());
}

// ---------------------------------------------------------------- dates

#[test]
fn an_end_before_its_start_leaves_both_open() {
    let days = |end: &str| {
        let mut office = Office::small();
        office.table("活动台账")[1][1] = end.to_string();
        let audit = office.audit();
        let told: Vec<String> =
            issues(&audit).into_iter().map(|(kind, cell, text)| format!("{kind} {cell} {text}")).collect();
        (verdict(&audit, "visit-days", "林青"), told)
    };
    assert_eq!(days("2023-02-10"), ("met 80".to_string(), vec![]));
    assert_eq!(days("2023-01-31"), ("review 70..80".to_string(), vec!["结束早于开始 B2 2023-01-31".to_string()]));
    assert_eq!(days("2023-02").1, Vec::<String>::new());
}

#[test]
fn a_service_that_ends_before_it_begins_is_for_review() {
    let mut office = Office::small();
    let roster = office.table("教研员花名册");
    roster[0].push("离岗日期".to_string());
    roster[1].push("2021-08-31".to_string());
    roster[2].push(String::new());
    let audit = office.audit();
    assert_eq!(issues(&audit), [("结束早于开始", "I2", "2021-08-31")]);
    assert_eq!(crate::office::finding(&audit, "training-hours", "林青").verdict.id(), "review");
    assert_eq!(verdict(&audit, "training-hours", "何田"), "met 90");
}

#[test]
fn a_date_before_1950_is_a_slip_and_the_row_possible() {
    let hours = |date: &str| {
        let second = [date, "Z1", "林青", "命题", "30"];
        let audit = trained(rows(&[&TRAINING, &["2023-03-06", "Z1", "林青", "研修", "60"], &second])).audit();
        let kinds: Vec<&str> = audit.assessment.issues.iter().map(|issue| issue.kind.label()).collect();
        (verdict(&audit, "training-hours", "林青"), kinds.join(" "))
    };
    assert_eq!(hours("1950-01-01"), ("unmet 60".to_string(), String::new()));
    assert_eq!(hours("1949-12-31"), ("review 60..90".to_string(), "日期不合常理".to_string()));
}

#[test]
fn a_row_after_the_as_of_day_does_not_count_and_is_told() {
    let hours = |date: &str, as_of: jiff::civil::Date| {
        let office = trained(rows(&[&TRAINING, &[date, "Z1", "林青", "研修", "90"]]));
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(&office.write_csv(folder.path()));
        settings.as_of = Some(as_of);
        let audit = audit::run(&settings, Dictionary::built_in(), &Silent).unwrap();
        let of_training = audit.assessment.issues.iter().filter(|issue| issue.cell.contains("!培训台账!"));
        let kinds: Vec<&str> = of_training.map(|issue| issue.kind.label()).collect();
        (verdict(&audit, "training-hours", "林青"), kinds.join(" "))
    };
    let june = date(2023, 6, 30);
    assert_eq!(hours("2023-06-30", june), ("met 90".to_string(), String::new()));
    assert_eq!(hours("2023-07-01", june), ("pending 0".to_string(), "日期在截止日之后".to_string()));
    assert_eq!(hours("2024-01-01", date(2023, 12, 31)), ("unmet 0".to_string(), "日期在截止日之后".to_string()));
}

#[test]
fn of_many_rows_after_the_as_of_day_a_few_are_listed_and_the_rest_counted() {
    let mut training = rows(&[&TRAINING, &["2023-03-06", "Z1", "林青", "研修", "90"]]);
    training.extend((0..25).flat_map(|at| rows(&[&["2024-02-01", "Z1", "林青", &format!("研修{at}"), "1"]])));
    let audit = trained(training).audit();
    assert_eq!(audit.assessment.issues.len(), 21);
    assert!(messages(&audit).contains(&"这张表还有5处“日期在截止日之后”，没有逐条列出"));
    assert_eq!(verdict(&audit, "training-hours", "林青"), "met 90");
}

/// What is told of 林青's roster row with these dates (从教, 任教研员, 出生), and what training-school says of the entry.
fn qualified(teaching: &str, start: &str, birth: &str) -> (Vec<String>, String) {
    let mut office = Office::small();
    *office.table("教研员花名册") = rows(&[
        &["工号", "姓名", "单位", "职称", "荣誉", "学历", "从教日期", "任教研员日期", "出生日期"],
        &["Z1", "林青", "望汐镇教研室", "一级教师", "县级学科带头人", "本科", teaching, start, birth],
    ]);
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&office.write_csv(folder.path()));
    settings.packs = vec![pack::built_in("training-school", Dictionary::built_in()).unwrap()];
    let audit = audit::run(&settings, Dictionary::built_in(), &Silent).unwrap();
    let of_roster = audit.assessment.issues.iter().filter(|issue| issue.cell.contains("花名册!"));
    let told =
        of_roster.map(|issue| format!("{} {}", issue.kind.label(), &issue.cell[issue.cell.len() - 2..])).collect();
    (told, crate::office::finding(&audit, "entry", "林青").verdict.id().to_string())
}

#[test]
fn work_before_birth_leaves_the_dates_open_and_work_as_a_child_is_told() {
    let met = |told: &[&str]| (told.iter().map(ToString::to_string).collect::<Vec<_>>(), "met".to_string());
    assert_eq!(qualified("2002-09-01", "2021-09-01", "1980-02-29"), met(&[]));
    let (told, verdict) = qualified("2002-09-01", "2021-09-01", "2012-02-29");
    assert_eq!((told.join(" "), verdict.as_str()), ("日期不合常理 G2 日期不合常理 H2".to_string(), "review"));
    assert_eq!(qualified("1996-02-28", "2021-09-01", "1980-02-28"), met(&[]));
    assert_eq!(qualified("1996-02-27", "2021-09-01", "1980-02-28"), met(&["日期不合常理 G2"]));
    assert_eq!(qualified("1996-02", "2021-09-01", "1980-02-28"), met(&[]));
}

#[test]
fn a_row_from_before_a_person_s_birth_is_told() {
    let told = |date: &str| {
        let mut office = Office::small();
        for (at, row) in office.table("教研员花名册").iter_mut().enumerate() {
            row.push(["出生日期", "1980-03-06", ""][at].to_string());
        }
        office.table("培训台账").extend(rows(&[&[date, "Z1", "林青", "岗前培训", "1"]]));
        issues(&office.audit()).into_iter().map(|(kind, cell, _)| format!("{kind} {cell}")).collect::<Vec<_>>()
    };
    assert_eq!(told("1980-03-06"), Vec::<String>::new());
    assert_eq!(told("1980-03-05"), ["日期不合常理 A5"]);
}

// ---------------------------------------------------------------- amounts

/// The issues of some more rows of 林青: 日期, 结束日期, 天数, 节数, 主题.
fn busy(more: &[[&str; 5]]) -> Vec<String> {
    let mut office = Office::small();
    office.table("活动台账")[0].push("主题".to_string());
    let row = |[date, end, days, lessons, topic]: &[&str; 5]| {
        rows(&[&[date, end, "Z1", "林青", "听评课", "", days, lessons, "望汐小学", topic]])
    };
    office.table("活动台账").extend(more.iter().flat_map(row));
    let audit = office.audit();
    issues(&audit).into_iter().map(|(kind, cell, text)| format!("{kind} {cell} {text}")).collect()
}

#[test]
fn more_lessons_or_days_than_a_date_holds_are_told_once_at_the_last_row() {
    let day = "2023-12-04";
    let none = Vec::<String>::new();
    assert_eq!(busy(&[[day, "", "", "8", ""]]), none);
    assert_eq!(busy(&[[day, "", "", "8.5", ""]]), ["数量不合常理 H16 8.5"]);
    assert_eq!(busy(&[[day, "", "", "4", "上"], [day, "", "", "4", "下"]]), none);
    // A 听评课 row without 节数 is one lesson.
    let nine = [[day, "", "", "4", "上"], [day, "", "", "4", "下"], [day, "", "", "", "晚"], [day, "", "", "1", "夜"]];
    assert_eq!(busy(&nine), ["数量不合常理 H19 1"]);
    assert_eq!(busy(&[[day, "", "0.5", "1", "上"], [day, "", "0.5", "1", "下"]]), none);
    assert_eq!(busy(&[[day, "", "1", "1", "上"], [day, "", "0.5", "1", "下"]]), ["数量不合常理 G17 0.5"]);
    assert_eq!(busy(&[[day, "", "", "1", "上"], [day, "", "", "1", "下"]]), none);
    // The same row twice may be one.
    assert_eq!(busy(&[[day, "", "", "8", ""], [day, "", "", "8", ""]]), ["疑似重复登记 A17 "]);
}

#[test]
fn a_row_over_several_days_is_checked_by_its_days() {
    let (day, third) = ("2023-12-04", "2023-12-06");
    let none = Vec::<String>::new();
    assert_eq!(busy(&[[day, third, "3", "24", ""]]), none);
    assert_eq!(busy(&[[day, third, "3", "25", ""]]), ["数量不合常理 H16 25"]);
    assert_eq!(busy(&[[day, third, "4", "1", ""]]), ["数量不合常理 G16 4"]);
    assert_eq!(busy(&[[day, day, "2", "1", ""]]), ["数量不合常理 G16 2"]);
    assert_eq!(busy(&[[day, "", "3", "24", ""]]), none);
    assert_eq!(busy(&[[day, "", "3", "25", ""]]), ["数量不合常理 H16 25"]);
    assert_eq!(busy(&[[day, "", "31", "1", ""]]), none);
    assert_eq!(busy(&[[day, "", "32", "1", ""]]), ["数量不合常理 G16 32"]);
}

#[test]
fn a_part_that_is_more_than_its_whole_is_told_at_its_cell() {
    let institutions = |total: &str, research: &str| {
        let mut office = Office::small();
        let table = rows(&[&["单位", "总编制", "专职教研员编制"], &["望汐镇教研室", total, research]]);
        office.tables.push(("机构情况".to_string(), table));
        issues(&office.audit())
            .into_iter()
            .map(|(kind, cell, text)| format!("{kind} {cell} {text}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(institutions("10", "10"), Vec::<String>::new());
    assert_eq!(institutions("10", "11"), ["数量不合常理 C2 11"]);
    let figures = |rows_of: &[[&str; 3]]| {
        let mut office = Office::small();
        let more = rows_of.iter().flat_map(|[year, item, value]| rows(&[&["望汐镇教研室", year, item, value]]));
        office.table("年度数据").extend(more);
        issues(&office.audit())
            .into_iter()
            .map(|(kind, cell, text)| format!("{kind} {cell} {text}"))
            .collect::<Vec<_>>()
    };
    let funds = |part: &'static str, whole: &'static str| {
        [["2023", "拨付进修学校经费", part], ["2023", "教师培训专项经费", whole]]
    };
    assert_eq!(figures(&funds("60", "60")), Vec::<String>::new());
    assert_eq!(figures(&funds("61", "60")), ["数量不合常理 D3 61"]);
    assert_eq!(figures(&funds("60", "300000")), ["数量不合常理 D3 60"]);
    assert_eq!(figures(&funds("60", "299999")), Vec::<String>::new());
    let other_year = [["2022", "拨付进修学校经费", "61"], ["2023", "教师培训专项经费", "60"]];
    assert_eq!(figures(&other_year), Vec::<String>::new());
    let hours = trained(rows(&[
        &TRAINING,
        &["2023-03-06", "Z1", "林青", "研修", "240"],
        &["2023-03-06", "Z2", "何田", "研修", "240.5"],
    ]));
    assert_eq!(issues(&hours.audit()), [("数量不合常理", "E3", "240.5")]);
}

// ---------------------------------------------------------------- names of schools and institutions

#[test]
fn a_school_or_institution_on_no_list_is_told_with_the_nearest() {
    let mut office = Office::small();
    office.table("联系学校")[1][2] = "望夕小学".to_string();
    let audit = office.audit();
    assert_eq!(issues(&audit), [("学校不在名单", "C2", "望夕小学")]);
    assert_eq!(
        messages(&audit),
        ["这所学校不在学校名单里；最接近的是“望汐小学”，与学校情况有关的结论只能待核；请写全称，或在学校名单补上简称"]
    );
    let mut office = Office::small();
    office.table("年度数据")[1][0] = "望汐教研室".to_string();
    assert_eq!(
        messages(&office.audit()),
        [
            "这个单位不在机构情况表里；最接近的是“望汐镇教研室”，不能归到任何单位；请改成机构情况表里的名称，或在机构情况表补上"
        ]
    );
}
