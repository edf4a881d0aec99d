//! Rows that are no records are left out with their reason; a row that may be a record is one.

use crate::office::{Office, Table, table, verdict};
use rust_xlsxwriter::{Format, Worksheet};

/// What becomes of a row that is put behind the header of the training ledger: its reason, or nothing for a record. The
/// ledger has 90 hours of 林青 without it.
fn left(row: &[&str]) -> Option<String> {
    let mut office = Office::small();
    let mut training = table(&[
        &["序号", "单位", "日期", "工号", "姓名", "培训名称", "学时"],
        &["1", "望汐镇教研室", "2023-03-06", "Z1", "林青", "新课标研修", "90"],
    ]);
    training.insert(1, row.iter().map(ToString::to_string).collect());
    *office.table("培训台账") = training;
    let audit = office.audit();
    let sheet = audit.assessment.inputs.iter().flat_map(|input| &input.sheets).find(|sheet| sheet.name == "培训台账");
    let (rows, unused) = sheet.map(|sheet| (sheet.rows, sheet.unused)).unwrap();
    let issue = audit.assessment.issues.iter().find(|issue| issue.kind.label() == "未使用的行");
    assert_eq!((rows, unused), (2, u32::from(issue.is_some())), "{row:?}");
    if let Some(issue) = issue {
        assert_eq!(verdict(&audit, "training-hours", "林青"), "met 90", "{row:?}");
        assert!(issue.cell.ends_with('2'), "{}", issue.cell);
    }
    issue.map(|issue| issue.message.to_string())
}

#[test]
fn each_kind_of_row_that_is_no_record_is_listed_with_its_reason() {
    let unit = "望汐镇教研室";
    let cases: [(&str, &[&[&str]]); 6] = [
        (
            "合计行，不是记录，没有计入",
            &[
                &["合计", "", "", "", "", "", "90"],
                &["", "", "", "", "合 计", "", "90"],
                &["13", "", "", "", "合计", "", "90"],
                &["13", unit, "", "", "小计", "", "90"],
                &["", unit, "", "", "", "合计", "90"],
                &["", unit, "合计", "", "", "", "90"],
                &["", unit, "3月合计", "", "总计", "", "90"],
                &["本页合计：", "", "", "", "", "", "90"],
                &["", "累计学时", "", "", "", "", "90"],
            ],
        ),
        (
            "落款行，不是记录，没有计入",
            &[
                &["填表人：何田", "", "", "审核人：林青", "", "", ""],
                &["", "", "", "", "", "单位（公章）：", ""],
                &["负责人签字：", "", "", "", "", "", ""],
                &["", "", "", "", "", "", "年　月　日"],
            ],
        ),
        (
            "示例行，不是记录，没有计入",
            &[
                &["例", unit, "2023-03-06", "Z1", "林青", "新课标研修", "90"],
                &["1", unit, "2023-03-06", "Z1", "例：林青", "新课标研修", "90"],
                &["1", unit, "2023-03-06", "Z1", "林青（示例）", "新课标研修", "90"],
                &["（示例）", unit, "2023-03-06", "Z1", "林青", "新课标研修", "90"],
            ],
        ),
        ("备注行，不是记录，没有计入", &[&["注：本表由各单位填写", "", "", "", "", "", ""]]),
        ("页码行，不是记录，没有计入", &[&["", "", "", "第 1 页 共 3 页", "", "", ""]]),
        (
            "分节标题行，不是记录，没有计入",
            &[&["一、小学组", "", "", "", "", "", ""], &["", "望汐镇（3所）", "", "", "", "", ""]],
        ),
    ];
    for (reason, rows) in cases {
        for row in rows {
            assert_eq!(left(row).as_deref(), Some(reason), "{row:?}");
        }
    }
    let repeated = ["序号", "单位", "日期", "工号", "姓名", "培训名称", "学时"];
    assert_eq!(left(&repeated).as_deref(), Some("重复的表头，没有计入"));
    let grouped = ["序号", "单位", "日期", "人", "", "培训名称", "学时"];
    assert_eq!(left(&grouped).as_deref(), Some("重复的表头，没有计入"));
}

#[test]
fn a_record_is_never_left_out() {
    let unit = "望汐镇教研室";
    for row in [
        ["2", unit, "2023-03-07", "Z1", "林青", "总结会", "1"],
        ["2", unit, "2023-03-07", "Z1", "林青", "合计", "1"],
        ["说明：补录", unit, "2023-03-07", "Z1", "林青", "研修", "1"],
        ["注", unit, "2023-03-07", "Z1", "林青", "研修", "1"],
        ["2", "合山市教研室", "2023-03-07", "", "合长青", "研修", "1"],
        ["2", "单县教研室", "2023-03-07", "", "单文", "研修", "1"],
        ["2", unit, "2023-03-07", "", "林青", "第1页教材解读", "1"],
        ["2", "", "2023-03-07", "", "", "研修", "1"],
        ["2", unit, "", "", "林青", "备注：研修", "1"],
    ] {
        assert_eq!(left(&row), None, "{row:?}");
    }
}

#[test]
fn merged_sections_and_separators_change_nothing_in_a_school_list() {
    let mut office = Office::small();
    let before = office.audit();
    let schools = office.table("学校名单");
    schools.insert(1, vec!["望汐镇（2所）".to_string()]);
    schools.push(vec!["合计".to_string(), "2".to_string()]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    office.write_xlsx_with(&path, |name: &str, sheet: &mut Worksheet, rows: &Table| {
        for (at, cells) in (0..).zip(rows) {
            if name == "学校名单" && at == 1 {
                sheet.merge_range(at, 0, at, 2, &cells[0], &Format::new()).unwrap();
                continue;
            }
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).unwrap();
            }
        }
    });
    let audit = crate::office::audit_of(&[path]);
    assert_eq!(crate::office::said(&audit.assessment.findings), crate::office::said(&before.assessment.findings));
    let messages: Vec<&str> = audit.assessment.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(messages, ["分节标题行，不是记录，没有计入", "合计行，不是记录，没有计入"]);
}

/// A list of who is on leave of so many rows, none of them about 林青, beside 45 hours of theirs.
fn on_leave(rows: u32) -> String {
    let mut office = Office::small();
    *office.table("培训台账") =
        table(&[&["日期", "工号", "姓名", "培训名称", "学时"], &["2023-03-06", "Z1", "林青", "新课标研修", "45"]]);
    let row = |number: u32| vec![number.to_string(), format!("外来{number}"), "事假".to_string()];
    let header = ["序号", "姓名", "事由"].map(str::to_string).to_vec();
    let list = std::iter::once(header).chain((1..rows).map(row)).collect();
    office.tables.push(("请假登记".to_string(), list));
    verdict(&office.audit(), "training-hours", "林青")
}

#[test]
fn a_list_of_absences_that_is_too_long_to_be_read_may_name_anybody() {
    assert_eq!(on_leave(3000), "unmet 45");
    assert_eq!(on_leave(3001), "review 45");
}
