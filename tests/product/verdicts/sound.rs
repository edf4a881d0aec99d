//! Verdicts are exact, and given only where no reading of a doubtful cell could change them.

use crate::office::{Office, finding, table, verdict};

/// An office whose 林青 has the given training rows: date and hours.
fn trained(rows: &[(&str, &str)]) -> Office {
    let mut office = Office::small();
    let training = office.table("培训台账");
    training.truncate(1);
    training.extend(rows.iter().flat_map(|(date, hours)| table(&[&[date, "Z1", "林青", "研修", hours]])));
    office
}

#[test]
fn nine_hundred_tenths_of_an_hour_are_ninety_and_one_less_is_short() {
    // Each course has another name: equal rows would be one that was written down twice, and so only possible.
    let hours = |count| {
        let mut office = trained(&vec![("2023-03-06", "0.1"); count]);
        let rows = office.table("培训台账").iter_mut().skip(1).enumerate();
        rows.for_each(|(number, row)| row[3] = format!("研修{number}"));
        verdict(&office.audit(), "training-hours", "林青")
    };
    assert_eq!(hours(900), "met 90");
    assert_eq!(hours(899), "unmet 89.9");
}

#[test]
fn hours_that_are_not_known_yet_leave_the_upper_end_open() {
    let hours = |sure| {
        let audit = trained(&[("2023-03-06", sure), ("2023-07-10", "待补")]).audit();
        (verdict(&audit, "training-hours", "林青"), finding(&audit, "training-hours", "林青").reason.clone())
    };
    let (eighty, reason) = hours("80");
    assert_eq!(eighty, "review 80..");
    assert_eq!(reason, "应不少于90学时，能确认80学时，最多是多少不能确定，不能判断，培训台账有1行“学时”的数不能确定");
    assert_eq!(hours("95").0, "met 95..");
}

#[test]
fn a_row_without_a_readable_date_is_possible_and_not_sure() {
    let hours =
        |date, hours| verdict(&trained(&[("2023-03-06", hours), (date, "30")]).audit(), "training-hours", "林青");
    assert_eq!(hours("九月初", "60"), "review 60..90");
    assert_eq!(hours("九月初", "59"), "unmet 59..89");
    assert_eq!(hours("", "60"), "review 60..90");
    assert_eq!(hours("2023.13.5", "90"), "met 90..120");
    assert_eq!(hours("2023年12月", "60"), "met 90");
    assert_eq!(hours("2024-01-01", "60"), "unmet 60");
}

/// The verdicts of all rules that are neither met nor not applicable.
fn open(office: &Office) -> Vec<String> {
    let audit = office.audit();
    let open = audit.assessment.findings.iter().filter(|f| !["met", "not-applicable"].contains(&f.verdict.id()));
    open.map(|f| format!("{} {} {}", f.verdict.id(), f.rule, f.subject.name)).collect()
}

#[test]
fn a_table_that_is_missing_or_empty_proves_nothing() {
    let of_activities = [
        "review research-projects 望汐镇教研室",
        "review contact-visits 望汐镇教研室",
        "review visit-days 林青",
        "review lessons-observed 林青",
        "review open-lessons 林青",
    ];
    assert_eq!(open(&Office::small()), Vec::<String>::new());
    assert_eq!(open(&Office::small().without("活动台账")), of_activities);
    let mut empty = Office::small();
    empty.table("活动台账").truncate(1);
    assert_eq!(open(&empty), of_activities);
    let of_training = ["review training-hours 林青", "review training-hours 何田"];
    assert_eq!(open(&Office::small().without("培训台账")), of_training);
    assert_eq!(open(&trained(&[])), of_training);
    // 林青 has not been in post for five years, whatever postings there were; who has may have been posted.
    assert_eq!(open(&Office::small().without("到校任教经历")), Vec::<String>::new());
    let mut longer = Office::small().without("到校任教经历");
    longer.table("教研员花名册")[1][5] = "2015-09-01".to_string();
    assert_eq!(open(&longer), ["review research-cycle 林青", "review school-rotation 林青"]);
    // Whether a contact school is of a village is not known without the list, so neither is whether a visit is asked for.
    let of_contacts = ["contact-schools", "contact-visits"].map(|rule| format!("review {rule} 望汐镇教研室"));
    assert_eq!(open(&Office::small().without("联系学校")), of_contacts);
    assert_eq!(open(&Office::small().without("学校名单")), of_contacts);
    assert_eq!(open(&Office::small().without("年度数据")), ["review research-budget 望汐镇教研室"]);
}

#[test]
fn without_a_roster_each_rule_about_people_is_for_review() {
    let office = Office::small().without("教研员花名册");
    let audit = office.audit();
    let people = audit.assessment.findings.iter().filter(|f| f.subject.table == "staff");
    let verdicts: Vec<&str> = people.map(|f| f.verdict.id()).collect();
    assert_eq!(verdicts, ["review"; 8]);
}

#[test]
fn a_person_who_may_be_full_time_or_not_is_for_review() {
    let mut office = Office::small();
    office.table("教研员花名册")[1][4] = String::new();
    let expected = ["school-rotation", "visit-days", "lessons-observed", "open-lessons"];
    assert_eq!(open(&office), expected.map(|rule| format!("review {rule} 林青")));
    let audit = office.audit();
    let found = finding(&audit, "visit-days", "林青");
    assert_eq!(found.reason, "“专兼职”没有填，不能确定是否属于本条的对象");
    assert!(found.evidence.cells().next().unwrap().ends_with("教研员花名册!E2"), "{:?}", found.evidence);
}

