//! Rows 17 to 19: sheets, headers, rows and names that are not what they should be.

use serde_json::Value;

use super::desk::{Desk, verdict};
use crate::office::{csv, table};
use crate::packages::{by_hand, rows, texts};

/// The issues in full: `cell kind text: message`.
fn whole_issues(desk: &Desk) -> Vec<String> {
    let assessment = desk.json(&["台账"]);
    let word = |issue: &Value, key: &str| issue[key].as_str().unwrap().to_string();
    let line = |issue: &Value| {
        let [cell, kind, text, message] = ["cell", "kind", "text", "message"].map(|key| word(issue, key));
        format!("{cell} {kind} {text}: {message}")
    };
    assessment["issues"].as_array().unwrap().iter().map(line).collect()
}

fn hours(desk: &Desk, name: &str) -> String {
    verdict(&desk.json(&["台账"]), "training-hours", name)
}

#[test]
fn row_17_a_sheet_that_is_no_table_is_listed_and_nothing_is_taken_from_it() {
    let desk = Desk::office(|office| *office = office.clone().without("培训台账"));
    let sheet = rows(&texts(&[&["品名", "件数"], &["粉笔", "3"]]));
    desk.put("台账/杂.xlsx", by_hand(&[("杂项", &sheet)]));
    let expected = "杂.xlsx!杂项!A1 unused-sheet 杂项: 名称和各列都不像是要核查的表，没有读取，结论不以它为依据；如果它是该核查的表，请把工作表和表头改成标准名称，或在 --columns 文件的 [sheets] 里写明";
    assert_eq!(whole_issues(&desk), [expected]);
    assert_eq!(hours(&desk, "林青"), "review");
    let inputs = desk.json(&["台账"])["inputs"].as_array().unwrap().clone();
    let sheet = inputs.iter().find(|input| input["path"] == "台账/杂.xlsx").unwrap()["sheets"][0].clone();
    assert_eq!((&sheet["table"], &sheet["rows"]), (&Value::Null, &Value::from(2)));
}

#[test]
fn row_17_a_header_that_no_field_takes_is_listed() {
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        table.iter_mut().zip(["颜色", "红", "黄", "蓝"]).for_each(|(row, cell)| row.push(cell.to_string()));
    });
    let issues = whole_issues(&desk);
    assert_eq!(issues.len(), 1);
    assert!(issues[0].starts_with("培训台账.csv!培训台账!F1 unused-column 颜色: "), "{issues:?}");
    assert_eq!(hours(&desk, "林青"), "met 90");
}

#[test]
fn row_17_of_two_columns_for_one_field_the_amount_is_between_the_smaller_and_their_sum() {
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        table.iter_mut().zip(["学时", "60", "30", "90"]).for_each(|(row, cell)| row.push(cell.to_string()));
    });
    assert_eq!(hours(&desk, "林青"), "met 90..180");
    let named = whole_issues(&desk).iter().filter(|issue| issue.contains("有几列都是“学时”")).count();
    assert!(named > 0, "{:?}", whole_issues(&desk));
}

#[test]
fn row_17_tables_of_one_kind_are_joined() {
    let desk = Desk::office(|office| drop(office.table("培训台账").remove(2)));
    assert_eq!(hours(&desk, "林青"), "unmet 60");
    let more = table(&[&["日期", "工号", "姓名", "学时"], &["2023-07-10", "Z1", "林青", "30"]]);
    desk.put("台账/培训补录.csv", csv(&more));
    assert_eq!(hours(&desk, "林青"), "met 90");
    assert_eq!(whole_issues(&desk), [""; 0]);
}

