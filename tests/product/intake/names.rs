//! Who is who: how names are written, who may be meant, and what is said of it.

use crate::office::{Office, table};
use jiaoyan::audit::Audit;
use jiaoyan::model::Finding;

/// An office with the given people (工号, 姓名, 单位), and one training of 90 hours that names someone (工号, 姓名, 单位).
fn trained(people: &[[&str; 3]], [id, name, institution]: [&str; 3]) -> Audit {
    let mut office = Office::small();
    let mut roster = table(&[&["工号", "姓名", "单位", "层级", "专兼职", "任教研员日期"]]);
    roster.extend(people.iter().flat_map(|[id, name, of]| table(&[&[id, name, of, "镇街", "专职", "2021-09-01"]])));
    *office.table("教研员花名册") = roster;
    *office.table("培训台账") = table(&[
        &["日期", "工号", "姓名", "单位", "培训名称", "学时"],
        &["2023-03-06", id, name, institution, "新课标研修", "90"],
    ]);
    office.tables.retain(|(sheet, _)| sheet == "教研员花名册" || sheet == "培训台账");
    office.audit()
}

/// What each person's hours come to, in the order of the roster: `+` counted, `?` possible, `-` not.
fn hours(audit: &Audit) -> String {
    let of_training = audit.assessment.findings.iter().filter(|finding| finding.rule == "training-hours");
    let mark = |finding: &Finding| match finding.verdict.id() {
        "met" => '+',
        "review" => '?',
        "unmet" => '-',
        other => panic!("{other}"),
    };
    of_training.map(mark).collect()
}

/// The issues of the ledger: kind and message.
fn told(audit: &Audit) -> Vec<(&'static str, &str)> {
    let of_ledger = audit.assessment.issues.iter().filter(|issue| issue.cell.contains("!培训台账!"));
    of_ledger.map(|issue| (issue.kind.label(), issue.message.as_str())).collect()
}

const EAST: &str = "东片教研室";
const WEST: &str = "西片教研室";

#[test]
fn namesakes_with_a_number_are_all_possible_unless_something_tells_them_apart() {
    let twins = [["", "张三", EAST], ["", "张三2", EAST], ["", "李四", EAST]];
    for (written, expected) in [
        ("张三", "??-"),
        ("张 三", "??-"),
        ("张三2", "-+-"),
        ("张三２", "-+-"),
        ("张三（2）", "-+-"),
        ("张三②", "-+-"),
        ("张三-2", "-+-"),
        ("张三3", "??-"),
        ("张三A", "??-"),
        ("张三、李四", "??+"),
    ] {
        assert_eq!(hours(&trained(&twins, ["", written, EAST])), expected, "{written}");
    }
    let apart = [["", "张三", EAST], ["", "张三2", WEST]];
    assert_eq!(hours(&trained(&apart, ["", "张三", EAST])), "+-");
    assert_eq!(hours(&trained(&apart, ["", "张三", WEST])), "-+");
    assert_eq!(hours(&trained(&apart, ["", "张三", ""])), "??");
    let numbered = [["T1", "张三1", EAST], ["T2", "张三2", EAST]];
    assert_eq!(hours(&trained(&numbered, ["", "张三", EAST])), "??");
    assert_eq!(hours(&trained(&numbered, ["T2", "张三", EAST])), "-+");
    assert_eq!(hours(&trained(&numbered, ["T2", "张三1", EAST])), "??");
}

#[test]
fn a_number_that_the_roster_does_not_have_is_asked_about() {
    let audit = trained(&[["", "张三", EAST], ["", "李四", EAST]], ["", "张三2", EAST]);
    assert_eq!(hours(&audit), "?-");
    let message =
        "花名册中没有这样写的姓名，只有“张三”，不能确定是不是同一个人，按“可能”处理；请改成花名册中的写法，或补填工号";
    assert_eq!(told(&audit), [("姓名不在花名册", message)]);
    let audit = trained(&[["", "张三2", EAST]], ["", "张三", EAST]);
    assert_eq!(hours(&audit), "?");
    assert_eq!(told(&audit), [("姓名不在花名册", message.replace("“张三”", "“张三2”").as_str())]);
    assert_eq!(hours(&trained(&[["T1", "张三2", EAST]], ["T1", "张三", EAST])), "+");
}

#[test]
fn names_are_the_same_with_any_dot_space_width_or_case() {
    let people = [["", "阿不都·热合曼", EAST], ["", "Mary Li", EAST]];
    for name in ["阿不都•热合曼", "阿不都．热合曼", "阿不都・热合曼", "阿不都热合曼", "阿不都 热合曼"]
    {
        assert_eq!(hours(&trained(&people, ["", name, ""])), "+-", "{name}");
    }
    for name in ["mary li", "ＭＡＲＹ　ＬＩ", "MaryLi"] {
        assert_eq!(hours(&trained(&people, ["", name, ""])), "-+", "{name}");
    }
}