#[test]
fn a_topic_that_begins_like_a_total_or_a_signature_is_a_record() {
    for topic in ["负责人培训班", "示例课研讨", "总计划研讨", "审核人员培训", "制表技能培训", "例如何教作文"]
    {
        let mut office = trained(&[("2023-03-06", "90")]);
        let rows = office.table("培训台账");
        rows[1][3] = topic.to_string();
        rows.iter_mut().for_each(|row| row.swap(0, 3));
        assert_eq!(verdict(&office.audit(), "training-hours", "林青"), "met 90", "{topic}");
    }
}

/// What the training of 90 hours says of 林青 and 何田 when it is registered for whom a text names.
fn registered_for(id: &str, name: &str) -> (String, String, Vec<String>) {
    let mut office = trained(&[("2023-03-06", "90")]);
    office.table("培训台账")[1][1..3].clone_from_slice(&[id, name].map(ToString::to_string));
    let audit = office.audit();
    let issues = audit.assessment.issues.iter().map(|issue| issue.kind.label().to_string()).collect();
    (verdict(&audit, "training-hours", "林青"), verdict(&audit, "training-hours", "何田"), issues)
}

#[test]
fn a_text_that_may_mean_someone_is_possible_for_them_and_a_stranger_is_no_one() {
    let (met, unmet, review) = ("met 90", "unmet 0", "review 0..90");
    let cases = [
        ("Z1", "林青", met, unmet, ""),
        ("", "林 青", met, unmet, ""),
        ("", "林青、何田", met, met, ""),
        ("", "林青 何田", met, met, ""),
        ("", "林青何田", review, review, "没有写明是哪些人"),
        ("", "林青（组长）", met, unmet, ""),
        ("", "林青等", review, review, "没有写明是哪些人"),
        ("", "全体教研员", review, review, "没有写明是哪些人"),
        ("", "林清", unmet, unmet, "姓名不在花名册"),
        ("", "", review, review, ""),
        ("Z9", "", unmet, unmet, "姓名不在花名册"),
        ("Z9", "林青", review, unmet, "工号与姓名不一致"),
        ("Z2", "林青", review, review, "工号与姓名不一致"),
    ];
    for (id, name, first, second, issue) in cases {
        let issues: Vec<String> = Some(issue.to_string()).into_iter().filter(|issue| !issue.is_empty()).collect();
        assert_eq!(registered_for(id, name), (first.to_string(), second.to_string(), issues), "{id} {name}");
    }
}

#[test]
fn a_ledger_s_staff_numbers_mean_nothing_where_the_roster_has_none() {
    let mut office = Office::small();
    office.table("教研员花名册").iter_mut().for_each(|row| row[0] = String::new());
    assert_eq!(open(&office), Vec::<String>::new());
    assert_eq!(office.audit().assessment.issues, Vec::new());
}

#[test]
fn a_stay_without_days_whose_end_cannot_be_read_may_have_been_of_any_length() {
    let days = |end: &str| {
        let mut office = Office::small();
        let row = &mut office.table("活动台账")[1];
        (row[1], row[6]) = (end.to_string(), String::new());
        verdict(&office.audit(), "visit-days", "林青")
    };
    assert_eq!(days("2023-02-10"), "review 71..80");
    assert_eq!(days("二月十日"), "review 70..");
    assert_eq!(days(""), "unmet 71");
}

#[test]
fn a_staff_number_of_two_people_is_told_by_the_name_beside_it() {
    let mut office = trained(&[("2023-03-06", "90")]);
    office.table("教研员花名册")[2][0] = "Z1".to_string();
    let audit = office.audit();
    assert_eq!(verdict(&audit, "training-hours", "林青"), "met 90");
    assert_eq!(verdict(&audit, "training-hours", "何田"), "unmet 0");
}

#[test]
fn a_staff_number_of_two_people_alone_is_possible_for_both_and_said_at_the_row() {
    let mut office = trained(&[("2023-03-06", "90")]);
    office.table("教研员花名册")[2][0] = "Z1".to_string();
    office.table("培训台账")[1][2] = String::new();
    let audit = office.audit();
    assert_eq!(verdict(&audit, "training-hours", "林青"), "review 0..90");
    assert_eq!(verdict(&audit, "training-hours", "何田"), "review 0..90");
    let told = audit.assessment.issues.iter().filter(|issue| issue.cell.ends_with("!培训台账!B2"));
    assert_eq!(told.map(|issue| issue.kind.label()).collect::<Vec<_>>(), ["重名无法区分"]);
    let training =
        audit.assessment.inputs.iter().flat_map(|input| &input.sheets).find(|sheet| sheet.name == "培训台账");
    assert_eq!(training.map(|sheet| (sheet.used, sheet.partly)), Some((0, 1)));
}

#[test]
fn a_row_of_an_unknown_institution_is_possible_for_each() {
    let mut office = Office::small();
    for (number, row) in office.table("活动台账").iter_mut().enumerate() {
        row.push(if number == 0 { "单位" } else { "望汐镇教研室" }.to_string());
    }
    assert_eq!(verdict(&office.audit(), "research-projects", "望汐镇教研室"), "met 1");
    office.table("活动台账")[14][9] = "望夕镇教研室".to_string();
    assert_eq!(verdict(&office.audit(), "research-projects", "望汐镇教研室"), "review 0..1");
}
