//! The traces of a subject's rows come to the same as the verdict that they explain.

use jiaoyan::audit::{self, Audit, Silent};
use jiaoyan::dictionary::Dictionary;
use jiaoyan::evaluate::TracedRow;
use jiaoyan::model::{Finding, Truth};
use rust_decimal::Decimal;

use crate::office::{Office, settings, table};

/// The explanation of a rule for a subject, of an office in csv files.
fn explain(office: &Office, rule: &str, subject: Option<&str>) -> Result<Audit, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&office.write_csv(folder.path()));
    settings.packs[0].rules.retain(|own| own.id == rule);
    assert_eq!(settings.packs[0].rules.len(), 1, "{rule}");
    audit::explain(&settings, Dictionary::built_in(), subject, &Silent).map_err(|error| error.to_string())
}

/// `5 True 10 `, by row: whether it counts, what it adds, and why not.
fn shown(rows: &[TracedRow]) -> Vec<String> {
    let one = |row: &TracedRow| {
        let adds = row.adds.map(|adds| adds.text()).unwrap_or_default();
        format!("{} {:?} {adds} {}", row.at.row, row.counts(), row.why).trim_end().to_string()
    };
    rows.iter().map(one).collect()
}

fn only(audit: &Audit) -> (&[TracedRow], u64) {
    let [trace] = audit.traces.as_slice() else { panic!("{} subjects", audit.traces.len()) };
    let [table] = trace.tables.as_slice() else { panic!("{} tables", trace.tables.len()) };
    (&table.rows, table.others)
}

#[test]
fn each_row_that_names_the_person_is_accounted_for_with_its_reason() {
    let mut office = Office::small();
    office.table("活动台账").extend(table(&[
        &["2022-03-01", "", "Z1", "林青", "听评课", "", "", "2"],
        &["2023.13", "", "Z1", "林青", "听评课", "", "", "2"],
        &["2023-03-01", "", "Z1", "林青", "不知道", "", "", "2"],
        &["2023-03-01", "", "", "林某", "听评课", "", "", "2"],
        &["2023-03-02", "", "", "", "听评课", "", "", "2"],
        &["2023-03-03", "", "Z1", "林青", "听评课", "", "", "若干"],
        &["2023-03-04", "", "Z2", "何田", "听评课", "", "", "2"],
    ]));
    let audit = explain(&office, "lessons-observed", Some("林青")).unwrap();
    let (rows, others) = only(&audit);
    let ledger: Vec<String> = shown(rows).into_iter().skip(8).collect();
    let expected = [
        "10 False 0 “类型”为“专题讲座”，不符合要求",
        "11 False 0 “类型”为“专题讲座”，不符合要求",
        "12 False 0 “类型”为“专题讲座”，不符合要求",
        "13 False 0 “类型”为“专题讲座”，不符合要求",
        "14 False 0 “类型”为“专题讲座”，不符合要求",
        "15 False 0 “类型”为“课题立项”，不符合要求",
        "16 False 2 日期不在周期内，或在核查日之后",
        "17 Unknown 2 日期不能确定是否在周期内",
        "18 Unknown 2 “类型”没有填或不能确定",
        "19 Unknown 2 不能确定是不是这个对象的",
        "20 Unknown 2 不能确定是不是这个对象的",
        "21 True 不少于0 “节数”的数不能确定",
    ];
    assert_eq!(ledger, expected);
    assert_eq!(others, 1);
}

#[test]
fn the_rows_that_count_add_up_to_the_amount_of_the_verdict() {
    for (rule, who) in [("lessons-observed", "林青"), ("training-hours", "林青"), ("training-hours", "Z2")] {
        let audit = explain(&Office::small(), rule, Some(who)).unwrap();
        let subject = &audit.traces[0].subject;
        let findings = audit.assessment.findings.iter().filter(|finding| finding.subject == *subject);
        let [finding]: [&Finding; 1] = findings.collect::<Vec<_>>().try_into().unwrap();
        let (rows, _) = only(&audit);
        let sure = rows.iter().filter(|row| row.counts() == Truth::True);
        let sum: Decimal = sure.map(|row| row.adds.unwrap().low).sum();
        assert_eq!(finding.actual.flatten().unwrap().low, sum, "{rule} of {who}");
        assert!(sum > Decimal::ZERO);
    }
}

#[test]
fn somebody_who_is_not_there_is_answered_with_those_who_are() {
    let office = Office::small();
    let nobody = explain(&office, "training-hours", Some("林清")).unwrap_err();
    assert_eq!(nobody, "台账里没有叫“林清”的核查对象；可以写：林青、何田");
    let unnamed = explain(&office, "training-hours", None).unwrap_err();
    assert_eq!(unnamed, "这条规则核查的对象不止一个，请用 --person 写明是哪一个；可以写：林青、何田");
}
