//! Verdicts are exact, and given only where no reading of a doubtful cell could change them.

use crate::office::{Office, finding, table, verdict};
use jiaoyan::model::{Amount, Finding};
use proptest::prelude::*;

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
    assert_eq!(open(&Office::small().without("到校任教经历")), ["review school-rotation 林青"]);
    assert_eq!(open(&Office::small().without("联系学校")), ["review contact-schools 望汐镇教研室"]);
    assert_eq!(open(&Office::small().without("学校名单")), ["review contact-schools 望汐镇教研室"]);
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
        ("", "林青（组长）", review, unmet, "没有写明是哪些人"),
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
fn a_staff_number_of_two_people_is_possible_for_both_and_said_at_the_row() {
    let mut office = trained(&[("2023-03-06", "90")]);
    office.table("教研员花名册")[2][0] = "Z1".to_string();
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
    office.table("活动台账")[14][8] = "望夕镇教研室".to_string();
    assert_eq!(verdict(&office.audit(), "research-projects", "望汐镇教研室"), "review 0..1");
}

/// The people of a random office: 工号, 姓名, 单位. Two have one name, one of them no 工号.
const PEOPLE: [[&str; 3]; 4] = [
    ["A1", "甲一", "东片教研室"],
    ["A2", "乙二", "东片教研室"],
    ["", "丙三", "西片教研室"],
    ["B2", "丙三", "东片教研室"],
];

/// A row of a ledger names a person by 工号, by 姓名, by both, with 单位 or not, or no one. The 单位 may be another one
/// where 工号 and 姓名 say who it is.
fn who() -> impl Strategy<Value = [String; 3]> {
    (0..PEOPLE.len(), any::<[bool; 3]>(), 0..6_u8).prop_map(|(person, shown, elsewhere)| {
        let [id, name, institution] = PEOPLE[person];
        let elsewhere = elsewhere == 0 && person < 2;
        let institution = if elsewhere { "西片教研室" } else { institution };
        let show = |shown: bool, text: &str| if shown || elsewhere { text.to_string() } else { String::new() };
        [show(shown[0], id), show(shown[1], name), show(shown[2], institution)]
    })
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(ToString::to_string)
}

fn activity() -> impl Strategy<Value = Vec<String>> {
    let date = one_of(&["2023-03-01", "2023-03-02", "2023-04-01", "2023-12-31", "2024-01-01", "2023年5月"]);
    let kind = one_of(&["听评课", "下校指导", "公开课", "课题立项", "集体视导", "视导"]);
    let amount = || one_of(&["", "1", "0.5", "40", "80"]);
    (date, one_of(&["", "", "2023-12-31"]), who(), kind, one_of(&["县级", "校级", ""]), amount(), amount()).prop_map(
        |(date, end, [id, name, institution], kind, level, days, lessons)| {
            vec![date, end, id, name, institution, kind, level, days, lessons]
        },
    )
}

fn course() -> impl Strategy<Value = Vec<String>> {
    let date = one_of(&["2023-03-01", "2023-12-31", "2024-01-01", "2022-12-31", "九月"]);
    let kind = one_of(&["教研能力提升", "通识"]);
    (date, who(), kind, one_of(&["30", "60", "89.9", "0.1", "90"]))
        .prop_map(|(date, [id, name, institution], kind, hours)| vec![date, id, name, institution, kind, hours])
}

const ACTIVITIES: [&str; 9] = ["日期", "结束日期", "工号", "姓名", "单位", "类型", "级别", "天数", "节数"];
const TRAINING: [&str; 6] = ["日期", "工号", "姓名", "单位", "类别", "学时"];

fn without_repeats(rows: &mut Vec<Vec<String>>) {
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert(row.clone()));
}

prop_compose! {
    fn random_office()(
        mut activities in prop::collection::vec(activity(), 1..12),
        mut training in prop::collection::vec(course(), 1..8),
    ) -> Office {
        // Of two equal rows the later is only possible, until either is spoilt: that is a test of its own.
        [&mut activities, &mut training].into_iter().for_each(without_repeats);
        let mut roster = table(&[&["工号", "姓名", "单位", "层级", "专兼职", "任教研员日期", "在编", "在岗"]]);
        for [id, name, institution] in PEOPLE {
            roster.extend(table(&[&[id, name, institution, "镇街", "专职", "2015-09-01", "是", "是"]]));
        }
        let mut office = Office::small();
        *office.table("教研员花名册") = roster;
        *office.table("活动台账") = [table(&[&ACTIVITIES]), activities].concat();
        *office.table("培训台账") = [table(&[&TRAINING]), training].concat();
        office
    }
}

