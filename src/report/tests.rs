use calamine::{Reader, Xlsx};

use super::fixture::{self, IDENTITY, PHONE, rows};
use super::*;

fn written() -> Vec<u8> {
    let (audit, packs) = (fixture::audit(), fixture::packs());
    let options = [("核查年度".to_string(), "2023".to_string())];
    workbook(&Report { audit: &audit, packs: &packs, options: &options }).unwrap()
}

#[test]
fn the_sheets_stand_in_the_order_of_a_supervision_file() {
    let workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(written())).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        [
            "汇总",
            "问题清单",
            "提示",
            "人员达标矩阵",
            "机构指标",
            "待核事项",
            "人工核查",
            "条款与口径",
            "数据问题",
            "运行记录",
            "原表1 活动台账",
        ]
    );
}

#[test]
fn the_overview_says_first_what_the_reader_must_know_and_its_counts_add_up() {
    let overview = rows(&written(), "汇总");
    assert_eq!(
        overview[1][0],
        "本次核查发现问题3项，提示1项；另有1项因数据不足或有疑义未作判定（待核）；数据问题3处；需人工核查的条款17条。"
    );
    let visits = overview.iter().find(|row| row[1] == "深入学校开展教学指导天数").unwrap();
    assert_eq!(visits[..], ["二(四)14", "深入学校开展教学指导天数", "应", "3", "1", "2", "0", "0", "0", "0", "33.3%"]);
    let total = overview.iter().find(|row| row[0] == "合计").unwrap();
    assert_eq!(total[3..], ["6", "1", "4", "1", "0", "0", "1", "20.0%"]);
}

#[test]
fn a_gap_has_its_ground_its_figures_its_source_and_room_for_what_will_be_done() {
    let gaps = rows(&written(), "问题清单");
    let listed: Vec<&str> = gaps[3..6].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(listed, ["本单位", "李四（T002）", "张三（T001）"]);
    assert_eq!(
        gaps[5][..],
        [
            "3",
            "江门市教育研究院",
            "张三（T001）",
            "江教办\n〔2022〕38号\n二(四)14",
            "市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天",
            "深入学校开展教学指导天数：不少于60天",
            "52天\n应不少于60天，实际52天，差8天",
            "8天",
            "2023年",
            "未达标",
            "应",
            "活动台账.xlsx／活动台账 第5–7、9行\n（共52行）",
            "",
            "",
            "",
            "",
        ]
    );
    assert_eq!(gaps[3][6], "2个\n缺2个\n具体为：小学科学、高中地理");
}

#[test]
fn a_list_of_no_gaps_says_so_and_has_no_page_of_notes() {
    let (audit, packs) = (fixture::assemble(Vec::new(), Vec::new(), Default::default()), fixture::packs());
    let written = workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
    assert_eq!(rows(&written, "问题清单")[3][0], "没有未达标的问题");
    let names: Vec<String> =
        Xlsx::new(std::io::Cursor::new(written)).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap();
    assert!(!names.contains(&"提示".to_string()));
}

#[test]
fn the_matrix_writes_the_verdict_out_beside_the_figures() {
    let matrix = rows(&written(), "人员达标矩阵");
    let head = matrix.iter().position(|row| row[0] == "单位").unwrap();
    let visits = matrix[head].iter().position(|cell| cell.contains("教学指导天数")).unwrap();
    let people: Vec<(&str, &str)> =
        matrix[head + 1..].iter().map(|row| (row[1].as_str(), row[visits].as_str())).collect();
    assert_eq!(people[..3], [("王五", "—"), ("张三（T001）", "52/60 未达标"), ("李四（T002）", "20/60 未达标")]);
    let institutions = rows(&written(), "机构指标");
    let own = institutions.iter().find(|row| row[1] == "本单位").unwrap();
    assert!(own.contains(&"缺2个 未达标\n小学科学、高中地理".to_string()), "{own:?}");
}

