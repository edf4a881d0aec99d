//! The same records in another layout get the same findings.

mod office;

use std::fs;
use std::path::{Path, PathBuf};

use office::{Office, Table, audit_of, csv, said, write_text};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// An office with a verdict of each kind: 林青 is an hour short and has a lecture without a level; 何田 meets all.
fn office() -> Office {
    let mut office = Office::small();
    office.table("培训台账")[1][4] = "59".to_string();
    office.table("活动台账")[9][5] = String::new();
    office
}

/// Audits the files that a closure writes, and compares with the plain workbook of the same office.
fn assert_same(changed: &Office, write: impl FnOnce(&Path) -> Vec<PathBuf>) {
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
fn assert_same_tables(change: impl FnOnce(&mut Office)) {
    let mut changed = office();
    change(&mut changed);
    assert_same(&changed, |folder| {
        changed.write_xlsx(&folder.join("台账.xlsx"));
        vec![folder.join("台账.xlsx")]
    });
}

/// Compares the office with sheets that a closure writes.
fn assert_same_sheets(write: impl Fn(&str, &mut Worksheet, &Table)) {
    let office = office();
    assert_same(&office, |folder| {
        office.write_xlsx_with(&folder.join("台账.xlsx"), write);
        vec![folder.join("台账.xlsx")]
    });
}

#[test]
fn the_office_has_a_verdict_of_each_kind() {
    let audit = office().audit();
    let mut verdicts: Vec<&str> = audit.assessment.findings.iter().map(|finding| finding.verdict.id()).collect();
    verdicts.sort_unstable();
    verdicts.dedup();
    assert_eq!(verdicts, ["met", "not-applicable", "review", "unmet"]);
}

#[test]
fn columns_may_stand_in_any_order() {
    assert_same_tables(|office| office.tables.iter_mut().flat_map(|(_, rows)| rows).for_each(|row| row.reverse()));
}

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
fn headers_may_be_synonyms() {
    let other = [
        ("工号", "教职工号"),
        ("姓名", "*教研员 姓名（全称）"),
        ("日期", "活动时间"),
        ("类型", "活动\n类型"),
        ("天数", "到校天数"),
        ("节数", "听课节数"),
        ("单位", "工作单位："),
        ("层级", "机构层级"),
        ("专兼职", "专/兼职"),
    ];
    assert_same_tables(|office| {
        for (_, rows) in &mut office.tables {
            for header in &mut rows[0] {
                let found = other.iter().find(|(standard, _)| standard == header);
                *header = found.map_or_else(|| header.clone(), |(_, other)| other.to_string());
            }
        }
        office.table("培训台账")[0][0] = "培训日期".to_string();
    });
}

#[test]
fn the_header_may_stand_in_the_fourth_row_under_merged_titles() {
    let title = Format::new();
    assert_same_sheets(|name, sheet, rows| {
        let last = u16::try_from(rows[0].len() - 1).unwrap();
        sheet.write_string(0, 0, "附件1").unwrap();
        sheet.merge_range(1, 0, 1, last, name, &title).unwrap();
        sheet.merge_range(2, 0, 2, last, "填报单位：望汐镇教研室　　2023年12月", &title).unwrap();
        write_text(sheet, rows, 3);
    });
}

#[test]
fn a_header_may_have_two_rows() {
    assert_same_sheets(|name, sheet, rows| {
        if name != "活动台账" {
            return write_text(sheet, rows, 0);
        }
        // 工号 and 姓名 under 教研员, 天数 and 节数 under 数量; all other headers are merged over both rows.
        let plain = Format::new();
        sheet.merge_range(0, 2, 0, 3, "人", &plain).unwrap();
        sheet.merge_range(0, 6, 0, 7, "多少", &plain).unwrap();
        for (column, header) in (0..).zip(&rows[0]) {
            if [2, 3, 6, 7].contains(&column) {
                sheet.write_string(1, column, header).unwrap();
            } else {
                sheet.merge_range(0, column, 1, column, header, &plain).unwrap();
            }
        }
        write_text(sheet, &rows[1..].to_vec(), 2);
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
fn numbers_may_be_numbers_or_carry_their_unit_in_the_text_or_in_the_format() {
    let with_unit = |office: &mut Office, unit: &str| {
        for row in &mut office.table("培训台账")[1..] {
            row[4].push_str(unit);
        }
    };
    assert_same_tables(|office| with_unit(office, "学时"));
    assert_same_tables(|office| with_unit(office, " 课时 "));
    let unit = Format::new().set_num_format("0\"学时\"");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    assert_same_sheets(|name, sheet, rows| {
        write_text(sheet, rows, 0);
        for (row, cells) in (0..).zip(rows).skip(1).filter(|_| name == "培训台账") {
            sheet.write_number_with_format(row, 4, cells[4].parse::<f64>().unwrap(), &unit).unwrap();
            let date = rust_xlsxwriter::ExcelDateTime::parse_from_str(&cells[0]).unwrap();
            sheet.write_datetime_with_format(row, 0, &date, &day).unwrap();
        }
        for (row, cells) in (0..).zip(rows).skip(1).filter(|(_, cells)| name == "活动台账" && !cells[6].is_empty())
        {
            sheet.write_number(row, 6, cells[6].parse::<f64>().unwrap()).unwrap();
        }
    });
}

fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
    text.chars().map(wide).collect()
}

#[test]
fn digits_may_be_full_width() {
    assert_same_tables(|office| {
        for name in ["活动台账", "培训台账", "联系学校", "年度数据"] {
            office.table(name)[1..].iter_mut().flatten().for_each(|cell| *cell = full_width(cell));
        }
    });
}

#[test]
fn dates_may_be_written_in_any_sure_form() {
    let forms: [fn(&str) -> String; 4] = [
        |date| date.replace('-', "/"),
        |date| date.replace("-0", "-").replace('-', "."),
        |date| date.replace('-', ""),
        |date| format!("{}日", date.replacen('-', "年", 1).replacen('-', "月", 1)),
    ];
    for form in forms {
        assert_same_tables(|office| {
            for row in &mut office.table("活动台账")[1..] {
                row[..2].iter_mut().filter(|cell| !cell.is_empty()).for_each(|cell| *cell = form(cell));
            }
        });
    }
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
fn names_may_be_merged_over_their_rows() {
    let plain = Format::new();
    assert_same_sheets(|name, sheet, rows| {
        write_text(sheet, rows, 0);
        if name == "活动台账" {
            let last = u32::try_from(rows.len() - 1).unwrap();
            sheet.merge_range(1, 2, last, 2, "Z1", &plain).unwrap();
            sheet.merge_range(1, 3, last, 3, "林青", &plain).unwrap();
        }
    });
}

#[test]
fn totals_blank_rows_and_signatures_are_no_records() {
    assert_same_tables(|office| {
        let rows = office.table("培训台账");
        let row = |cells: [&str; 5]| cells.map(ToString::to_string).to_vec();
        rows.insert(2, row(["", "", "", "", ""]));
        rows.insert(3, row(["小计", "", "", "", "59"]));
        rows.push(row(["合计", "", "", "", "179"]));
        rows.push(row(["填表人：何田", "", "", "审核人：林青", ""]));
    });
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
    assert_eq!(issues, [("未使用的工作表", "Sheet1")]);
    assert_eq!(office::verdict(&audit, "contact-schools", "望汐镇教研室"), "review");
    assert_eq!(office::verdict(&audit, "school-rotation", "林青"), "met 2.33");
}
