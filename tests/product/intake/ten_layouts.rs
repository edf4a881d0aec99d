//! One office in ten layouts, as clerks keep them, and in one that has everything at once: the same findings.

use std::path::{Path, PathBuf};

use crate::office::same::{assert_same, assert_same_sheets, assert_same_tables, office};
use crate::office::{Office, Table, table, write_text};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
    text.chars().map(wide).collect()
}

#[test]
fn columns_may_stand_in_any_order() {
    assert_same_tables(|office| office.tables.iter_mut().flat_map(|(_, rows)| rows).for_each(|row| row.reverse()));
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
        // Both rows again, as on the second page of a print.
        let mut upper = rows[0].clone();
        let lower = upper.iter_mut().enumerate().map(|(column, header)| match column {
            2 => std::mem::replace(header, "人".to_string()),
            6 => std::mem::replace(header, "多少".to_string()),
            3 | 7 => std::mem::take(header),
            _ => String::new(),
        });
        let lower = lower.collect();
        write_text(sheet, &vec![upper, lower], u32::try_from(rows.len() + 1).unwrap());
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
fn the_office_has_a_verdict_of_each_kind() {
    let audit = office().audit();
    let mut verdicts: Vec<&str> = audit.assessment.findings.iter().map(|finding| finding.verdict.id()).collect();
    verdicts.sort_unstable();
    verdicts.dedup();
    assert_eq!(verdicts, ["met", "not-applicable", "review", "unmet"]);
}

#[test]
fn months_may_be_sheets() {
    let mut changed = office();
    let activities = changed.table("活动台账").clone();
    let mut months: Vec<(String, Table)> = Vec::new();
    for row in &activities[1..] {
        let month = format!("{}月", row[0][5..7].trim_start_matches('0'));
        match months.iter_mut().find(|(before, _)| *before == month) {
            Some((_, rows)) => rows.push(row.clone()),
            None => months.push((month, vec![activities[0].clone(), row.clone()])),
        }
    }
    assert_eq!(months.len(), 11);
    let mut changed = changed.without("活动台账");
    changed.tables.extend(months);
    assert_same(&changed, |folder| {
        changed.write_xlsx(&folder.join("台账.xlsx"));
        vec![folder.join("台账.xlsx")]
    });
}

#[test]
fn each_person_may_have_a_file() {
    let mut shared = office();
    let mut files: Vec<(&str, Office)> = Vec::new();
    for (id, name) in [("Z1", "林青"), ("Z2", "何田")] {
        let mut own = Office { tables: Vec::new() };
        for sheet in ["活动台账", "培训台账"] {
            let rows = shared.table(sheet);
            let of_person = rows.iter().enumerate().filter(|(at, row)| *at == 0 || row.iter().any(|cell| cell == id));
            own.tables.push((sheet.to_string(), of_person.map(|(_, row)| row.clone()).collect()));
        }
        // Who has no activities has no sheet of them.
        own.tables.retain(|(_, rows)| rows.len() > 1);
        files.push((name, own));
    }
    let shared = shared.without("活动台账").without("培训台账");
    files.push(("共用", shared));
    let all = Office { tables: files.iter().flat_map(|(_, office)| office.tables.clone()).collect() };
    assert_eq!(all.tables.len(), 8);
    assert_same(&all, |folder| {
        let write = |(name, office): &(&str, Office)| {
            let path = folder.join(format!("{name}.xlsx"));
            office.write_xlsx(&path);
            path
        };
        files.iter().map(write).collect()
    });
}

#[test]
fn amounts_may_carry_units_and_half_days_may_be_words() {
    assert_same_tables(|office| {
        for row in &mut office.table("活动台账")[1..] {
            row[6] = match row[6].as_str() {
                "" => String::new(),
                "0.5" => "半天".to_string(),
                days => format!("{days}天"),
            };
            row[7] = if row[7].is_empty() { String::new() } else { format!("{} 节", row[7]) };
        }
        office.table("培训台账")[1..].iter_mut().for_each(|row| row[4].push_str("学时"));
    });
}

#[test]
fn sheets_may_be_hidden_and_hold_an_example_row() {
    assert_same_sheets(|name, sheet, rows| {
        let mut rows = rows.clone();
        if name == "培训台账" {
            sheet.set_hidden(true);
            rows.insert(1, table(&[&["例：2023-01-01", "Z1", "林青", "示例培训", "40"]]).remove(0));
        }
        write_text(sheet, &rows, 0);
    });
}

/// The headers of the activities under groups, with hints and stars, in another order; the fields of each column.
const GROUPED: [(&str, &str, &str); 9] = [
    ("*听课人", "*姓　名", "姓名"),
    ("", "教职\n工号", "工号"),
    ("活动时间：", "开始日期（如2023-09-01）", "日期"),
    ("", "结束日期", "结束日期"),
    ("活动类型 *", "", "类型"),
    ("工作量", "听课节数(节)", "节数"),
    ("", "到校天数【半天写半天】", "天数"),
    ("活动级别", "", "级别"),
    ("到访学校", "", "学校"),
];

/// The activities with all that a clerk can do to them: titles, groups, merged names, units, dates and digits in other
/// forms, an example, a section heading, sub-totals, blank rows, a signature.
fn write_worst(sheet: &mut Worksheet, rows: &Table) {
    let plain = Format::new();
    sheet.write_string(0, 0, "附件2").unwrap();
    sheet.merge_range(1, 0, 1, 9, "2023年度教研员下校指导情况登记表", &plain).unwrap();
    sheet.merge_range(2, 0, 2, 9, "填报单位：望汐镇教研室　　　　　单位：天、节", &plain).unwrap();
    sheet.merge_range(3, 9, 4, 9, "注：请勿改动表头", &plain).unwrap();
    let mut at = 0;
    while at < GROUPED.len() {
        let column = u16::try_from(at).unwrap();
        let width = 1 + GROUPED[at + 1..].iter().take_while(|(group, _, _)| group.is_empty()).count();
        if width == 1 {
            sheet.merge_range(3, column, 4, column, GROUPED[at].0, &plain).unwrap();
        } else {
            let last = u16::try_from(at + width - 1).unwrap();
            sheet.merge_range(3, column, 3, last, GROUPED[at].0, &plain).unwrap();
            for (column, (_, header, _)) in (column..).zip(&GROUPED[at..at + width]) {
                sheet.write_string(4, column, *header).unwrap();
            }
        }
        at += width;
    }
    sheet.write_string(5, 0, "例：张三").unwrap();
    sheet.write_string(5, 2, "2023-01-01").unwrap();
    sheet.merge_range(6, 0, 6, 9, "一、林青的活动", &plain).unwrap();
    let dates: [fn(&str) -> String; 4] = [
        |date| date.replace('-', "/"),
        |date| date.replace("-0", ".").replace('-', "."),
        |date| full_width(&format!("{}日", date.replacen('-', "年", 1).replacen('-', "月", 1))),
        |date| date.replace('-', ""),
    ];
    let mut row = 7;
    for (number, cells) in rows[1..].iter().enumerate() {
        for (column, (_, _, field)) in (0..).zip(GROUPED) {
            let cell = &cells[rows[0].iter().position(|header| header == field).unwrap()];
            let text = match (field, cell.as_str()) {
                (_, "") | ("姓名" | "工号", _) => continue,
                ("日期" | "结束日期", date) => dates[number % 4](date),
                ("天数", "0.5") => "半 天".to_string(),
                ("天数", days) => full_width(days) + "天",
                ("节数", lessons) if number % 2 == 0 => format!("{lessons}节"),
                (_, cell) => format!(" {cell} "),
            };
            sheet.write_string(row, column, text).unwrap();
        }
        row += 1;
        if number == 4 {
            sheet.write_string(row, 2, "小计").unwrap();
            sheet.write_number(row, 6, 50.0).unwrap();
            row += 2;
        }
    }
    // One person's rows are merged on both sides of the sub-total.
    sheet.merge_range(7, 0, 11, 0, "林青", &plain).unwrap();
    sheet.merge_range(7, 1, 11, 1, "Z1", &plain).unwrap();
    sheet.merge_range(14, 0, row - 1, 0, "林　青", &plain).unwrap();
    sheet.merge_range(14, 1, row - 1, 1, "Ｚ1", &plain).unwrap();
    sheet.write_string(row, 0, "合 计").unwrap();
    sheet.write_number(row, 6, 81.0).unwrap();
    sheet.write_string(row + 2, 0, "填表人：何田").unwrap();
    sheet.write_string(row + 2, 4, "审核人：林青").unwrap();
}

#[test]
fn all_of_it_may_come_at_once() {
    let office = office();
    assert_same(&office, |folder: &Path| -> Vec<PathBuf> {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Sheet1").unwrap();
        for (name, rows) in &office.tables {
            let sheet = book.add_worksheet();
            match name.as_str() {
                "活动台账" => write_worst(sheet.set_name("2023下校").unwrap().set_hidden(true), rows),
                name => write_text(sheet.set_name(format!("2023{name}(定稿2)")).unwrap(), rows, 0),
            }
        }
        let path = folder.join("附件2：台账（定稿）.xlsx");
        book.save(&path).unwrap();
        vec![path]
    });
}