#[test]
fn several_windows_share_a_cell_and_very_many_are_counted() {
    let terms = crate::model::Period::Calendar(2023).windows(crate::model::Per::Term, jiff::civil::date(2023, 12, 31));
    let term = terms.into_iter().map(|window| {
        fixture::windowed(fixture::encouraged(fixture::amount("visit-days", ("T001", "张三"), 3, 5)), window)
    });
    let weeks = crate::model::Period::Calendar(2023).windows(crate::model::Per::Week, jiff::civil::date(2023, 12, 31));
    let week = weeks.into_iter().enumerate().map(|(at, window)| {
        let actual = if at < 2 { 0 } else { 1 };
        fixture::windowed(fixture::amount("lessons-observed", ("T001", "张三"), actual, 1), window)
    });
    let findings = term.chain(week).collect();
    let (audit, packs) = (fixture::assemble(findings, Vec::new(), Default::default()), fixture::packs());
    let written = workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
    let cells = rows(&written, "人员达标矩阵").into_iter().find(|row| row[1].starts_with("张三")).unwrap();
    let stated: Vec<&str> = cells[2..].iter().map(String::as_str).filter(|cell| *cell != "—").collect();
    assert_eq!(
        stated,
        [
            "2022-2023学年第二学期：3/5 未达标\n2023-2024学年第一学期：3/5 未达标",
            "达标38 未达标2\n2022-2023学年第二学期第1周：0/1 未达标\n2022-2023学年第二学期第2周：0/1 未达标",
        ]
    );
}

#[test]
fn what_cannot_be_judged_says_why_and_where_to_look() {
    let reviews = rows(&written(), "待核事项");
    assert_eq!(
        reviews[3][..],
        [
            "1",
            "江门市教育研究院",
            "李四",
            "江教办\n〔2022〕38号\n二(四)14",
            "听课评课节数（应）",
            "2023年",
            "55至61节",
            "不少于60节",
            "有6节的日期无法识别，算与不算结论不同",
            "活动台账.xlsx!活动台账!B8",
            "",
            "",
        ]
    );
}

#[test]
fn the_clauses_that_people_answer_are_a_form() {
    let manual = rows(&written(), "人工核查");
    assert_eq!(
        manual[3][..],
        [
            "1",
            "江教办〔2022〕38号",
            "二(一)1",
            "教研机构设置",
            "健全地市、县(市、区)、校三级教研工作体系",
            "市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立",
            "□是\n□否\n□部分",
            "",
            "",
        ]
    );
}

#[test]
fn the_readings_of_the_text_stand_beside_its_words() {
    let clauses = rows(&written(), "条款与口径");
    let visits = clauses.iter().find(|row| row[5] == "深入学校开展教学指导天数").unwrap();
    assert_eq!(
        visits[3..],
        [
            "由规则核查",
            "健全教学视导机制",
            "深入学校开展教学指导天数",
            "市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天",
            "市级不少于60天，县级不少于80天，镇街不少于80天",
            "应",
            "每年",
            "镇街教研员参照县级；同一天到多所学校计一天",
        ]
    );
}

#[test]
fn the_run_is_recorded_with_digests_and_sums() {
    let run: Vec<String> = rows(&written(), "运行记录").into_iter().map(|row| row.join("|")).collect();
    let has = |line: &str| assert!(run.iter().any(|row| row == line), "{line} is not in {run:#?}");
    has("程序版本|jiaoyan 0.1.0||||||");
    has("选项：核查年度|2023||||||");
    has(&format!("台账/活动台账.xlsx||编码为GBK||{}|||", "a1".repeat(32)));
    has("活动台账.xlsx|活动台账|活动台账|第2行|810|1|1|810＋1＋1＝812");
    has("jiangmen-2022|7|1|4|1|0|0|1");
    has("1. 没有指定核查年度，取最近结束的2023年|||||||");
    has("2. 活动台账.xlsx／活动台账 行数较多，本报告的原表副本只保留表头和有问题的行，行号与原表相同|||||||");
}

#[test]
fn a_copy_keeps_addresses_and_values_and_never_makes_a_formula() {
    let written = written();
    let copy = rows(&written, "原表1 活动台账");
    assert_eq!(copy[1][..], ["日期", "姓名", "身份证号", "电话", "主题"]);
    assert_eq!(copy[4][1..], ["张三", "11*************02X", "138****1234", "=1+1"]);
    assert_eq!(copy[5][..4], ["1.5", "张三", "11*************000", "true"]);
    assert_eq!(copy[7][..], ["2023.13", "李四", "（错误值或公式没有结果）", "@说明", "-5"]);
    let parts = fixture::parts(&written);
    let sheets: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).collect();
    assert_eq!(sheets.len(), 11);
    assert!(sheets.iter().all(|(_, text)| !text.contains("<f>")));
}

