//! Cells as clerks write them, and what the verdicts make of them: the same facts in another form get the same
//! findings, and what may be two things is left open.

use crate::office::{Office, audit_of, said, table, verdict};
use jiaoyan::audit::Audit;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// The eight stays of 林青, each of ten days, in the forms of a range.
const STAYS: [&str; 8] = [
    "2023.2.1-2.10",
    "2023年3月1日至10日",
    "2023-04-01至2023-04-10",
    "2023/5/1-2023/5/10",
    "2023.6.1—10",
    "20230701-20230710",
    "二〇二三年八月一日—十日",
    "2023年9月1日(周五)-9月10日(周日)",
];

/// The office whose stays are written as ranges in the date column.
fn with_ranges() -> Office {
    let mut office = Office::small();
    for (row, stay) in office.table("活动台账").iter_mut().skip(1).zip(STAYS) {
        (row[0], row[1]) = (stay.to_string(), String::new());
    }
    office
}

fn issues(audit: &Audit) -> Vec<(&str, &str, &str)> {
    audit
        .assessment
        .issues
        .iter()
        .map(|issue| (issue.kind.label(), issue.text.as_str(), issue.message.as_str()))
        .collect()
}

fn kinds(audit: &Audit) -> Vec<&str> {
    audit.assessment.issues.iter().map(|issue| issue.kind.label()).collect()
}

#[test]
fn a_range_in_the_date_column_is_the_same_as_its_ends_in_two_columns() {
    let expected = said(&Office::small().audit().assessment.findings);
    let blank_ends = with_ranges().audit();
    assert_eq!(said(&blank_ends.assessment.findings), expected);
    assert_eq!(kinds(&blank_ends), Vec::<&str>::new());
    let mut without_column = with_ranges();
    without_column.table("活动台账").iter_mut().for_each(|row| drop(row.remove(1)));
    let audit = without_column.audit();
    assert_eq!(said(&audit.assessment.findings), expected);
    assert_eq!(kinds(&audit), Vec::<&str>::new());
    // The same end said twice is no contradiction.
    let mut twice = with_ranges();
    twice.table("活动台账")[1][1] = "2023-02-10".to_string();
    assert_eq!(said(&twice.audit().assessment.findings), expected);
}

#[test]
fn a_range_whose_end_is_another_than_in_its_column_is_open() {
    let mut office = with_ranges();
    office.table("活动台账")[1][1] = "2023-02-08".to_string();
    let audit = office.audit();
    assert_eq!(verdict(&audit, "visit-days", "林青"), "review 70..80");
    let message = "“日期”里写的结束日期与结束日期一列不一致，什么时候结束不能确定；请改成一致";
    assert_eq!(issues(&audit), [("起止日期不一致", "2023.2.1-2.10", message)]);
}

#[test]
fn a_stay_whose_end_is_not_written_may_have_been_of_any_length() {
    let days = |date: &str, days: &str| {
        let mut office = with_ranges();
        let row = &mut office.table("活动台账")[1];
        (row[0], row[6]) = (date.to_string(), days.to_string());
        let audit = office.audit();
        (verdict(&audit, "visit-days", "林青"), kinds(&audit).join("、"))
    };
    let said = |verdict: &str, kinds: &str| (verdict.to_string(), kinds.to_string());
    assert_eq!(days("2023.2.1-2.10", ""), said("review 71..80", ""));
    assert_eq!(days("2023.2.1-", ""), said("review 70..", "一格里是一段日期"));
    assert_eq!(days("2023.2.1至今", "10"), said("review 70..80", "一格里是一段日期"));
    // As of 2023.2.1-3.31, both the dates and 天数 may be right; the other stays lie among those days.
    assert_eq!(days("2023.2-3", "10"), said("review 70..119", "日期有歧义"));
    assert_eq!(days("2022.12.28-1.5", "10"), said("review 70..80", "日期无法识别"));
    assert_eq!(days("每周三", ""), said("review 70..", "日期无法识别"));
    assert_eq!(days("2023年上半年", "10"), said("review 70..", "日期不够具体"));
}

#[test]
fn a_posting_s_range_is_its_start_and_its_end() {
    let rotation = |start: &str, end: &str| {
        let mut office = Office::small();
        *office.table("到校任教经历") = table(&[
            &["工号", "姓名", "学校", "岗位", "开始日期", "结束日期"],
            &["Z1", "林青", "望汐中学", "备课组长", start, end],
        ]);
        // 林青 must have gone to a school since.
        office.table("教研员花名册")[1][5] = "2010-09-01".to_string();
        let audit = office.audit();
        (said(&audit.assessment.findings), kinds(&audit).join("、"))
    };
    let two_columns = |start, end| (rotation(start, end).0, String::new());
    assert_eq!(rotation("2020.9.1-2021.8.31", ""), two_columns("2020-09-01", "2021-08-31"));
    assert_eq!(rotation("2020.9-2021.8", ""), two_columns("2020.9", "2021.8"));
    assert_eq!(rotation("2020.9—至今", ""), two_columns("2020.9", ""));
    assert_eq!(rotation("2020年9月起", ""), two_columns("2020.9", ""));
    assert_eq!(rotation("2020.9-", "2021.8"), two_columns("2020.9", "2021.8"));
    assert_ne!(two_columns("2020-09-01", "2021-08-31"), two_columns("2020-09-01", "2020-09-02"));
    for (start, end) in [("2020.9-2021.8", "至今"), ("2020.9至今", "2021.8"), ("2020.9-2021.8", "2021.12")] {
        assert_eq!(rotation(start, end).1, "起止日期不一致", "{start} {end}");
    }
}

