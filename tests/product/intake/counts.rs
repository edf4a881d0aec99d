//! Nothing is dropped in silence: rows and columns are used, or an issue says why not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::office::{Office, audit_of, offices, table};
use jiaoyan::audit::Audit;
use jiaoyan::dictionary::{Dictionary, normalise};
use jiaoyan::model::{IssueKind, RawText};
use proptest::prelude::*;

/// For each sheet of a run that does not hold: what was promised of its rows.
fn wrong_rows(audit: &Audit) -> Vec<String> {
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    let mut wrong = Vec::new();
    for (number, (sheet, copy)) in (0_u32..).zip(sheets.zip(&audit.copies)) {
        if sheet.rows != sheet.used + sheet.partly + sheet.unused {
            wrong
                .push(format!("{}: {} rows, {}+{}+{}", sheet.name, sheet.rows, sheet.used, sheet.partly, sheet.unused));
        }
        let header = sheet.header_row.unwrap_or(u32::MAX);
        let below = copy.rows.iter().filter(|row| row.number > header).count();
        if sheet.table.is_some() && below + copy.withheld as usize != sheet.rows as usize {
            wrong.push(format!("{}: {} rows counted, {below} in the sheet", sheet.name, sheet.rows));
        }
        let issues = audit.assessment.issues.iter().filter(|issue| issue.at.row.sheet == number);
        let told: BTreeSet<u32> = issues.map(|issue| issue.at.row.row).filter(|row| *row > header).collect();
        let owed = (sheet.partly + sheet.unused) as usize;
        if sheet.table.is_some() && told.len() < owed {
            wrong.push(format!("{}: {owed} rows are not whole, issues stand at {told:?}", sheet.name));
        }
    }
    wrong
}

/// The headers of the tables of a run that are neither a field's nor named in an issue.
fn untold_columns(audit: &Audit) -> Vec<String> {
    let dictionary = Dictionary::built_in();
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    let mut untold = Vec::new();
    for (number, (sheet, copy)) in (0_u32..).zip(sheets.zip(&audit.copies)) {
        let Some(table) = sheet.table.as_deref().and_then(|id| dictionary.table_named(id)) else { continue };
        let names: Vec<String> = dictionary
            .table(table)
            .fields
            .iter()
            .flat_map(|field| std::iter::once(&field.header).chain(&field.also))
            .map(|name| normalise(name))
            .collect();
        let unused: Vec<&str> = audit
            .assessment
            .issues
            .iter()
            .filter(|issue| issue.at.row.sheet == number && issue.kind == IssueKind::UnusedColumn)
            .map(|issue| issue.text.as_str())
            .collect();
        let header = copy.rows.iter().find(|row| Some(row.number) == sheet.header_row).unwrap();
        for (_, cell) in &header.cells {
            let RawText::Text(text) = cell else { panic!("a header of {} is no text", sheet.name) };
            let told = unused.iter().any(|unused| unused.split('、').any(|one| one == text.as_ref()));
            let holds_remarks = dictionary.remarks.is_header(&normalise(text));
            if !names.contains(&normalise(text)) && !told && !holds_remarks {
                untold.push(format!("{}: {text}", sheet.name));
            }
        }
    }
    untold
}

#[test]
fn all_rows_and_columns_of_the_example_are_used_or_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/jiangmen-2023");
    let audit = audit_of(&[folder]);
    assert_eq!(wrong_rows(&audit), Vec::<String>::new());
    assert_eq!(untold_columns(&audit), Vec::<String>::new());
    let sheets = audit.assessment.inputs.iter().flat_map(|input| &input.sheets);
    let rows: u32 = sheets.map(|sheet| sheet.rows).sum();
    assert!(rows > 3000, "{rows}");
}

#[test]
fn a_sheet_that_is_no_table_is_listed_and_none_of_its_rows_is_used() {
    let mut office = Office::small();
    office.tables.push(("填表说明".to_string(), table(&[&["请如实填写"], &["不要改动表头"]])));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    office.write_xlsx(&path);
    let audit = audit_of(&[path]);
    let sheet = audit.assessment.inputs[0].sheets.last().unwrap();
    assert_eq!((sheet.table.as_deref(), sheet.rows, sheet.used, sheet.unused), (None, 2, 0, 2));
    let issues: Vec<(&str, &str)> =
        audit.assessment.issues.iter().map(|issue| (issue.kind.label(), issue.text.as_str())).collect();
    assert_eq!(issues, [("未使用的工作表", "填表说明")]);
}

#[test]
fn a_column_without_a_header_and_one_that_no_field_takes_are_named() {
    let mut office = Office::small();
    for (row, cells) in office.table("培训台账").iter_mut().enumerate() {
        cells.push(if row == 0 { "学员感想".to_string() } else { String::new() });
        cells.push(if row == 2 { "见附件".to_string() } else { String::new() });
    }
    let audit = office.audit();
    assert_eq!(wrong_rows(&audit), Vec::<String>::new());
    assert_eq!(untold_columns(&audit), Vec::<String>::new());
    let messages: Vec<&str> = audit.assessment.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "没有认出这些列，不取作数据，看得懂的字、数会与这一行对照：学员感想。如果其中有该用的列，请把表头改成标准名称，或写进 --columns 文件；确实用不到的写成“不读”",
            "第G列没有表头，列中的内容没有读取；请补上表头"
        ]
    );
}

/// A cell of a random row: what belongs there, or something that does not.
fn cell(right: &'static str) -> impl Strategy<Value = String> {
    let wrong = ["", "待补", "合计", "填表人：何田", "2023.13", "约3", "—", "注：略", "沈七", "0", "１２", "Z1"];
    prop_oneof![4 => Just(right), 1 => proptest::sample::select(wrong.to_vec())].prop_map(ToString::to_string)
}

fn row(right: [&'static str; 5]) -> impl Strategy<Value = Vec<String>> {
    right.map(cell).prop_map(|cells| cells.to_vec())
}

prop_compose! {
    fn random_paths()(
        training in prop::collection::vec(row(["2023-03-06", "Z1", "林青", "研修", "30"]), 0..12),
        contacts in prop::collection::vec(row(["Z1", "林青", "望汐小学", "2022-09-01", ""]), 0..8),
        roster in prop::collection::vec(row(["Z3", "金禾", "望汐镇教研室", "镇街", "专职"]), 0..6),
    ) -> Office {
        let mut office = Office::small();
        office.table("培训台账").extend(training);
        office.table("联系学校").extend(contacts);
        office.table("教研员花名册").extend(roster);
        office
    }
}

proptest! {
    #![proptest_config(offices(60))]

    #[test]
    fn all_rows_of_a_random_office_are_used_or_listed(office in random_paths()) {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = office.write_csv(folder.path());
        let audit = audit_of(&paths);
        prop_assert_eq!(wrong_rows(&audit), Vec::<String>::new());
    }
}
