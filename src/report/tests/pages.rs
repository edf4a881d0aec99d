//! What stands on each page of the report of the small audit, cell by cell.

use super::*;

/// What stands below each list that is filed, in one row.
const SIGNED: &str = "填报单位\u{3000}填报人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}审核人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}单位负责人（签字）：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}（公章）\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日\n\n\
    督导组\u{3000}\u{3000}检查人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}复核人：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}督导组长（签字）：\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}日期：\u{3000}\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日";

/// The rows of a page, the cells of a row parted by bars, empty ones at the end left out.
fn said(workbook: &[u8], sheet: &str) -> Vec<String> {
    rows(workbook, sheet).iter().map(|row| row.join("|").trim_end_matches('|').to_string()).collect()
}

#[test]
fn the_cover_says_who_was_checked_against_what_and_where_to_sign() {
    assert_eq!(
        said(&written(), "封面"),
        [
            "教研工作核查报告",
            "（2023年）",
            "",
            "被核查单位||江门市教育研究院",
            "核查时段||2023年（2023-01-01至2023-12-31）",
            "数据截至||2023-12-31",
            "依据文件||《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）",
            "核查数据||1个文件，1张工作表全部读取；数据行812行（名称和校验值见“运行记录”）",
            "台账所记||活动台账811行，2023-01-09至2023-12-31；没有记录的月份：江门市教育研究院 2023-03",
            "",
            "核查结论（项）",
            "应检|达标|未达标|待核|未到期|豁免|不适用|达标率",
            "6|1|4|1|0|0|1|20.0%",
            "本次核查发现问题3项，提示1项；另有1项因数据不足或有疑义未作判定（待核）；数据问题3处；需人工核查的条款21条。待核占应检的16.7%。各项含义和计算办法见“汇总”。",
            "",
            "填报单位||||督导组",
            "填报人||||检查人",
            "审核人||||复核人",
            "单位负责人\n（签字）||||督导组长\n（签字）",
            "（公章）",
            "\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日||||日期：\u{3000}\u{3000}年\u{3000}\u{3000}月\u{3000}\u{3000}日",
        ]
    );
}

#[test]
fn the_summary_counts_by_heading_by_document_and_by_rule_and_shows_the_largest_shortfalls() {
    assert_eq!(
        said(&written(), "汇总"),
        [
            "教研工作核查情况汇总",
            "本次核查发现问题3项，提示1项；另有1项因数据不足或有疑义未作判定（待核）；数据问题3处；需人工核查的条款21条。",
            "核查年度：2023年\u{3000}\u{3000}数据截至：2023-12-31",
            "一、按督导内容",
            "督导内容|||应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "机构设置|||0|0|0|0|0|0|0|—|—",
            "队伍建设|||1|0|1|0|0|0|1|0.0%|0.0%",
            "职责落实|||4|1|2|1|0|0|0|33.3%|25.0%",
            "条件保障|||0|0|0|0|0|0|0|—|—",
            "工作实效|||1|0|1|0|0|0|0|0.0%|0.0%",
            "合计|||6|1|4|1|0|0|1|20.0%|16.7%",
            "",
            "",
            "",
            "二、按依据文件：《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）",
            "条款|核查内容|强度|应检|达标|未达标|待核|未到期|豁免|不适用|达标率|待核占比",
            "二(二)3|专职教研员编制数|应|0|0|0|0|0|0|0|—|—",
            "二(二)3|总编制数|应|0|0|0|0|0|0|0|—|—",
            "二(二)3|按学段配齐各学科专职教研员|应|1|0|1|0|0|0|0|0.0%|0.0%",
            "二(二)3|在编教研员在岗|应|0|0|0|0|0|0|0|—|—",
            "二(二)3|聘请兼职教研员|鼓励|0|0|0|0|0|0|0|—|—",
            "二(二)4|专职教研员准入条件|原则上|0|0|0|0|0|0|1|—|—",
            "二(二)5|年度培训学时|应|0|0|0|0|0|0|0|—|—",
            "二(二)5|三年一周期教研能力提升研修|应|0|0|0|0|0|0|0|—|—",
            "二(二)5|设立重点研究项目或课题|应|0|0|0|0|0|0|0|—|—",
            "二(二)6|在岗满5年到中小学任教1年以上|原则上|0|0|0|0|0|0|0|—|—",
            "二(四)11|年度创建先进教研组|应|0|0|0|0|0|0|0|—|—",
            "二(四)12|乡村学校、薄弱学校联系点|应|0|0|0|0|0|0|0|—|—",
            "二(四)14|每学期到各县（市、区）高中集体教学视导|应|0|0|0|0|0|0|0|—|—",
            "二(四)14|深入学校开展教学指导天数|应|3|1|2|0|0|0|0|33.3%|0.0%",
            "二(四)14|听课评课节数|应|1|0|0|1|0|0|0|—|100.0%",
            "二(四)14|县级以上公开课、示范课或专题讲座|应|0|0|0|0|0|0|0|—|—",
            "二(五)17|教研基地数|力争|1|0|1|0|0|0|0|0.0%|0.0%",
            "三(二)22|教研经费纳入财政预算|应|0|0|0|0|0|0|0|—|—",
            "三(三)23|两年一次突出贡献奖评选表彰|应|0|0|0|0|0|0|0|—|—",
            "合计|||6|1|4|1|0|0|1|20.0%|16.7%",
            "",
            "三、差额最大的问题",
            "问题编号|对象和核查内容|周期|||实际||应达标准|||差额|差额÷标准",
            "2023-002|002 李四 深入学校开展教学指导天数|2023年|||20天||不少于60天|||40天|0.6666666666666667",
            "2023-003|003 张三 深入学校开展教学指导天数|2023年|||52天||不少于60天|||8天|0.13333333333333333",
            "按差额占标准的比例排列，比例相同的差额大的在前；实际数有上下限的，差额从能确认的下限算起。没有数量标准的问题见“问题清单”。",
            "",
            "",
            "说明：应检＝达标＋未达标＋待核＋未到期＋豁免，不适用的不计入应检。达标率＝达标÷（达标＋未达标），只就已作判定的计算，尾数舍去；待核占比＝待核÷应检，尾数进位。待核的一项可能达标，也可能未达标，两个数要一起看。一人（机构、学校）在一个周期内的一项要求计为一项。“问题”指“应”“原则上”的要求未达标，“力争”“鼓励”的要求未达标列入“提示”；未达标4项＝问题3项＋提示1项。",
            "",
            SIGNED,
        ]
    );
}