#[test]
fn a_training_over_days_counts_where_all_of_it_is_in_the_year() {
    let hours = |date: &str| {
        let mut office = Office::small();
        office.table("培训台账")[2][0] = date.to_string();
        let audit = office.audit();
        (verdict(&audit, "training-hours", "林青"), kinds(&audit).join("、"))
    };
    let said = |verdict: &str, kinds: &str| (verdict.to_string(), kinds.to_string());
    assert_eq!(hours("2023-07-10至2023-07-14"), said("met 90", ""));
    assert_eq!(hours("2023.12.28-2024.1.5"), said("review 60..90", ""));
    assert_eq!(hours("2024.1.2-1.5"), said("unmet 60", "日期在截止日之后"));
    assert_eq!(hours("2023-2024学年第一学期"), said("review 60..", "日期不够具体"));
}

#[test]
fn a_range_where_one_date_belongs_is_said() {
    let mut office = Office::small();
    let roster = office.table("教研员花名册");
    roster[0].push("出生日期".to_string());
    roster[1].push("1980.5-1981.6".to_string());
    // When somebody left is not surely said by a span.
    roster[1][5] = "2021.9-2023.6".to_string();
    let audit = office.audit();
    let span = "“任教研员日期”写的是一段日期，什么时候离岗不能确定；请把离岗的日期写在“离岗日期”一列";
    let birth =
        "“出生日期”写的是一段日期，这一列只登记一个日期，按“其中哪一天都有可能”处理；请写成一个日期，例如 2023-09-01";
    let expected = [("一格里是一段日期", "2021.9-2023.6", span), ("一格里是一段日期", "1980.5-1981.6", birth)];
    assert_eq!(issues(&audit), expected);
    // Somebody who may have left before the year is not judged by it.
    assert_eq!(verdict(&audit, "training-hours", "林青"), "review 90");
}

#[test]
fn several_dates_in_a_cell_may_be_as_many_rows() {
    let lectures = |date: &str| {
        let mut office = Office::small();
        let rows = office.table("活动台账");
        rows.remove(10);
        rows[9][0] = date.to_string();
        let audit = office.audit();
        let message = audit.assessment.issues.first().map(|issue| issue.message.clone()).unwrap_or_default();
        (verdict(&audit, "open-lessons", "林青"), kinds(&audit).join("、"), message)
    };
    let message = "“日期”一格里有几个日期，算几次不能确定；请分行填写，一行一个日期";
    let (verdict, kinds, told) = lectures("2023/10/1、10/2");
    assert_eq!((verdict.as_str(), kinds.as_str(), told.as_str()), ("review 4..5", "一格里有几个日期", message));
    assert_eq!(lectures("2023-10-01").0, "unmet 4");
    // One of them is in another year.
    assert_eq!(lectures("2022/12/31、2023/1/1").0, "review 3..5");
    assert_eq!(lectures("10/1、10/2").0, "review 3..5");
}

