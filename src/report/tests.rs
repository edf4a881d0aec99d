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
        "本次核查发现问题3项，提示1项；另有1项因数据不足或有疑义未作判定（待核）；数据问题3处；需人工核查的条款21条。"
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
            "应不少于60天，实际52天，差8天",
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
    assert_eq!(gaps[3][6], "缺2个\n具体为：小学科学、高中地理");
}

#[test]
fn a_list_of_no_gaps_says_so_and_has_no_page_of_notes() {
    let (audit, packs) = (fixture::assemble(Vec::new(), Vec::new(), Default::default()), fixture::packs());
    let written = workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
    assert_eq!(rows(&written, "问题清单")[3][0], "没有未达标的问题");
    assert_eq!(
        rows(&written, "汇总")[1][0],
        "本次核查没有一项作出达标或未达标的判定；没有待核事项；数据问题0处；需人工核查的条款21条。"
    );
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
    let terms = crate::model::Period::Calendar(2023).windows(
        crate::model::Per::Term,
        jiff::civil::date(2023, 12, 31),
        &Default::default(),
    );
    let term = terms.into_iter().map(|window| {
        fixture::windowed(fixture::encouraged(fixture::amount("visit-days", ("T001", "张三"), 3, 5)), window)
    });
    let weeks = crate::model::Period::Calendar(2023).windows(
        crate::model::Per::Week,
        jiff::civil::date(2023, 12, 31),
        &Default::default(),
    );
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
            "2022-2023学年第二学期：3/5\n未达标（鼓励）\n2023-2024学年第一学期：3/5\n未达标（鼓励）",
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
            "部分由规则核查",
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
fn a_second_document_gets_a_matrix_of_its_own_under_its_own_head() {
    let mut packs = fixture::packs();
    packs.extend(fixture::packs());
    packs[1].id = "other".to_string();
    let mut other = fixture::amount("training-hours", ("T001", "张三"), 80, 90);
    other.pack = "other".to_string();
    let findings = vec![fixture::amount("visit-days", ("T001", "张三"), 52, 60), other];
    let audit = fixture::assemble(findings, Vec::new(), Default::default());
    let written = workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap();
    let stated = |sheet: &str| -> Vec<String> {
        let row = rows(&written, sheet).into_iter().find(|row| row[1].starts_with("张三")).unwrap();
        row.into_iter().filter(|cell| cell.contains('/')).collect()
    };
    assert_eq!(stated("人员达标矩阵"), ["52/60 未达标"]);
    assert_eq!(stated("人员达标矩阵（2）"), ["80/90 未达标"]);
}

/// Two documents that ask for the same: the built-in one, and an office's own over it.
fn two_documents() -> Vec<Pack> {
    let own = "[pack]\nid = \"other\"\ntitle = \"某县办法\"\nnumber = \"某教〔2023〕1号\"\nextends = \"jiangmen-2022\"\n\
        [[rule]]\nid = \"visit-days\"\nat-least = { by = \"level\", \"市级\" = 50 }\n\
        [[rule]]\nid = \"training-hours\"\noff = \"另行核查\"\n";
    let mut packs = fixture::packs();
    packs.push(crate::pack::parse("other.toml", own, "c3", crate::dictionary::Dictionary::built_in()).unwrap());
    packs
}

fn over_two_documents() -> Vec<u8> {
    let packs = two_documents();
    let mut other = fixture::amount("visit-days", ("T001", "张三"), 52, 50);
    other.pack = "other".to_string();
    let findings = vec![
        fixture::amount("visit-days", ("T001", "张三"), 52, 60),
        fixture::amount("visit-days", ("T002", "李四"), 20, 60),
        fixture::amount("training-hours", ("T001", "张三"), 80, 90),
        other,
    ];
    let mut audit = fixture::assemble(findings, Vec::new(), Default::default());
    audit.assessment.packs.push(crate::model::PackStamp { id: "other".to_string(), sha256: "c3".to_string() });
    workbook(&Report { audit: &audit, packs: &packs, options: &[] }).unwrap()
}

#[test]
fn several_documents_stand_side_by_side_standards_first_then_each_subject() {
    let written = over_two_documents();
    let names = Xlsx::new(std::io::Cursor::new(&written)).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap();
    let place = |name: &str| names.iter().position(|sheet| sheet == name);
    assert_eq!(place("各文件对照"), place("机构指标").map(|at| at + 1));
    let page: Vec<Vec<String>> =
        rows(&written, "各文件对照").into_iter().map(|row| row.into_iter().take(4).collect()).collect();
    let visits = [
        "市级不少于60天，\n县级不少于80天，\n镇街不少于80天\n每年，应",
        "市级不少于50天，\n县级不少于80天，\n镇街不少于80天\n每年，应",
    ];
    assert!(
        page.contains(&["要求", "", "江教办〔2022〕38号", "某教〔2023〕1号"].map(str::to_string).to_vec()),
        "{page:?}"
    );
    assert!(page.contains(&["到校天数", "", visits[0], visits[1]].map(str::to_string).to_vec()), "{page:?}");
    assert!(page.contains(&["培训学时", "", "不少于90学时\n每年，应", "—"].map(str::to_string).to_vec()), "{page:?}");
    let at = page.iter().position(|row| row[0] == "单位" && row[2].contains("60天")).unwrap();
    assert_eq!(page[at - 1][0], "到校天数");
    assert_eq!(
        page[at][2..],
        [format!("江教办〔2022〕38号\n{}", visits[0]), format!("某教〔2023〕1号\n{}", visits[1])]
    );
    assert_eq!(page[at + 1], ["江门市教育研究院", "张三（T001）", "52/60 未达标", "52/50 达标"]);
    assert_eq!(page[at + 2], ["江门市教育研究院", "李四（T002）", "20/60 未达标", "—"]);
    assert!(!page.iter().any(|row| row[2].contains("80/90")), "one document alone is no comparison: {page:?}");
}

#[test]
fn what_an_office_changes_of_a_document_stands_on_the_first_page_and_in_the_record() {
    let written = over_two_documents();
    let changed = "规则 visit-days 深入学校开展教学指导天数：市级不少于60天 改为 市级不少于50天";
    let off = "规则 training-hours 年度培训学时 停用：另行核查";
    let said = format!("本规则包在内置规则包 jiangmen-2022 的基础上改动2处\n1. {changed}\n2. {off}");
    let overview = rows(&written, "汇总");
    let at = overview.iter().position(|row| row[0] == said).unwrap();
    assert_eq!(overview[at - 1][0], "依据文件：《某县办法》（某教〔2023〕1号）");
    let run: Vec<String> = rows(&written, "运行记录").into_iter().map(|row| row.join("|")).collect();
    let has = |line: &str| assert!(run.iter().any(|row| row == line), "{line} is not in {run:#?}");
    has("other|某县办法||某教〔2023〕1号|c3|||");
    has(&format!("other的基础|内置规则包 jiangmen-2022|||{}|||", fixture::packs()[0].sha256));
    has(&format!("other的改动|{changed}||||||"));
    has(&format!("other的改动|{off}||||||"));
}