/// What spoils a cell of a column: a text that cannot be read, or one that says less than the cell did; an amount of hours
/// may also be blank. A wrong name, and a wrong 工号 without a name, is a stranger's, so these are only blanked. A blank
/// 单位 and blank 天数 have meanings.
fn spoilt(header: &str, cell: &str, has_name: bool) -> Vec<String> {
    let unreadable = "待补".to_string();
    match header {
        "姓名" => vec![String::new()],
        "工号" if !has_name => vec![String::new()],
        // What is no day already may be a range: without it a row is one day again.
        "日期" if vaguer_dates(cell).is_empty() => vec![cell.to_string()],
        "日期" => [vec![unreadable], vaguer_dates(cell)].concat(),
        "学时" => vec![String::new(), unreadable, format!("{cell}+"), format!("各{cell}"), format!("{cell}余")],
        "天数" | "节数" if !cell.is_empty() => vec![unreadable, format!("{cell}+"), format!("每人{cell}")],
        _ => vec![unreadable],
    }
}

/// A day said with less than it takes: its month, its year, its term, without its year, among others, or as a span.
fn vaguer_dates(cell: &str) -> Vec<String> {
    let parts: Vec<&str> = cell.split('-').collect();
    let [year, month, day] = parts[..] else { return Vec::new() };
    vec![
        format!("{year}.{month}"),
        format!("{year}年"),
        format!("{month}月{day}日"),
        format!("{cell}、{cell}"),
        format!("{year}.{month}.{day}、{month}.{day}"),
        format!("{year}年{month}月每周一"),
        format!("{year}.{month}.{day}-"),
    ]
}

/// The two ends of an amount; nothing computed may be anything.
fn ends(finding: &Finding) -> Amount {
    finding.actual.flatten().unwrap_or(Amount { low: 0.into(), high: None })
}

/// Whether what was found with a spoilt cell leaves open all that was found with the whole one.
fn is_weaker(spoilt: &Finding, whole: &Finding) -> bool {
    let (spoilt_ends, whole_ends) = (ends(spoilt), ends(whole));
    let reaches = match (spoilt_ends.high, whole_ends.high) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(spoilt), Some(whole)) => spoilt >= whole,
    };
    let verdict = spoilt.verdict == whole.verdict || spoilt.verdict.id() == "review";
    verdict && reaches && spoilt_ends.low <= whole_ends.low
}

fn case() -> impl Strategy<Value = (Office, &'static str, usize, usize, String)> {
    (random_office(), any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_flat_map(
        |(mut office, of_training, row, column)| {
            let name = if of_training { "培训台账" } else { "活动台账" };
            let rows = office.table(name);
            let (row, column) = (1 + row.index(rows.len() - 1), column.index(rows[0].len()));
            let name_column = rows[0].iter().position(|header| header == "姓名").unwrap();
            let words = spoilt(&rows[0][column], &rows[row][column], !rows[row][name_column].is_empty());
            (Just(office), Just(name), Just(row), Just(column), proptest::sample::select(words))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_spoilt_cell_of_a_ledger_never_makes_anything_surer(
        (mut office, name, row, column, text) in case()
    ) {
        let whole = office.audit().assessment.findings;
        // A blank cell that is spoilt was no gap in what is known, but spoiling it still adds nothing.
        office.table(name)[row][column] = text.clone();
        let spoilt = office.audit().assessment.findings;
        prop_assert_eq!(spoilt.len(), whole.len());
        for (spoilt, whole) in spoilt.iter().zip(&whole) {
            prop_assert!(
                is_weaker(spoilt, whole),
                "{} of {} was {:?} {:?}, became {:?} {:?} by {} in {}!{}{}",
                whole.rule, whole.subject.name, whole.verdict, ends(whole), spoilt.verdict, ends(spoilt),
                text, name, column, row + 1
            );
        }
    }

    #[test]
    fn one_more_sure_row_never_lowers_what_is_sure(
        mut office in random_office(), row in activity(), person in 0..PEOPLE.len()
    ) {
        let sure = |office: &Office| -> Vec<Amount> {
            let findings = office.audit().assessment.findings;
            let rules = ["visit-days", "lessons-observed", "open-lessons", "research-projects", "training-hours"];
            findings.iter().filter(|f| rules.contains(&f.rule.as_str())).map(ends).collect()
        };
        let before = sure(&office);
        let [id, name, institution] = PEOPLE[person];
        let mut row = row;
        row[2..5].clone_from_slice(&[id, name, institution].map(ToString::to_string));
        office.table("活动台账").push(row);
        let after = sure(&office);
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after.low >= before.low, "{before:?} became {after:?}");
        }
    }
}
