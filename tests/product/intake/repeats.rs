//! The same row twice may be one that was written down twice, or two that are alike: no verdict rests on it.

use std::fs;
use std::path::PathBuf;

use crate::office::{Office, Table, audit_of, csv, table, verdict};
use jiaoyan::audit::Audit;

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

#[test]
fn the_same_row_twice_is_possible_once_more_and_no_verdict_rests_on_it() {
    let hours = |hours: &str| {
        let row = ["2023-03-06", "Z1", "林青", "研修", hours];
        let audit = trained(rows(&[&TRAINING, &row, &row])).audit();
        (verdict(&audit, "training-hours", "林青"), audit)
    };
    let (verdict_of, audit) = hours("45");
    assert_eq!(verdict_of, "review 45..90");
    assert_eq!(issues(&audit), [("疑似重复登记", "A3", "")]);
    assert_eq!(
        messages(&audit),
        [
            "这一行与第2行各格完全相同，可能是重复登记，也可能是两次，按“可能”处理；是重复的请删去，是两次的请在主题等列写出区别"
        ]
    );
    let found = crate::office::finding(&audit, "training-hours", "林青");
    assert!(found.reason.ends_with("培训台账有1行与前面的行完全相同，可能是重复登记"), "{}", found.reason);
    assert!(found.evidence.cells().next().unwrap().ends_with("培训台账!A3"), "{:?}", found.evidence);
    assert_eq!(hours("90").0, "met 90..180");
    assert_eq!(hours("44.9").0, "unmet 44.9..89.8");
}

#[test]
fn rows_that_differ_in_any_cell_are_two_but_for_a_running_number() {
    let one = |first: [&str; 3], second: [&str; 3], header: [&str; 3]| {
        let course = ["2023-03-06", "Z1", "林青", "研修", "45"];
        let [head, first, second] =
            [(TRAINING, header), (course, first), (course, second)].map(|(cells, more)| [&cells[..], &more].concat());
        let audit = trained(rows(&[&head, &first, &second])).audit();
        verdict(&audit, "training-hours", "林青")
    };
    let (twice, two) = ("review 45..90", "met 90");
    let header = ["序号", "备注", ""];
    assert_eq!(one(["1", "", ""], ["2", "", ""], header), twice);
    assert_eq!(one(["1", "甲", ""], ["2", " 甲 ", ""], header), twice);
    assert_eq!(one(["1", "甲", ""], ["2", "乙", ""], header), two);
    assert_eq!(one(["1", "", ""], ["2", "乙", ""], header), two);
    assert_eq!(one(["1", "", "3"], ["2", "", "4"], header), twice);
    assert_eq!(one(["1", "", "上"], ["2", "", "下"], header), two);
    assert_eq!(one(["上1", "", ""], ["上2", "", ""], header), two);
    assert_eq!(one(["1", "", ""], ["2", "", ""], ["期数", "备注", ""]), two);
}

#[test]
fn the_same_row_in_another_file_format_order_of_columns_or_of_files_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &Table| {
        let path = folder.path().join(name);
        fs::write(&path, csv(rows)).unwrap();
        path
    };
    let roster = write("教研员花名册.csv", Office::small().table("教研员花名册"));
    let first = write("培训台账.csv", &rows(&[&TRAINING, &["2023-03-06", "Z1", "林青", "研修", "45"]]));
    let turned = write(
        "培训台账补录.csv",
        &rows(&[&["学时", "培训名称", "姓名", "工号", "日期"], &["45.0", "研修", "林青", "Z1", "2023/3/6"]]),
    );
    let book = folder.path().join("培训学时.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (column, header) in (0..).zip(TRAINING) {
        sheet.write_string(0, column, header).unwrap();
    }
    sheet
        .write_datetime_with_format(1, 0, rust_xlsxwriter::ExcelDateTime::from_ymd(2023, 3, 6).unwrap(), &day)
        .unwrap();
    for (column, text) in [(1, "Z1"), (2, "林青"), (3, "研修")] {
        sheet.write_string(1, column, text).unwrap();
    }
    sheet.write_number(1, 4, 45.0).unwrap();
    workbook.save(&book).unwrap();
    let said = |paths: &[&PathBuf]| {
        let paths: Vec<PathBuf> = paths.iter().map(|path| (*path).clone()).collect();
        let audit = audit_of(&paths);
        (
            verdict(&audit, "training-hours", "林青"),
            audit.assessment.issues.iter().map(|issue| issue.message.clone()).collect::<Vec<_>>(),
        )
    };
    for other in [&turned, &book] {
        for files in [[&roster, &first, other], [other, &first, &roster]] {
            let (verdict, messages) = said(&files);
            assert_eq!(verdict, "review 45..90", "{other:?}");
            assert_eq!(messages.len(), 1);
            assert!(messages[0].starts_with("这一行与《"), "{messages:?}");
        }
    }
}

#[test]
fn a_day_in_the_field_that_is_written_twice_stays_one_day() {
    let mut office = Office::small();
    let row = office.table("活动台账")[1].clone();
    office.table("活动台账").push(row);
    let audit = office.audit();
    assert_eq!(verdict(&audit, "visit-days", "林青"), "met 80");
    assert_eq!(verdict(&audit, "lessons-observed", "林青"), "met 80..90");
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    let activities =
        sheets.filter(|sheet| sheet.name == "活动台账").map(|sheet| (sheet.rows, sheet.used, sheet.partly));
    assert_eq!(activities.collect::<Vec<_>>(), [(15, 14, 1)]);
}