#[test]
fn a_gap_has_its_number_its_ground_its_figures_and_its_source() {
    assert_eq!(
        said(&written(), "问题清单"),
        [
            "问题清单",
            "核查年度：2023年\u{3000}\u{3000}数据截至：2023-12-31\u{3000}\u{3000}整改事项按问题编号登记在“整改台账”。",
            "序号|问题编号|被查单位|对象|督导内容|指标和条款|依据原文|应达标准|实际情况|差额|统计时段|判定\n（强弱）|数据来源",
            "1|2023-001|江门市教育研究院|本单位|队伍建设|按学段配齐各学科专职教研员\n江教办\n〔2022〕38号\n二(二)3|应按照国家课程方案按学段配齐所有学科和专门教育的专职教研员|没有缺项|缺2个\n具体为：小学科学、高中地理|2个|截至\n2023-12-31|未达标\n（应）|没有相关的行",
            "2|2023-002|江门市教育研究院|李四（T002）|职责落实|深入学校开展教学指导天数\n江教办\n〔2022〕38号\n二(四)14|市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天|不少于60天|应不少于60天，实际20天，差40天|40天|2023年|未达标\n（应）|没有相关的行",
            "3|2023-003|江门市教育研究院|张三（T001）|职责落实|深入学校开展教学指导天数\n江教办\n〔2022〕38号\n二(四)14|市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天|不少于60天|应不少于60天，实际52天，差8天|8天|2023年|未达标\n（应）|活动台账.xlsx／活动台账 第5–7、9行\n（共52行）",
            "",
            SIGNED,
        ]
    );
}

#[test]
fn the_ledger_has_the_numbers_of_the_gaps_and_room_for_what_is_done_about_them() {
    assert_eq!(
        said(&written(), "整改台账"),
        [
            "整改台账",
            "与“问题清单”同一编号。“责任单位”起各栏由有关单位和核查人填写，逐项整改、逐项销号。",
            "问题编号|被查单位|对象|问题|责任单位|责任人|整改措施|整改时限|完成情况|佐证材料|核查人\n核查意见|销号日期|备注",
            "2023-001|江门市教育研究院|本单位|按学段配齐各学科专职教研员未达标，差额2个（截至2023-12-31）",
            "2023-002|江门市教育研究院|李四（T002）|深入学校开展教学指导天数未达标，差额40天（2023年）",
            "2023-003|江门市教育研究院|张三（T001）|深入学校开展教学指导天数未达标，差额8天（2023年）",
            "",
            SIGNED,
        ]
    );
}

