//! The same records in another layout get the same findings.

use std::fs;

use crate::office::same::{assert_same, assert_same_tables, office};
use crate::office::{Table, audit_of, csv, said, write_text};
use rust_xlsxwriter::Workbook;

#[test]
fn sheets_may_have_other_names_and_stand_in_any_order() {
    assert_same_tables(|office| {
        for ((name, _), other) in
            office.tables.iter_mut().zip(["名册", "2023年", "Sheet3", "学校", "2023联系学校(定)", "数", "6"])
        {
            *name = other.to_string();
        }
        office.tables.reverse();
    });
}

#[test]
fn a_workbook_may_be_called_xls() {
    let office = office();
    assert_same(&office, |folder| {
        office.write_xlsx(&folder.join("台账.xlsx"));
        fs::rename(folder.join("台账.xlsx"), folder.join("台账.xls")).unwrap();
        vec![folder.join("台账.xls")]
    });
}

#[test]
fn tables_may_be_csv_files_in_utf_8_or_gbk() {
    let office = office();
    assert_same(&office, |folder| office.write_csv(folder));
    assert_same(&office, |folder| {
        let write = |(name, rows): &(String, Table)| {
            let (bytes, _, lossy) = encoding_rs::GBK.encode(Box::leak(csv(rows).into_boxed_str()));
            assert!(!lossy);
            fs::write(folder.join(format!("{name}.csv")), bytes).unwrap();
            folder.join(format!("{name}.csv"))
        };
        office.tables.iter().map(write).collect()
    });
}

#[test]
fn rows_of_a_table_may_stand_in_two_workbooks() {
    let office = office();
    let folder = tempfile::tempdir().unwrap();
    let paths = ["上半年.xlsx", "下半年.xlsx"].map(|name| folder.path().join(name));
    let (mut first, mut second) = (office.clone(), office.clone());
    for (name, rows) in &mut second.tables {
        let half = rows.len() / 2 + 1;
        *rows = [&rows[..1], &rows[half..]].concat();
        first.table(name).truncate(half);
    }
    first.write_xlsx(&paths[0]);
    second.write_xlsx(&paths[1]);
    let plain = folder.path().join("台账.xlsx");
    office.write_xlsx(&plain);
    let expected = said(&audit_of(&[plain]).assessment.findings);
    assert_eq!(said(&audit_of(&paths).assessment.findings), expected);
}

#[test]
fn each_table_may_stand_in_a_workbook_of_its_own() {
    let office = office();
    assert_same(&office, |folder| {
        let write = |(name, rows): &(String, Table)| {
            let mut book = Workbook::new();
            write_text(book.add_worksheet().set_name(name).unwrap(), rows, 0);
            book.save(folder.join(format!("{name}.xlsx"))).unwrap();
            folder.join(format!("{name}.xlsx"))
        };
        office.tables.iter().map(write).collect()
    });
}

#[test]
fn a_sheet_that_may_be_either_of_two_tables_is_read_as_neither() {
    let mut office = office();
    office.tables[4].0 = "Sheet1".to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    office.write_xlsx(&path);
    let audit = audit_of(&[path]);
    let tables: Vec<Option<&str>> =
        audit.assessment.inputs[0].sheets.iter().map(|sheet| sheet.table.as_deref()).collect();
    let [staff, activities, training, schools] = ["staff", "activities", "training", "schools"].map(Some);
    assert_eq!(tables, [staff, activities, training, schools, None, Some("figures"), Some("postings")]);
    let issues: Vec<(&str, &str)> =
        audit.assessment.issues.iter().map(|issue| (issue.kind.label(), issue.text.as_str())).collect();
    // The office has a row twice, for the sake of the other tests.
    assert_eq!(issues, [("疑似重复登记", ""), ("未使用的工作表", "Sheet1")]);
    assert_eq!(crate::office::verdict(&audit, "contact-schools", "望汐镇教研室"), "review");
    assert_eq!(crate::office::verdict(&audit, "school-rotation", "林青"), "met 2.33");
}