#[test]
fn row_18_titles_totals_signatures_and_examples_are_no_records_and_are_listed() {
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        let blank = || vec![String::new(); 5];
        let row = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        for title in ["附件2", "教研员培训登记表", "填报单位：望汐镇教研室"] {
            table.insert(0, row(&[title]));
        }
        table.push(row(&["小计", "", "", "", "180"]));
        table.push(blank());
        table.push(row(&["合计", "", "", "", "180"]));
        table.push(row(&["例：2023-01-01", "Z1", "林青", "示例培训", "900"]));
        table.push(row(&["填表人：林青", "", "审核人：", "", ""]));
    });
    let at = |cell: &str, text: &str, reason: &str| {
        format!("培训台账.csv!培训台账!{cell} unused-row {text}: {reason}，没有计入")
    };
    let expected = [
        at("A8", "小计", "合计行，不是记录"),
        at("A10", "合计", "合计行，不是记录"),
        at("A11", "例：2023-01-01", "示例行，不是记录"),
        at("A12", "填表人：林青", "落款行，不是记录"),
    ];
    assert_eq!(whole_issues(&desk), expected);
    let assessment = desk.json(&["台账"]);
    assert_eq!(verdict(&assessment, "training-hours", "林青"), "met 90");
    let inputs = assessment["inputs"].as_array().unwrap();
    let sheet = &inputs.iter().find(|input| input["path"] == "台账/培训台账.csv").unwrap()["sheets"][0];
    let counts = ["rows", "used", "partly", "unused"].map(|key| sheet[key].as_u64().unwrap());
    assert_eq!(counts, [7, 3, 0, 4]);
}

#[test]
fn row_18_a_header_may_stand_lower_and_have_two_rows() {
    let desk = Desk::office(|office| *office = office.clone().without("培训台账"));
    let sheet = rows(&texts(&[
        &["教研员培训登记表"],
        &["日期", "人员", "", "培训", ""],
        &["", "工号", "姓名", "培训名称", "学时"],
        &["2023-03-06", "Z1", "林青", "研修", "90"],
    ]));
    let merges =
        "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/><mergeCell ref=\"D2:E2\"/></mergeCells>";
    desk.put("台账/培训.xlsx", by_hand(&[("培训台账", &format!("{sheet}{merges}"))]));
    assert_eq!(hours(&desk, "林青"), "met 90");
    assert_eq!(whole_issues(&desk), [""; 0]);
}

#[test]
fn row_19_a_name_that_two_people_have_is_sure_of_neither() {
    let desk = Desk::office(|office| {
        let roster = office.table("教研员花名册");
        roster.iter_mut().for_each(|row| row[0] = String::new());
        let other = ["", "林青", "望汐镇教研室", "镇街", "专职", "2020-09-01", "是", "是"];
        roster[1][5] = "2021-09-01".to_string();
        roster.push(other.map(str::to_string).to_vec());
        office.table("培训台账").iter_mut().skip(1).for_each(|row| row[1] = String::new());
    });
    let assessment = desk.json(&["台账"]);
    let findings = assessment["findings"].as_array().unwrap().iter();
    let of = findings.filter(|f| f["rule"] == "training-hours" && f["subject"]["name"] == "林青");
    let verdicts: Vec<&str> = of.map(|f| f["verdict"].as_str().unwrap()).collect();
    assert!(!verdicts.is_empty() && verdicts.iter().all(|verdict| *verdict == "review"), "{verdicts:?}");
    assert_eq!(verdict(&assessment, "training-hours", "何田"), "met 90");
}

#[test]
fn row_19_a_name_that_is_not_in_the_roster_is_listed_with_the_nearest() {
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        (table[1][1], table[1][2]) = (String::new(), "林清".to_string());
    });
    let issues = whole_issues(&desk);
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert!(issues[0].starts_with("培训台账.csv!培训台账!C2 unknown-person : "), "{issues:?}");
    assert!(issues[0].contains("C2最接近的是“林青”") && !issues[0].contains("林清"), "{issues:?}");
}

#[test]
fn row_19_a_row_without_a_name_may_be_anybody_s() {
    let desk = Desk::office(|office| {
        let table = office.table("培训台账");
        (table[1][1], table[1][2]) = (String::new(), String::new());
    });
    assert_eq!(hours(&desk, "林青"), "review 30..90");
    // 何田 has enough without it.
    assert_eq!(hours(&desk, "何田"), "met 90..150");
    let assessment = desk.json(&["台账"]);
    let mut findings = assessment["findings"].as_array().unwrap().iter();
    let review = findings.find(|f| f["rule"] == "training-hours" && f["verdict"] == "review").unwrap();
    assert_eq!(review["evidence"]["cells"][0], "培训台账.csv!培训台账!C2");
}