#[test]
fn a_day_without_a_year_takes_it_from_the_title_and_is_open_without_one() {
    let audited = |file: &str, title: &str| {
        let mut office = Office::small();
        for row in office.table("活动台账").iter_mut().skip(1) {
            for cell in &mut row[..2] {
                let parts: Vec<&str> = cell.split('-').collect();
                if let [_, month, day] = parts[..] {
                    *cell = format!("{month}月{day}日");
                }
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file);
        office.write_xlsx_with(&path, |name, sheet, rows| {
            let skip = u32::from(name == "活动台账" && !title.is_empty());
            if skip == 1 {
                sheet.write_string(0, 0, title).unwrap();
            }
            crate::office::write_text(sheet, rows, skip);
        });
        audit_of(&[path])
    };
    let expected = said(&Office::small().audit().assessment.findings);
    for title in ["望汐镇教研室2023年活动台账", "2023年1-12月活动台账", "（2023年度）"] {
        let audit = audited("台账.xlsx", title);
        assert_eq!(said(&audit.assessment.findings), expected, "{title}");
        assert_eq!(kinds(&audit), Vec::<&str>::new(), "{title}");
    }
    // The file's name says it as well, and a title that says otherwise takes it back.
    assert_eq!(said(&audited("台账2023.xlsx", "").assessment.findings), expected);
    assert_eq!(said(&audited("2023年台账.xlsx", "活动台账").assessment.findings), expected);
    assert_eq!(verdict(&audited("2023年台账.xlsx", "2022年活动台账"), "visit-days", "林青"), "review 0..80");
    for title in ["", "活动台账", "填报日期：2023年12月", "2022年、2023年活动台账"] {
        let audit = audited("台账.xlsx", title);
        assert_eq!(verdict(&audit, "visit-days", "林青"), "review 0..80", "{title}");
        assert_eq!(kinds(&audit).first(), Some(&"日期缺少年份"), "{title}");
    }
    assert_eq!(verdict(&audited("台账.xlsx", "2022年活动台账"), "visit-days", "林青"), "unmet 0");
}

/// The lessons of 林青 where one of the stays has this in 节数 beside 77 others.
fn lessons(written: &str) -> (String, String) {
    let mut office = Office::small();
    let rows = office.table("活动台账");
    rows[1][7] = written.to_string();
    rows[2][7] = "17".to_string();
    let audit = office.audit();
    (verdict(&audit, "lessons-observed", "林青"), kinds(&audit).join("、"))
}

#[test]
fn lessons_are_counted_by_periods_and_an_ambiguous_count_is_open() {
    let said = |verdict: &str, kinds: &str| (verdict.to_string(), kinds.to_string());
    assert_eq!(lessons("2"), said("unmet 79", ""));
    for two in ["3-4节", "第3-4节", "3、4节", "2节", "两节", "上午2节", "２", "二", "共2节"] {
        assert_eq!(lessons(two), said("unmet 79", ""), "{two}");
    }
    // Of what was seen from afar it is asked whether it counts.
    assert_eq!(lessons("2(含线上1)"), said("unmet 78..79", "数值不确切"));
    for three in ["3节", "三", "2-4节", "上午2节下午1节", "3课时"] {
        assert_eq!(lessons(three), said("met 80", ""), "{three}");
    }
    assert_eq!(lessons("3-4"), said("review 79..81", "数值有歧义"));
    assert_eq!(lessons("1-2"), said("unmet 78..79", "数值有歧义"));
    assert_eq!(lessons("3+"), said("met 80..", "数值不确切"));
    assert_eq!(lessons("2+"), said("review 79..", "数值不确切"));
    assert_eq!(lessons("约3"), said("review 77..", "数值不确切"));
    assert_eq!(lessons("各1节"), said("review 78..", "数值有歧义"));
    assert_eq!(lessons("√"), said("review 77..", "数值无法识别"));
}

#[test]
fn a_number_that_became_a_date_is_open_and_says_what_it_may_have_been() {
    let office = Office::small();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xlsx");
    let mut book = Workbook::new();
    for (name, rows) in &office.tables {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        crate::office::write_text(sheet, rows, 0);
        if name == "活动台账" {
            let format = Format::new().set_num_format("m月d日");
            let day = ExcelDateTime::from_ymd(2023, 1, 2).unwrap();
            sheet.write_datetime_with_format(1, 7, &day, &format).unwrap();
        }
        if name == "培训台账" {
            // 60, shown as 60学时, and 30 as a percentage of a hundred times more.
            sheet.write_number_with_format(1, 4, 60, &Format::new().set_num_format("0\"学时\"")).unwrap();
            sheet.write_number_with_format(2, 4, 30, &Format::new().set_num_format("0%")).unwrap();
        }
    }
    book.save(&path).unwrap();
    let audit = audit_of(&[path]);
    assert_eq!(verdict(&audit, "lessons-observed", "林青"), "review 70..");
    assert_eq!(verdict(&audit, "training-hours", "林青"), "met 90");
    let message = "“节数”是日期，可能是把“1-2”变成了日期，原来的数不能确定；请改成数字";
    assert_eq!(issues(&audit), [("数字变成了日期", "2023-01-02", message)]);
}

#[test]
fn a_word_in_the_wrong_column_says_where_it_belongs() {
    let mut office = Office::small();
    for (row, words) in office.table("教研员花名册").iter_mut().zip([
        ["职称", "学历"],
        ["特级教师", "硕士"],
        ["高级教师(公示中)", "研究生（在读）"],
    ]) {
        row.extend(words.map(ToString::to_string));
    }
    let audit = office.audit();
    let told: Vec<(&str, &str)> =
        audit.assessment.issues.iter().map(|issue| (issue.text.as_str(), issue.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "特级教师",
                "“职称”按“不能确定”处理：特级教师是荣誉，不是职称，请在这里填写评定的职称，把“特级教师”写到“荣誉”一列"
            ),
            (
                "硕士",
                "“学历”按“不能确定”处理：这是学位，不是学历，有学位不等于有研究生学历，请填写学历（大专、本科、研究生）"
            ),
            ("高级教师(公示中)", "“职称”按“不能确定”处理：还没有评上或聘上的职称不能算，请填写现有的职称"),
            ("研究生（在读）", "“学历”按“不能确定”处理：在读和在职就读的不算已有的学历，请填写已经取得的最高学历"),
        ]
    );
}