#[test]
fn a_note_is_no_gap_and_is_not_signed() {
    assert_eq!(
        said(&written(), "提示"),
        [
            "提示（“力争”“鼓励”的要求尚未达到）",
            "以下各项不是问题，不要求整改，供改进工作参考。",
            "序号|提示编号|被查单位|对象|督导内容|指标和条款|依据原文|应达标准|实际情况|差额|统计时段|判定\n（强弱）|数据来源",
            "1|提示001|江门市教育研究院|本单位|工作实效|教研基地数\n江教办\n〔2022〕38号\n二(五)17|到2024年建设不少于100个教研基地|不少于100个（2024-12-31前）|应不少于100个，实际40个，差60个|60个|截至\n2023-12-31|未达标\n（力争）|没有相关的行",
        ]
    );
}

#[test]
fn what_cannot_be_judged_says_why_where_to_look_and_who_can_settle_it() {
    assert_eq!(
        said(&written(), "待核事项"),
        [
            "待核事项",
            "以下各项因数据不足或有疑义未作判定。请核对所列单元格，更正原表后重新核查，或把核对结果写在右侧。",
            "序号|单位|对象|条款和核查内容|周期|现有数据\n和标准|缺什么、为什么不能判断|请核对的单元格|由谁核定|核对结果|核对人",
            "1|江门市教育研究院|李四|江教办\n〔2022〕38号\n二(四)14\n听课评课节数（应）|2023年|现有：55至61节\n标准：不少于60节|有6节的日期无法识别，算与不算结论不同|活动台账.xlsx!活动台账!B8|见“先核对这些”第1项\n填报单位：对照原始材料核实所列单元格",
            "",
            SIGNED,
        ]
    );
}

#[test]
fn a_person_has_a_row_with_the_figures_and_the_verdict_written_out() {
    assert_eq!(
        said(&written(), "人员达标矩阵"),
        [
            "人员达标矩阵",
            "每格：实际/标准，结论。√（绿色）达标，×（红色）未达标，？（黄色）待核，灰色为未到期、豁免、不适用，或“力争”“鼓励”的要求尚未达到；“—”为没有此项核查。",
            "《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）\u{3000}教研员花名册",
            "单位|对象|二(二)3\n在编教研员在岗|二(二)4\n专职教研员准入条件|二(二)5\n年度培训学时|二(二)5\n三年一周期教研能力提升研修|二(二)6\n在岗满5年到中小学任教1年以上|二(四)14\n深入学校开展教学指导天数|二(四)14\n听课评课节数|二(四)14\n县级以上公开课、示范课或专题讲座",
            "江门市教育研究院\u{3000}5人，未达标2项，待核1项",
            "江门市教育研究院|王五|—|不适用|—|—|—|—|—|—",
            "江门市教育研究院|张三（T001）|—|—|—|—|—|52/60\n×未达标|—|—",
            "江门市教育研究院|李四（T002）|—|—|—|—|—|20/60\n×未达标|—|—",
            "江门市教育研究院|王五（T003）|—|—|—|—|—|60/60\n√达标|—|—",
            "江门市教育研究院|李四|—|—|—|—|—|—|55至61/60\n？待核|—",
        ]
    );
}

#[test]
fn an_institution_has_its_figures_and_what_is_missing() {
    assert_eq!(
        said(&written(), "机构指标"),
        [
            "机构指标",
            "每格：实际/标准，结论，所缺项目写在结论下面。√（绿色）达标，×（红色）未达标，？（黄色）待核，灰色为未到期、豁免、不适用，或“力争”“鼓励”的要求尚未达到；“—”为没有此项核查。",
            "《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）\u{3000}机构情况\u{3000}（第1部分，共2部分）",
            "单位|对象|二(二)3\n专职教研员编制数|二(二)3\n总编制数|二(二)3\n按学段配齐各学科专职教研员|二(二)3\n聘请兼职教研员|二(二)5\n设立重点研究项目或课题|二(四)11\n年度创建先进教研组",
            "江门市教育研究院|本单位|—|—|缺2个\n×未达标\n小学科学、高中地理|—|—|—",
        ]
    );
}

