//! Compares the findings about one office in many layouts with those in the plain one.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Worksheet;

use super::{Office, Table, audit_of, said, table};

/// An office with a verdict of each kind: 林青 is an hour short, has a lecture without a level and two half days; 何田
/// meets all.
pub fn office() -> Office {
    let mut office = Office::small();
    let half = ["2023-10-20", "", "Z1", "林青", "下校指导", "", "0.5", "", "望汐小学"];
    office.table("活动台账").extend(table(&[&half, &half]));
    office.table("培训台账")[1][4] = "59".to_string();
    office.table("活动台账")[9][5] = String::new();
    office
}

/// Audits the files that a closure writes, and compares with the plain workbook of the same office.
pub fn assert_same(changed: &Office, write: impl FnOnce(&Path) -> Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("台账.xlsx");
    office().write_xlsx(&plain);
    let expected = said(&audit_of(&[plain]).assessment.findings);
    let other = folder.path().join("另");
    fs::create_dir(&other).unwrap();
    let audit = audit_of(&write(&other));
    assert_eq!(said(&audit.assessment.findings), expected);
    let tables = audit.assessment.inputs.iter().flat_map(|input| &input.sheets).filter(|sheet| sheet.table.is_some());
    assert_eq!(tables.count(), changed.tables.len());
}

/// Compares an office whose tables were changed, as one workbook.
pub fn assert_same_tables(change: impl FnOnce(&mut Office)) {
    let mut changed = office();
    change(&mut changed);
    assert_same(&changed, |folder| {
        changed.write_xlsx(&folder.join("台账.xlsx"));
        vec![folder.join("台账.xlsx")]
    });
}

/// Compares the office with sheets that a closure writes.
pub fn assert_same_sheets(write: impl Fn(&str, &mut Worksheet, &Table)) {
    let office = office();
    assert_same(&office, |folder| {
        office.write_xlsx_with(&folder.join("台账.xlsx"), write);
        vec![folder.join("台账.xlsx")]
    });
}