#[test]
fn a_copy_says_at_the_cell_what_is_wrong_there_even_where_the_cell_is_blank() {
    let parts = fixture::parts(&written());
    let (_, notes) = parts.iter().find(|(name, _)| name.starts_with("xl/comments")).unwrap();
    for said in [
        "<comment ref=\"B5\"",
        "【未达标】深入学校开展教学指导天数（二(四)14）\n对象：张三，2023年\n应达标准：不少于60天\n实际：52天",
        "<comment ref=\"B8\"",
        "【待核】听课评课节数",
        "<comment ref=\"C30\"",
        "【必填项为空】姓名为空",
        "<comment ref=\"A1\"",
        "行号与原表相同",
    ] {
        assert!(notes.contains(said), "{said} is not in {notes}");
    }
    assert!(!notes.contains("ref=\"B9999\""));
}

#[test]
fn no_identity_or_phone_number_stands_anywhere_in_the_workbook_or_the_other_outputs() {
    let (mut audit, packs) = (fixture::audit(), fixture::packs());
    audit.assessment.findings[1].subject.id = Some(IDENTITY.to_string());
    audit.assessment.findings[1].reason = format!("电话{PHONE}");
    audit.assessment.inputs[0].sheets[0].name = PHONE.to_string();
    let report = Report { audit: &audit, packs: &packs, options: &[] };
    let mut outputs = fixture::parts(&workbook(&report).unwrap());
    outputs.push(("terminal".to_string(), terminal(&report, None)));
    outputs.push(("json".to_string(), json(&audit.assessment).unwrap()));
    for (name, text) in outputs {
        for secret in [IDENTITY, PHONE, "1.1010519491231", "110105194912310"] {
            assert!(!text.contains(secret), "{secret} stands in {name}");
        }
    }
}

#[test]
fn the_same_audit_gives_the_same_bytes() {
    assert_eq!(written(), written());
}

#[test]
fn text_that_a_cell_cannot_hold_is_cut_and_says_so() {
    let (mut audit, packs) = (fixture::audit(), fixture::packs());
    audit.assessment.findings[1].reason = format!("\u{1}{}", "长".repeat(40_000));
    let written = workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
    let actual = rows(&written, "问题清单")[5][6].clone();
    assert_eq!(actual.chars().count(), 32_767);
    assert!(actual.ends_with("…（内容过长，已截断）"));
}