#[test]
fn the_sheets_stand_in_the_order_of_a_supervision_file_whether_they_have_anything_to_say_or_not() {
    let names = |workbook: Vec<u8>| -> Vec<String> {
        Xlsx::new(std::io::Cursor::new(workbook)).map(|w: Xlsx<_>| w.sheet_names().to_vec()).unwrap()
    };
    let before = ["封面", "汇总", "先核对这些", "问题清单", "整改台账", "提示", "待核事项", "人员达标矩阵", "机构指标"];
    let after = ["人工核查", "条款与口径", "数据问题"];
    let copies = ["原表1 活动台账", "运行记录"];
    assert_eq!(names(written()), [&before[..], &["机构指标（2）"], &after, &copies].concat());
    // A sheet of which no row is kept gets no copy.
    assert_eq!(names(empty()), [&before[..], &after, &copies[1..]].concat());
}

/// The report of an audit that found nothing to judge.
fn empty() -> Vec<u8> {
    let (mut audit, packs) = (fixture::assemble(Vec::new(), Vec::new(), Default::default()), fixture::packs());
    audit.assessment.manual.clear();
    workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] }).unwrap().bytes
}

#[test]
fn a_page_without_anything_says_so() {
    let written = empty();
    let at = |sheet: &str, row: usize| said(&written, sheet)[row].clone();
    let nothing = "本次核查没有一项作出达标或未达标的判定；没有待核事项；数据问题0处；需人工核查的条款0条。";
    assert_eq!(at("汇总", 1), nothing);
    assert_eq!(at("封面", 3), "被核查单位||（数据中没有单位）");
    assert_eq!(at("封面", 11), "0|0|0|0|0|0|0|—");
    assert_eq!(at("封面", 12), format!("{nothing}待核占应检的—。各项含义和计算办法见“汇总”。"));
    let summary = said(&written, "汇总");
    let at_heading = summary.iter().position(|row| row == "三、差额最大的问题").unwrap();
    assert_eq!(summary[at_heading + 1], "没有可以按比例比较的差额。");
    let pages = [
        ("问题清单", "没有未达标的问题"),
        ("整改台账", "没有需要整改的问题"),
        ("提示", "没有提示"),
        ("待核事项", "没有待核事项"),
        ("人工核查", "没有需要人工核查的条款"),
        ("数据问题", "没有数据问题"),
    ];
    for (sheet, line) in pages {
        assert_eq!(at(sheet, 3), line, "{sheet}");
    }
    assert_eq!(at("人员达标矩阵", 1), "没有以人员为对象的核查");
    assert_eq!(at("机构指标", 1), "没有以机构、学校为对象的核查");
    for signed in ["汇总", "问题清单", "整改台账", "待核事项", "人工核查"] {
        let rows = said(&written, signed);
        assert_eq!(rows[rows.len() - 1..], [SIGNED], "{signed}");
    }
}

#[test]
fn the_clauses_that_people_answer_are_a_form_with_boxes_to_tick() {
    let form = said(&written(), "人工核查");
    let head = [
        "人工核查事项",
        "以下条款不能由台账判定，请核查人查阅材料、实地了解后勾选并填写。",
        "序号|文件和条款|督导内容|依据原文|核查内容|核查结果|核查情况和说明|核查人",
        "1|江教办〔2022〕38号\n二(一)1|机构设置|健全地市、县(市、区)、校三级教研工作体系|\
         市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立|□ 符合\n□ 不符合\n□ 不适用",
    ];
    assert_eq!(form[..4], head);
    let pack = fixture::packs().remove(0);
    let asked: Vec<&str> = pack.clauses.iter().filter_map(|clause| clause.ask.as_deref()).collect();
    let listed: Vec<&str> = form[3..24].iter().map(|row| row.split('|').nth(4).unwrap()).collect();
    assert_eq!(listed, asked);
    assert!(form[3..24].iter().all(|row| row.ends_with("|□ 符合\n□ 不符合\n□ 不适用")));
    assert_eq!(form[24..], ["", SIGNED]);
}