#[test]
fn several_names_in_a_cell_are_told_apart() {
    let people = [["", "张三", EAST], ["", "李四", EAST], ["", "李和平", EAST], ["", "王五", WEST]];
    for (text, expected) in [
        ("张三、李四", "++--"),
        ("张三，李四；李和平", "+++-"),
        ("张三/李四", "++--"),
        ("张三\n李四", "++--"),
        ("张三 李四", "++--"),
        ("张三和李四", "++--"),
        ("张三及李四", "++--"),
        ("张三与李和平", "?-?-"),
        ("张三以及李四", "++--"),
        ("张三 赵六", "+---"),
        ("李和平", "--+-"),
        ("张三李四", "??--"),
        ("张三等3人", "????"),
        ("全体教研员", "????"),
    ] {
        assert_eq!(hours(&trained(&people, ["", text, ""])), expected, "{text}");
    }
    assert_eq!(hours(&trained(&people, ["", "全体教研员", EAST])), "???-");
    assert_eq!(hours(&trained(&people, ["", "张三等3人", WEST])), "---?");
    // Whose 单位 is not filled in may be of any.
    let people = [["", "张三", EAST], ["", "王五", WEST], ["", "赵六", ""]];
    assert_eq!(hours(&trained(&people, ["", "全体教研员", EAST])), "?-?");
}

#[test]
fn a_stranger_is_no_one_and_the_nearest_name_is_offered_without_the_written_one() {
    let people = [["T1", "张三", EAST], ["T2", "肖云飞", EAST]];
    for (written, near) in [
        ("張三", "（C2最接近的是“张三”）"),
        ("萧云飞", "（C2最接近的是“肖云飞”）"),
        ("李四", ""),
        ("肖云", "（C2最接近的是“肖云飞”）"),
    ] {
        let audit = trained(&people, ["", written, EAST]);
        assert_eq!(hours(&audit), "--", "{written}");
        let message = format!(
            "这张表有1处姓名或工号不在花名册，没有计入任何人，姓名不在报告中列出{near}；其中有本单位的人，请改正姓名，或在花名册补上"
        );
        let says = audit.assessment.issues.iter().any(|issue| format!("{issue:?}").contains(&format!("“{written}”")));
        assert!(!says, "{written}");
        assert_eq!(told(&audit), [("姓名不在花名册", message.as_str())]);
    }
}

#[test]
fn rows_of_one_person_are_one_by_staff_number_or_identity_number() {
    let count = |rows: &[[&str; 3]]| {
        let mut office = Office::small();
        let mut roster = table(&[&["工号", "姓名", "身份证号", "单位", "层级", "专兼职"]]);
        roster.extend(rows.iter().flat_map(|[id, name, number]| table(&[&[id, name, number, EAST, "镇街", "兼职"]])));
        *office.table("教研员花名册") = roster;
        let audit = office.audit();
        audit.assessment.findings.iter().filter(|finding| finding.rule == "training-hours").count()
    };
    let number = "11010519491231002X";
    assert_eq!(count(&[["T1", "张三", ""], ["T1", "张 三", ""]]), 1);
    assert_eq!(count(&[["", "张三", number], ["", "张三", number]]), 1);
    assert_eq!(count(&[["T1", "张三", number], ["", "张三", number]]), 1);
    assert_eq!(count(&[["T1", "张三", number], ["T2", "张三", number]]), 1);
    assert_eq!(count(&[["T1", "张三", ""], ["T2", "张三", ""]]), 2);
    assert_eq!(count(&[["", "张三", number], ["", "李四", number]]), 2);
    assert_eq!(count(&[["", "张三", ""], ["", "张三", ""]]), 2);
}

#[test]
fn two_who_are_called_the_same_are_told_apart_by_their_rows() {
    let people = [["", "张三", EAST], ["", "张三", EAST], ["", "张三", WEST], ["", "李四", EAST], ["T5", "张三", EAST]];
    let audit = trained(&people, ["", "李四", EAST]);
    let of_training = audit.assessment.findings.iter().filter(|finding| finding.rule == "training-hours");
    let places: Vec<Option<&str>> = of_training.map(|finding| finding.subject.place.as_deref()).collect();
    assert_eq!(places, [Some("教研员花名册第2行"), Some("教研员花名册第3行"), None, None, None]);
}
