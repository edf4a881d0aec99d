//! Random offices: a spoilt cell only weakens what is found, and a row more never lowers it.

use crate::office::{Office, offices, table};
use jiaoyan::model::{Amount, Finding};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

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
    let (unreadable, broken) = ("待补".to_string(), "#N/A".to_string());
    match header {
        "姓名" => vec![String::new(), broken],
        "工号" if !has_name => vec![String::new(), broken],
        // What is no day already may be a range: without it a row is one day again.
        "日期" if vaguer_dates(cell).is_empty() => vec![cell.to_string()],
        "日期" => [vec![unreadable, broken], vaguer_dates(cell)].concat(),
        "学时" => {
            vec![String::new(), unreadable, broken, format!("{cell}+"), format!("各{cell}"), format!("{cell}余")]
        }
        "天数" | "节数" if !cell.is_empty() => vec![unreadable, broken, format!("{cell}+"), format!("每人{cell}")],
        "层级" | "专兼职" | "任教研员日期" | "在编" | "在岗" => vec![String::new(), unreadable, broken],
        _ => vec![unreadable, broken],
    }
}

/// A day said with less than it takes: its month, its year, its term, without its year, among others, or as a span.
fn vaguer_dates(cell: &str) -> Vec<String> {
    let parts: Vec<&str> = cell.split('-').collect();
    let [year, month, day] = parts[..] else { return Vec::new() };
    // Days that begin on the last one of a year are of the next one; its year alone says that all of them were in it.
    let of_year = (!cell.ends_with("-12-31")).then(|| format!("{year}年"));
    let others = vec![
        format!("{year}.{month}"),
        format!("{month}月{day}日"),
        format!("{cell}、{cell}"),
        format!("{year}.{month}.{day}、{month}.{day}"),
        format!("{year}年{month}月每周一"),
        format!("{year}.{month}.{day}-"),
    ];
    of_year.into_iter().chain(others).collect()
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
    // What is not asked has no amount.
    let is_asked = whole.verdict.id() != "not-applicable";
    verdict && (!is_asked || (reaches && spoilt_ends.low <= whole_ends.low))
}

/// An office, and a cell of it with what spoils it: sheet, row, column and text.
type Spoiling = (Office, &'static str, usize, usize, String);

fn spoiling() -> impl Strategy<Value = Spoiling> {
    let tables = proptest::sample::select(&["活动台账", "活动台账", "培训台账", "培训台账", "教研员花名册"][..]);
    (random_office(), tables, any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_flat_map(
        |(mut office, name, row, column)| {
            let rows = office.table(name);
            // Who is in the roster, and of which institution, is another question.
            let first = if name == "教研员花名册" { 3 } else { 0 };
            let (row, column) = (1 + row.index(rows.len() - 1), first + column.index(rows[0].len() - first));
            let name_column = rows[0].iter().position(|header| header == "姓名").unwrap();
            let words = spoilt(&rows[0][column], &rows[row][column], !rows[row][name_column].is_empty());
            (Just(office), Just(name), Just(row), Just(column), proptest::sample::select(words))
        },
    )
}

/// Errors: the first verdict or amount that a spoilt cell makes surer.
fn only_weakens((mut office, name, row, column, text): Spoiling) -> Result<(), TestCaseError> {
    let whole = office.audit().assessment.findings;
    let before = office.table(name)[row][column].clone();
    // A blank cell that is spoilt was no gap in what is known, but spoiling it still adds nothing.
    office.table(name)[row][column] = text.clone();
    let spoilt = office.audit().assessment.findings;
    prop_assert_eq!(spoilt.len(), whole.len());
    for (spoilt, whole) in spoilt.iter().zip(&whole) {
        prop_assert!(
            is_weaker(spoilt, whole),
            "{} of {} was {:?} {:?}, became {:?} {:?} ({}) by {before} → {text} in {name}!{column}{}",
            whole.rule,
            whole.subject.name,
            whole.verdict,
            ends(whole),
            spoilt.verdict,
            ends(spoilt),
            spoilt.reason,
            row + 1
        );
    }
    Ok(())
}

/// The usual number of cells that the long run spoils.
const MANY: u32 = 20_000;

#[test]
#[ignore = "takes minutes; CONTRIBUTING.md says how to run it"]
fn a_spoilt_cell_of_many_random_offices_never_makes_anything_surer() {
    let many = std::env::var("SPOILT_OFFICES").map_or(MANY, |text| text.parse().unwrap());
    let threads = std::thread::available_parallelism().map_or(2, |threads| u32::try_from(threads.get()).unwrap());
    let run = |thread: u32| {
        let config = ProptestConfig { rng_seed: RngSeed::Fixed(u64::from(thread)), ..offices(many / threads) };
        TestRunner::new(config).run(&spoiling(), only_weakens).map_err(|error| error.to_string())
    };
    let flips: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || run(thread))).collect();
        running.into_iter().filter_map(|thread| thread.join().unwrap().err()).collect()
    });
    assert_eq!(flips, Vec::<String>::new());
    println!("{} cells of random offices spoilt, 0 verdicts or amounts made surer", many / threads * threads);
}

proptest! {
    #![proptest_config(offices(60))]

    #[test]
    fn a_spoilt_cell_never_makes_anything_surer(spoiling in spoiling()) {
        only_weakens(spoiling)?;
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