#[test]
fn every_clause_is_listed_with_its_words_its_state_and_its_readings() {
    let clauses = said(&written(), "条款与口径");
    let head = [
        "条款与口径",
        "文件的每一条如何核查，原文有歧义处按什么口径理解。\n台账口径：没有“离岗日期”一列的，按都还在教研员岗位处理。",
        "条款|督导内容|核查方式|依据原文|核查内容|应达标准|强度|周期|口径说明",
        "《江门市教育局贯彻落实〈广东省教育厅关于建立健全新时代基础教育教研体系的实施意见〉的行动计划》（江教办〔2022〕38号）\
         \u{3000}共25条",
        "一|机构设置|不在核查范围|打造高素质教研队伍",
        "二(一)1|机构设置|人工核查|健全地市、县(市、区)、校三级教研工作体系|\
         人工核查：市、县、校三级教研体系是否健全；整合建设教师发展中心时教研机构是否保持完整和独立",
    ];
    assert_eq!(clauses[..6], head);
    let row = |title: &str| clauses.iter().find(|row| row.split('|').nth(4) == Some(title)).unwrap().as_str();
    assert_eq!(
        row("深入学校开展教学指导天数"),
        "二(四)14|职责落实|部分由规则核查|市、县教研机构(教师发展机构)教研员每年深入学校开展教学指导分别不少于60、80天|\
         深入学校开展教学指导天数|市级不少于60天，县级不少于80天，镇街不少于80天|应|每年|\
         镇街教研员参照县级；同一天到多所学校计一天"
    );
    // A requirement without a figure states its condition.
    assert_eq!(row("专职教研员准入条件").split('|').nth(5).unwrap(), ENTRY);
    let pack = fixture::packs().remove(0);
    let listed: Vec<&str> = clauses[4..].iter().map(|row| row.split('|').next().unwrap()).collect();
    assert!(pack.clauses.iter().all(|clause| listed.contains(&clause.id.as_str())));
    let rows = pack.clauses.iter().map(|clause| {
        let rules = pack.rules.iter().filter(|rule| rule.clause == clause.id).count();
        rules + usize::from(clause.ask.is_some() || rules == 0)
    });
    assert_eq!(clauses.len() - 4, rows.sum::<usize>());
}

const ENTRY: &str = "从教日期到任教研员日期满6年，（职称不低于高级教师，或学历不低于研究生）；也可读作：（从教日期到任教研员日期满6年，职称不低于高级教师，或学历不低于研究生）";

#[test]
fn a_few_windows_have_a_column_each_and_very_many_are_counted() {
    use crate::model::{Per, Period};
    let windows = |per| Period::Calendar(2023).windows(per, jiff::civil::date(2023, 12, 31), &Default::default());
    let term = windows(Per::Term).into_iter().map(|window| {
        fixture::windowed(fixture::encouraged(fixture::amount("visit-days", ("T001", "张三"), 3, 5)), window)
    });
    let week = windows(Per::Week).into_iter().enumerate().map(|(at, window)| {
        let actual = if at < 4 { 0 } else { 1 };
        fixture::windowed(fixture::amount("lessons-observed", ("T001", "张三"), actual, 1), window)
    });
    let (audit, packs) =
        (fixture::assemble(term.chain(week).collect(), Vec::new(), Default::default()), fixture::packs());
    let written = workbook(&Report { audit: &audit, packs: &packs, dictionary: fixture::dictionary(), options: &[] })
        .unwrap()
        .bytes;
    let matrix = rows(&written, "人员达标矩阵");
    let columns: Vec<(&str, &str)> =
        matrix[3].iter().zip(&matrix[5]).map(|(head, cell)| (head.as_str(), cell.as_str())).collect();
    let visits = "二(四)14\n深入学校开展教学指导天数\n";
    let expected = [
        (&*format!("{visits}2022-2023学年第一学期"), "3/5\n×未达标（鼓励）"),
        (&*format!("{visits}2022-2023学年第二学期"), "3/5\n×未达标（鼓励）"),
        (&*format!("{visits}2023-2024学年第一学期"), "3/5\n×未达标（鼓励）"),
        (
            "二(四)14\n听课评课节数",
            "达标36 未达标4\n2022-2023学年第一学期第19周：0/1 ×未达标\n2022-2023学年第一学期第20周：0/1 ×未达标\n\
             2022-2023学年第二学期第1周：0/1 ×未达标\n其余见问题清单、待核事项",
        ),
    ];
    let stated: Vec<_> = columns[2..].iter().filter(|(_, cell)| *cell != "—").copied().collect();
    assert_eq!(stated, expected);
    assert_eq!(matrix[4][0], "江门市教育研究院\u{3000}1人，未达标4项，待核0项");
}
