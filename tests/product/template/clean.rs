//! A template that an office has filled in properly leaves nothing to be checked by hand.

use std::path::Path;

use calamine::Data;
use rust_xlsxwriter::Workbook;

use super::{GUIDE, sheets, template};
use crate::office::{Office, audit_of, table};

/// The rows of an office under the headers of a template, below its example row.
fn fill_in(template: &Path, office: &Office, filled: &Path) {
    let mut book = Workbook::new();
    for (name, rows) in sheets(template).into_iter().filter(|(name, _)| name != GUIDE) {
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        let headers: Vec<String> = rows[0].iter().map(|cell| cell.to_string().replace('*', "")).collect();
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| **cell != Data::Empty) {
                sheet.write_string(row, column, cell.to_string()).unwrap();
            }
        }
        let own = &office.tables.iter().find(|(own, _)| *own == name).unwrap_or_else(|| panic!("no {name}")).1;
        for (row, cells) in (2..).zip(&own[1..]) {
            for (header, cell) in own[0].iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                // What no rule asks for has no column.
                let Some(column) = headers.iter().position(|own| own == header) else { continue };
                sheet.write_string(row, u16::try_from(column).unwrap(), cell).unwrap();
            }
        }
    }
    book.save(filled).unwrap();
}

/// The small office, with what the columns ask for that its rules do not.
fn clean() -> Office {
    let mut office = Office::small();
    let more = [
        ["学段", "小学", "小学"],
        ["学科", "语文", "数学"],
        ["职称", "高级教师", "高级教师"],
        ["学历", "本科", "本科"],
    ];
    for (row, cells) in office.table("教研员花名册").iter_mut().enumerate() {
        cells.extend(more.iter().map(|column| column[row].to_string()));
    }
    let institutions = table(&[&["单位", "层级", "总编制", "专职教研员编制"], &["望汐镇教研室", "镇街", "2", "1"]]);
    office.tables.push(("机构情况".to_string(), institutions));
    office
}

#[test]
fn of_a_template_that_is_filled_in_properly_nothing_is_left_for_review() {
    let folder = tempfile::tempdir().unwrap();
    let filled = folder.path().join("台账.xlsx");
    fill_in(&template(folder.path(), &["jiangmen-2022"]), &clean(), &filled);
    let audit = audit_of(&[filled]);
    let unsure =
        audit.assessment.findings.iter().filter(|found| !["met", "not-applicable"].contains(&found.verdict.id()));
    let unsure: Vec<String> = unsure
        .map(|found| format!("{} {} {}: {}", found.verdict.id(), found.rule, found.subject.name, found.reason))
        .collect();
    assert_eq!(unsure, Vec::<String>::new());
    assert!(audit.assessment.findings.iter().filter(|found| found.verdict.id() == "met").count() > 8);
}