#[test]
fn the_terminal_shows_counts_gaps_and_what_to_check() {
    let (audit, packs) = (fixture::audit(), fixture::packs());
    let text = terminal(&Report { audit: &audit, packs: &packs, options: &[] }, Some(100));
    assert!(text.lines().all(|line| line == line.trim_end()));
    insta::assert_snapshot!(text, @r##"
    核查年度 2023年，截至 2023-12-31，文件 活动台账.xlsx
    《江门市教育局贯彻落实《广东省教育厅关于建立健全新时代基础教育教研体系的实施意见》的行动计划》（江教办〔2022〕38号）
    ------------------------------------------------------------------------------------------------
     条款       核查内容                              达标   未达标   待核   未到期   豁免   不适用
    ================================================================================================
     二(二)3    专职教研员编制数                         0        0      0        0      0        0
     二(二)3    总编制数                                 0        0      0        0      0        0
     二(二)3    按学段配齐各学科专职教研员               0        1      0        0      0        0
     二(二)3    在编教研员在岗                           0        0      0        0      0        0
     二(二)3    （鼓励）聘请兼职教研员                   0        0      0        0      0        0
     二(二)4    专职教研员准入条件                       0        0      0        0      0        1
     二(二)5    年度培训学时                             0        0      0        0      0        0
     二(二)5    三年一周期教研能力提升研修               0        0      0        0      0        0
     二(二)5    设立重点研究项目或课题                   0        0      0        0      0        0
     二(二)6    在岗满5年到中小学任教1年以上             0        0      0        0      0        0
     二(四)11   年度创建先进教研组                       0        0      0        0      0        0
     二(四)12   乡村学校、薄弱学校联系点                 0        0      0        0      0        0
     二(四)14   每学期到各县（市、区）高中集体教...      0        0      0        0      0        0
     二(四)14   深入学校开展教学指导天数                 1        2      0        0      0        0
     二(四)14   听课评课节数                             0        0      1        0      0        0
     二(四)14   县级以上公开课、示范课或专题讲座         0        0      0        0      0        0
     二(五)17   （力争）教研基地数                       0        1      0        0      0        0
     三(二)22   教研经费纳入财政预算                     0        0      0        0      0        0
     三(三)23   两年一次突出贡献奖评选表彰               0        0      0        0      0        0
    ------------------------------------------------------------------------------------------------

    未达标 3 项，差距最大的在前：
      1.  江门市教育研究院 按学段配齐各学科专职教研员：缺2个
      2.  李四（江门市教育研究院） 深入学校开展教学指导天数：应不少于60天，实际20天，差40天
      3.  张三（江门市教育研究院） 深入学校开展教学指导天数：应不少于60天，实际52天，差8天

    待核 1 项：
      1.  李四（江门市教育研究院） 听课评课节数：有6节的日期无法识别，算与不算结论不同

    本次核查发现问题3项，提示1项；另有1项因数据不足或有疑义未作判定（待核）；数据问题3处；需人工核查的条款17条。
    "##);
}

#[test]
fn the_terminal_never_takes_more_than_a_page() {
    let packs: Vec<_> = (0..4).flat_map(|_| fixture::packs()).collect();
    let people: Vec<String> = (0..300).map(|number| format!("教研员{number}")).collect();
    let findings = people.iter().map(|name| fixture::amount("visit-days", ("T", name), 1, 60)).collect();
    let audit = fixture::assemble(findings, Vec::new(), Default::default());
    let text = terminal(&Report { audit: &audit, packs: &packs, options: &[] }, None);
    assert!(text.lines().count() <= 62, "{}", text.lines().count());
    assert!(text.contains("未达标 300 项，差距最大的在前：\n  1.  教研员0（江门市教育研究院） 深入学校"));
    assert!(text.contains("  其余 290 项见报告“问题清单”\n"));
}

#[test]
fn json_is_the_contract() {
    let mut audit = fixture::audit();
    audit.assessment.findings.drain(2..);
    audit.assessment.findings.remove(0);
    audit.assessment.manual.truncate(1);
    audit.assessment.issues.truncate(1);
    audit.assessment.packs[0].sha256 = "b2".repeat(32);
    let text = json(&audit.assessment).unwrap();
    assert!(text.ends_with("}\n"));
    insta::assert_snapshot!(text, @r##"
    {
      "schema": "jiaoyan.assessment/1",
      "tool": "jiaoyan 0.1.0",
      "period": "2023",
      "as-of": "2023-12-31",
      "packs": [
        {
          "id": "jiangmen-2022",
          "sha256": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2"
        }
      ],
      "inputs": [
        {
          "path": "台账/活动台账.xlsx",
          "sha256": "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
          "sheets": [
            {
              "name": "活动台账",
              "table": "activities",
              "rows": 812,
              "used": 810,
              "partly": 1,
              "unused": 1
            }
          ]
        }
      ],
      "findings": [
        {
          "pack": "jiangmen-2022",
          "rule": "visit-days",
          "clause": "二(四)14",
          "obligation": "应",
          "subject": {
            "table": "staff",
            "id": "T001",
            "name": "张三",
            "institution": "江门市教育研究院"
          },
          "window": {
            "per": "year",
            "label": "2023年",
            "start": "2023-01-01",
            "end": "2023-12-31"
          },
          "verdict": "unmet",
          "actual": {
            "low": 52,
            "high": 52
          },
          "bound": {
            "at-least": 60
          },
          "gap": 8,
          "unit": "天",
          "reason": "应不少于60天，实际52天，差8天",
          "details": [],
          "evidence": {
            "rows": 52,
            "cells": [
              "活动台账.xlsx!活动台账!B5",
              "活动台账.xlsx!活动台账!B6",
              "活动台账.xlsx!活动台账!B7",
              "活动台账.xlsx!活动台账!B9"
            ]
          }
        }
      ],
      "manual": [
        {
          "pack": "jiangmen-2022",
          "clause": "二(一)1",
          "ask": "市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立"
        }
      ],
      "issues": [
        {
          "cell": "活动台账.xlsx!活动台账!A8",
          "kind": "unreadable-date",
          "text": "2023.13",
          "message": "日期无法识别，这一行可能算也可能不算；请改成 2023-10-13 的样子"
        }
      ]
    }
    "##);
}
